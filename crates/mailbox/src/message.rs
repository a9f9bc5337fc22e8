use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How a message reached the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// By SMTP.
    Email,
    /// By the gateway, as a text message.
    Sms,
    /// By the gateway, read out in a call.
    Voice,
}

/// One message to one recipient, as `GET /mailbox/messages` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Counts up from 1 for mail; the sender's own id for the gateway.
    pub id: String,
    /// How it came.
    pub channel: Channel,
    /// The recipient of the envelope: one address or one phone number.
    pub to: String,
    /// The mail's Message-ID, without its brackets: the same in every copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The mail's subject, decoded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The plain text.
    pub text: String,
    /// The HTML part of a mail that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// The language a gateway request named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// The code found in the text, see [`found_code`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The link found in the text, see [`found_link`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// Finds a one-time code: six to eight digits that stand alone, in one piece or spelled out for a voice
/// (`1, 2, 3, 4, 5, 6`). Digits in a link are not a code.
pub fn found_code(text: &str) -> Option<String> {
    text.split_whitespace()
        .filter(|word| !word.contains("://"))
        .find_map(|word| word.split(|c: char| !c.is_ascii_alphanumeric()).find(|part| is_code(part)))
        .map(str::to_owned)
        .or_else(|| spelled_code(text))
}

fn is_code(word: &str) -> bool {
    (6..=8).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// Single digits in a row, with nothing but spaces and punctuation of a pause between them.
fn spelled_code(text: &str) -> Option<String> {
    let is_pause = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | '、' | '。' | '-');
    let mut digits = String::new();
    for word in text.split(is_pause).filter(|word| !word.is_empty()) {
        match word.as_bytes() {
            [digit] if digit.is_ascii_digit() => digits.push(char::from(*digit)),
            _ if is_code(&digits) => break,
            _ => digits.clear(),
        }
    }
    is_code(&digits).then_some(digits)
}

/// Finds the link that opens a flow: the first address with a fragment, which is where tokens travel; else the first.
pub fn found_link(text: &str) -> Option<String> {
    let links: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '「' | '」' | '（' | '）'))
        .filter(|word| word.starts_with("https://") || word.starts_with("http://"))
        .map(|word| word.trim_end_matches(['.', ',', ')', '。', '、']))
        .collect();
    links.iter().find(|link| link.contains('#')).or(links.first()).map(|link| (*link).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{found_code, found_link};
    use proptest::prelude::*;

    #[test]
    fn a_code_is_found_on_its_own_line_and_in_a_sentence() {
        assert_eq!(found_code("Hello,\n\n  482913\n\nBye").as_deref(), Some("482913"));
        assert_eq!(found_code("Your code is 48291377.").as_deref(), Some("48291377"));
        assert_eq!(found_code("確認コード: 482913（10 分間有効）").as_deref(), Some("482913"));
        assert_eq!(found_code("コードは482913です。").as_deref(), Some("482913"));
    }

    #[test]
    fn a_code_spelled_for_a_voice_is_found() {
        let twice = "Your code is: 4, 8, 2, 9, 1, 3. Once more: 4, 8, 2, 9, 1, 3. Goodbye.";
        assert_eq!(found_code(twice).as_deref(), Some("482913"));
        assert_eq!(found_code("コードは 4、8、2、9、1、3 です。").as_deref(), Some("482913"));
    }

    #[test]
    fn digits_of_links_years_and_phone_numbers_are_no_code() {
        assert_eq!(found_code("Open https://example.org/123456#sspr=654321 before 2026."), None);
        assert_eq!(found_code("Call +4930123456789 or write to a1234567@example.org"), None);
        assert_eq!(found_code("No code, 12345."), None);
    }

    #[test]
    fn the_link_with_a_token_wins_over_others() {
        let text = "Help: https://help.example.org/.\nOpen <https://example.org/#sspr=abc_-1> now.";
        assert_eq!(found_link(text).as_deref(), Some("https://example.org/#sspr=abc_-1"));
        assert_eq!(found_link("See http://example.org.").as_deref(), Some("http://example.org"));
        assert_eq!(found_link("Nothing here"), None);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            found_link(&text);
            if let Some(code) = found_code(&text) {
                prop_assert!((6..=8).contains(&code.len()));
            }
        }
    }
}
