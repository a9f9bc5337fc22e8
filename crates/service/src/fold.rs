//! How identifiers and addresses are compared.

use jiff::{SignedDuration, Timestamp};
use unicode_normalization::UnicodeNormalization;

/// Rounds until a text stands still, at most. No sign is known that takes more than two.
const ROUNDS: usize = 4;

/// NFKC and lower case, without spaces around. What is folded stays as it is when it is folded again, so that what is kept
/// and what is typed meet: lower case can be decomposed, and a sign can come apart into a space and a mark.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = once(text);
    for _ in 1..ROUNDS {
        let again = once(&folded);
        if again == folded {
            break;
        }
        folded = again;
    }
    folded
}

fn once(text: &str) -> String {
    let folded: String = text.trim().nfkc().flat_map(char::to_lowercase).collect();
    match folded.trim() {
        trimmed if trimmed.len() == folded.len() => folded,
        trimmed => trimmed.to_owned(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_twice_changes_nothing_more() {
        // Signs alone, and between letters and marks that they could combine with.
        for c in ('\0'..=char::MAX).filter(|c| fold(&c.to_string()) != c.to_string()) {
            for text in
                [c.to_string(), format!("a{c}\u{327}"), format!("{c}b"), format!("A\u{30a}{c}\u{301}")]
            {
                let once = fold(&text);
                assert_eq!(fold(&once), once, "{text:?}");
            }
        }
    }

    #[test]
    fn a_sign_that_comes_apart_into_a_space_leaves_none_around() {
        assert_eq!(fold("\u{a8}kim\u{b4}"), "\u{308}kim \u{301}");
    }
}
