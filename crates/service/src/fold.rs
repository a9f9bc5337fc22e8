//! How identifiers and addresses are compared.

use jiff::{SignedDuration, Timestamp};
use unicode_normalization::UnicodeNormalization;

/// NFKC and lower case, without spaces around.
pub(crate) fn fold(text: &str) -> String {
    text.trim().nfkc().flat_map(char::to_lowercase).collect()
}

/// A point in time so many seconds later.
pub(crate) fn after(now: Timestamp, seconds: u32) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(seconds.into())).unwrap_or(Timestamp::MAX)
}

/// A point in time so many seconds earlier.
pub(crate) fn before(now: Timestamp, seconds: u32) -> Timestamp {
    now.saturating_sub(SignedDuration::from_secs(seconds.into())).unwrap_or(Timestamp::MIN)
}

/// Whole seconds until a point in time, 0 when it is over.
pub(crate) fn left(now: Timestamp, until: Timestamp) -> u32 {
    let seconds = until.duration_since(now).as_secs();
    if seconds <= 0 { 0 } else { u32::try_from(seconds).unwrap_or(u32::MAX) }
}
