//! Reads a mail (RFC 5322 and MIME) into what the list shows.

use mail_parser::{MessageParser, PartType};

/// The parts of a mail that the list shows.
#[derive(Debug)]
pub(crate) struct Mail {
    pub(crate) message_id: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) text: String,
    pub(crate) html: Option<String>,
}

/// Why a mail is not taken. A real server might guess; here the sender's author should learn of it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadMail {
    #[error("the message has no header")]
    NoHeader,
    #[error("the header {0} appears more than once")]
    Repeated(&'static str),
}

/// Headers that may appear once (RFC 5322, 3.6). A second one is the mark of a header injected through a field.
const ONCE: [&str; 9] =
    ["Date", "From", "Sender", "Reply-To", "To", "Cc", "Message-ID", "Subject", "Content-Type"];

/// Reads a mail as it stood between DATA and the final dot.
pub(crate) fn read(raw: &[u8]) -> Result<Mail, BadMail> {
    let mail =
        MessageParser::default().parse(raw).filter(|m| !m.headers().is_empty()).ok_or(BadMail::NoHeader)?;
    for name in ONCE {
        if mail.headers().iter().filter(|h| h.name().eq_ignore_ascii_case(name)).count() > 1 {
            return Err(BadMail::Repeated(name));
        }
    }
    let html = mail.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.to_string()),
        _ => None,
    });
    let text = mail.body_text(0).unwrap_or_default().replace("\r\n", "\n");
    let message_id = mail.message_id().map(str::to_owned);
    Ok(Mail { message_id, subject: mail.subject().map(str::to_owned), text, html })
}

#[cfg(test)]
mod tests {
    use super::{BadMail, read};
    use proptest::prelude::*;

    #[test]
    fn both_parts_and_an_encoded_subject_are_read() {
        let raw = "From: a@example.org\r\nMessage-ID: <one@example.org>\r\nSubject: =?UTF-8?B?56K66KqN44Kz44O844OJ?=\r\n\
            Content-Type: multipart/alternative; boundary=x\r\n\r\n\
            --x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            caf=C3=A9\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>hi</p>\r\n--x--\r\n";
        let mail = read(raw.as_bytes()).unwrap();
        assert_eq!(mail.message_id.as_deref(), Some("one@example.org"));
        assert_eq!(mail.subject.as_deref(), Some("確認コード"));
        assert_eq!(mail.text.trim(), "café");
        assert_eq!(mail.html.unwrap().trim(), "<p>hi</p>");
    }

    #[test]
    fn a_text_mail_has_no_html() {
        let mail = read(b"From: a@example.org\r\n\r\nplain").unwrap();
        assert_eq!((mail.text.trim(), mail.html), ("plain", None));
    }

    #[test]
    fn a_header_that_was_injected_is_refused() {
        let raw = b"From: a@example.org\r\nTo: b@example.org\r\nto: c@example.org\r\n\r\nx";
        assert_eq!(read(raw).unwrap_err(), BadMail::Repeated("To"));
    }

    proptest! {
        #[test]
        fn no_mail_panics(raw in proptest::collection::vec(any::<u8>(), 0..400)) {
            read(&raw).ok();
        }
    }
}
