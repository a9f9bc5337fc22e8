//! What a signed-in person registers: one operation a file.

mod add;
mod edit;
mod list;
mod verify;

pub(crate) use add::contact;
