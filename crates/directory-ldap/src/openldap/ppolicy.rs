//! The control of the password policy (draft-behera-ldap-password-policy), which OpenLDAP answers with.

use ldap3::{LdapResult, controls::RawControl};

/// The name of the control in requests and answers.
const OID: &str = "1.3.6.1.4.1.42.2.27.8.5.1";

/// What the policy objects to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Objection {
    PasswordExpired,
    AccountLocked,
    ChangeAfterReset,
    ModNotAllowed,
    MustSupplyOldPassword,
    InsufficientQuality,
    TooShort,
    TooYoung,
    InHistory,
    /// OpenLDAP's own addition.
    TooLong,
}

impl Objection {
    fn of(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::PasswordExpired,
            1 => Self::AccountLocked,
            2 => Self::ChangeAfterReset,
            3 => Self::ModNotAllowed,
            4 => Self::MustSupplyOldPassword,
            5 => Self::InsufficientQuality,
            6 => Self::TooShort,
            7 => Self::TooYoung,
            8 => Self::InHistory,
            9 => Self::TooLong,
            _ => return None,
        })
    }
}

/// Asks for the policy's answer. Not critical: a server without the overlay still does what it is asked.
pub(crate) fn request() -> RawControl {
    RawControl { ctype: OID.into(), crit: false, val: None }
}

/// What the policy said in an answer.
pub(crate) fn objection(result: &LdapResult) -> Option<Objection> {
    let control = result.ctrls.iter().find(|control| control.1.ctype == OID)?;
    decode(control.1.val.as_deref()?)
}

/// `SEQUENCE { warning [0] …, error [1] ENUMERATED }`, each optional.
pub(super) fn decode(value: &[u8]) -> Option<Objection> {
    const SEQUENCE: u8 = 0x30;
    const ERROR: u8 = 0x81;
    let (tag, mut parts, _) = element(value)?;
    if tag != SEQUENCE {
        return None;
    }
    while !parts.is_empty() {
        let (tag, content, rest) = element(parts)?;
        if let (ERROR, [number]) = (tag, content) {
            return Objection::of(*number);
        }
        parts = rest;
    }
    None
}

/// The first BER element: its tag, its content, and what follows. Only lengths of one and two bytes: the control is
/// never longer.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (length, rest) = match bytes.get(1..)? {
        [length @ ..=0x7f, rest @ ..] | [0x81, length, rest @ ..] => (usize::from(*length), rest),
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((bytes[0], content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_error_is_read_alone_and_behind_a_warning() {
        assert_eq!(decode(&[0x30, 3, 0x81, 1, 6]), Some(Objection::TooShort));
        assert_eq!(decode(&[0x30, 8, 0xa0, 3, 0x80, 1, 9, 0x81, 1, 2]), Some(Objection::ChangeAfterReset));
        assert_eq!(decode(&[0x30, 0x81, 3, 0x81, 1, 8]), Some(Objection::InHistory));
    }

    #[test]
    fn a_warning_alone_and_an_unknown_number_are_no_error() {
        assert_eq!(decode(&[0x30, 5, 0xa0, 3, 0x81, 1, 6]), None);
        assert_eq!(decode(&[0x30, 0]), None);
        assert_eq!(decode(&[0x30, 3, 0x81, 1, 99]), None);
    }

    #[test]
    fn what_is_cut_off_is_no_error() {
        let whole = [0x30, 8, 0xa0, 3, 0x80, 1, 9, 0x81, 1, 2];
        for end in 0..whole.len() {
            assert_eq!(decode(&whole[..end]), None);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            decode(&bytes);
        }

        #[test]
        fn no_bytes_in_a_sequence_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            bytes.splice(0..0, [0x30, bytes.len() as u8]);
            decode(&bytes);
        }
    }
}
