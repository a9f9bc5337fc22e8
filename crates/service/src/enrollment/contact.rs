//! Addresses and numbers as people type them.

use crate::{Failure, fold::fold};
use sspr_core::wire::MethodKind;

/// An address or a number in one spelling.
pub(crate) fn contact(kind: MethodKind, value: &str) -> Result<String, Failure> {
    let rejected = Failure::ValueRejected { pointer: "/value" };
    if kind == MethodKind::Email {
        let value = fold(value);
        let fine = value.split_once('@').is_some_and(|(local, domain)| {
            let plain = |text: &str| {
                !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;@".contains(c))
            };
            !local.is_empty()
                && plain(local)
                && plain(domain)
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
        });
        return if fine && value.len() <= 254 { Ok(value) } else { Err(rejected) };
    }
    let number: String = value.chars().filter(|c| !" -().".contains(*c)).collect();
    let digits = number.strip_prefix('+').unwrap_or_default();
    // E.164: up to 15 digits, the country's first.
    let fine = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if fine && !digits.starts_with('0') { Ok(number) } else { Err(rejected) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_folded_and_a_number_loses_its_spaces() {
        assert_eq!(contact(MethodKind::Email, " Kim@Example.ORG ").unwrap(), "kim@example.org");
        assert_eq!(contact(MethodKind::Phone, "+81 (90) 1234-5678").unwrap(), "+819012345678");
    }

    #[test]
    fn what_is_no_address_or_number_is_refused() {
        for value in
            ["", "kim", "kim@host", "a b@example.org", "kim@.org", "k@a@example.org", "<k@example.org>"]
        {
            assert!(contact(MethodKind::Email, value).is_err(), "{value}");
        }
        for value in ["", "090 1234 5678", "+0123456789", "+81", "+1234567890123456", "+81abc45678"] {
            assert!(contact(MethodKind::Phone, value).is_err(), "{value}");
        }
    }
}
