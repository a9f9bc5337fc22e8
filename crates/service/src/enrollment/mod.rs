//! What a signed-in person registers: one operation a file.

mod add;
mod contact;
mod edit;
mod list;
mod resend;
mod verify;
mod write;

pub(crate) use contact::contact;
