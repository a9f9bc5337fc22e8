//! Leaked passwords by the k-anonymity range format (Pwned Passwords): whoever asks sends the first five digits of the
//! password's SHA-1 in hexadecimal and gets every known rest with its count, so the list's keeper does not learn the
//! password. SHA-1 itself is the caller's: WebCrypto in a browser, a crate on a server.
//!
//! A padded answer carries made-up lines with the count 0; they are no finds. Nothing here is trusted: lines that are
//! no `REST:COUNT` are passed over, and an answer without a single good line is no answer.

/// Hexadecimal digits that are sent.
const PREFIX: usize = 5;

/// Hexadecimal digits of SHA-1.
const DIGITS: usize = 40;

/// Lines of an answer that are read. Answers have 800 to 1,000 lines when padded, about 1,700 at most.
const LINES: usize = 20_000;

/// What an answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaked {
    /// The password is on the list, so many times (never 0).
    Found(u32),
    /// It is not on the list.
    NotFound,
    /// The answer is none in this format; the check failed, and the password stays undecided.
    Unreadable,
}

/// The part of a SHA-1 to send and the rest to keep; `None` where it is not 40 hexadecimal digits.
pub fn split(sha1_hex: &str) -> Option<(&str, &str)> {
    let fine = sha1_hex.len() == DIGITS && is_hex(sha1_hex);
    if fine { sha1_hex.split_at_checked(PREFIX) } else { None }
}

/// Whether a text can be asked for: five hexadecimal digits.
pub fn is_prefix(text: &str) -> bool {
    text.len() == PREFIX && is_hex(text)
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Looks for the rest of a SHA-1 in an answer, without regard to case.
pub fn look_up(answer: &str, rest: &str) -> Leaked {
    let mut readable = false;
    for line in answer.split('\n').take(LINES) {
        let Some((digits, count)) = line.trim_end_matches('\r').split_once(':') else { continue };
        let Ok(count) = count.parse::<u32>() else { continue };
        if digits.len() != DIGITS - PREFIX || !is_hex(digits) {
            continue;
        }
        readable = true;
        if count > 0 && digits.eq_ignore_ascii_case(rest) {
            return Leaked::Found(count);
        }
    }
    if readable { Leaked::NotFound } else { Leaked::Unreadable }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// SHA-1 of `password`.
    const SHA1: &str = "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8";
    const ANSWER: &str = "1D2DA4053E34E76F6576ED1DA63134B5E2A:2\r\n1D72CD07550416C216D8AD296BF5C0AE8E0:0\r\n\
                          1E4C9B93F3F0682250B6CF8331B7EE68FD8:10437277\r\n";

    #[test]
    fn five_digits_are_sent_and_the_rest_is_kept() {
        assert_eq!(split(SHA1), Some(("5BAA6", "1E4C9B93F3F0682250B6CF8331B7EE68FD8")));
        assert_eq!(split("5BAA6"), None);
        assert_eq!(split(&"x".repeat(40)), None);
        assert_eq!(split(&"é".repeat(20)), None);
        assert!(is_prefix("5baa6") && !is_prefix("5baa") && !is_prefix("../.."));
    }

    #[test]
    fn a_leaked_password_is_found_with_its_count_in_either_case() {
        let (_, rest) = split(SHA1).expect("a SHA-1");
        assert_eq!(look_up(ANSWER, rest), Leaked::Found(10_437_277));
        assert_eq!(look_up(ANSWER, &rest.to_lowercase()), Leaked::Found(10_437_277));
    }

    #[test]
    fn padding_is_no_find() {
        assert_eq!(look_up(ANSWER, "1D72CD07550416C216D8AD296BF5C0AE8E0"), Leaked::NotFound);
    }

    #[test]
    fn an_error_page_decides_nothing() {
        for answer in ["", "<html>: 1", "429: too many requests", "1E4C:3"] {
            assert_eq!(look_up(answer, "1E4C9B93F3F0682250B6CF8331B7EE68FD8"), Leaked::Unreadable);
        }
    }

    proptest! {
        #[test]
        fn no_answer_and_no_digest_panics(answer in any::<String>(), digest in any::<String>()) {
            look_up(&answer, &digest);
            split(&digest);
        }
    }
}
