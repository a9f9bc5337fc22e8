//! Parts that the views share.

mod countdown;
mod failure;
mod form;
mod new_password;
mod rules;
mod strength;

pub use countdown::Countdown;
pub use failure::failure_text;
pub use form::{Sent, TextField, id_of, on_submit};
pub use new_password::{NewPassword, nfc};
pub use rules::rejected;
