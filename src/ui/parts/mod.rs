//! Parts that the views share.

mod failure;
mod new_password;
mod rules;
mod strength;

pub use failure::{failure_text, support_id};
pub use new_password::{NewPassword, nfc};
pub use rules::{Rules, violation_text};
pub use strength::Meter;
