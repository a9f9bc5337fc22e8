//! The border to the page: what its attributes and properties say, the events it hears, and the Yew components that
//! drive a flow between a view and a backend. The only place that knows about custom elements; the classes
//! themselves are in `sspr-define.js`.

mod account;
mod admin;
mod change;
mod config;
mod driver;
mod enroll;
mod event;
mod mount;
mod pool;
pub mod reset;

pub use admin::AdminForm;
pub use change::ChangeForm;
pub use config::Config;
pub use driver::{Doing, Drive, Form, FormProps, Later};
pub use enroll::EnrollForm;
pub use event::PageEvent;
pub use mount::{Mount, mount, unmount, update};
pub use pool::Pool;
pub use reset::ResetForm;
