//! What only the fuzz targets (`crates/fuzz`) reach: parsers that are nobody's business outside.
#![doc(hidden)]

use crate::{code, enrollment, fold, questions};
use sspr_core::{Secret, wire::MethodKind};

/// How identifiers are compared.
pub fn identifier(text: &str) -> String {
    fold::fold(text)
}

/// How a contact is kept; `None` where it is refused.
pub fn contact(kind: MethodKind, value: &str) -> Option<String> {
    enrollment::contact(kind, value).ok()
}

/// How a typed code is compared.
pub fn code(typed: &Secret) -> Secret {
    code::normalise(typed)
}

/// How an answer to a question is compared.
pub fn answer(typed: &Secret) -> Secret {
    questions::normalise(typed)
}

/// How a contact is shown.
pub fn mask(kind: MethodKind, value: &str) -> String {
    crate::mask::mask(kind, value)
}
