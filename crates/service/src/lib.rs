//! The rules of self-service password reset: who may do what, in which order, how often, and what they learn.
//!
//! No I/O of its own: everything outside comes through three ports, [`Store`], [`Directory`] and [`Clock`]. The
//! crate therefore runs in the server over SQLite and, over [`store::Memory`], inside the demonstration page.

pub mod clock;
pub mod directory;
pub mod failure;
pub mod settings;
pub mod store;

pub use clock::Clock;
pub use directory::Directory;
pub use failure::Failure;
pub use settings::Settings;
pub use store::Store;
