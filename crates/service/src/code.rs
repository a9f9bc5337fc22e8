//! Codes that people type: digits that are sent, and printed recovery codes.

use crate::{Failure, token};
use sspr_core::Secret;
use unicode_normalization::UnicodeNormalization;

/// Letters and digits that are not mistaken for each other and spell no words: 27 of them, 47 bits in ten.
const PRINTED: &[u8] = b"23456789bcdfghjkmnpqrstvwxz";
/// Characters of a printed code.
const PRINTED_LENGTH: usize = 10;
/// Printed codes in a set.
pub(crate) const SET: usize = 10;

fn draw(alphabet: &[u8], length: usize) -> Result<String, Failure> {
    // Bytes above the last whole multiple are thrown away, so that every character is as likely as any other.
    let fair = 256 - 256 % alphabet.len();
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let [byte] = token::random::<1>()?;
        if usize::from(byte) < fair {
            text.push(char::from(alphabet[usize::from(byte) % alphabet.len()]));
        }
    }
    Ok(text)
}

/// A code of digits.
pub(crate) fn digits(length: u8) -> Result<Secret, Failure> {
    draw(b"0123456789", length.into()).map(Secret::new)
}

/// A set of printed codes, in two groups of five.
pub(crate) fn printed() -> Result<Vec<Secret>, Failure> {
    let code = |_| {
        let text = draw(PRINTED, PRINTED_LENGTH)?;
        let (left, right) = text.split_at(PRINTED_LENGTH / 2);
        Ok(Secret::new(format!("{left}-{right}")))
    };
    (0..SET).map(code).collect()
}

/// What was typed, without spaces and hyphens, in lower case, with full-width characters made plain.
pub(crate) fn normalise(typed: &Secret) -> Secret {
    let plain = typed.expose().nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    Secret::new(plain.take(64).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_hyphens_and_full_width_digits_do_not_matter() {
        assert_eq!(normalise(&"１２３ 4-５6".into()).expose(), "123456");
        assert_eq!(normalise(&"BCDFG-23456".into()).expose(), "bcdfg23456");
    }

    #[test]
    fn a_code_has_the_length_asked_for() {
        let code = digits(6).unwrap();
        assert!(code.expose().len() == 6 && code.expose().bytes().all(|b| b.is_ascii_digit()));
        assert!(printed().unwrap().iter().all(|code| normalise(code).expose().len() == 10));
    }
}
