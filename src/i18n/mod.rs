//! Texts in the person's language.
//!
//! English is in the program, each text beside the view that shows it, so that a module holds only the texts it
//! shows. Other languages are files (`locales/<lang>.json`) that the element fetches beside the module; a text that
//! a file does not have is shown in English. The page may override single texts by the same keys.

mod message;
mod texts;

pub use message::{Message, Plural};
pub use texts::Texts;

/// A text with its placeholders filled, for the fuzz targets.
#[doc(hidden)]
pub fn filled(text: &str, values: &[(&str, &str)]) -> String {
    message::fill(text, values)
}
