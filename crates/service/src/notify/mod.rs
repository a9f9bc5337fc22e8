//! Messages in the person's language, as text and as HTML. Each text is one key of `locales/<language>.json`.

mod catalog;

pub use catalog::LOCALES;
pub(crate) use catalog::{language, text};

use crate::{Failure, Service, revocation::Revocation};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sspr_core::wire::ChallengeKind;

/// A message to deliver.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// UUID; the same at each attempt.
    pub id: String,
    /// Not worth delivering after then.
    pub expires_at: Timestamp,
    /// Attempts, this one included.
    pub attempts: u32,
    /// What goes where.
    pub body: OutgoingBody,
}

/// What goes where.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutgoingBody {
    /// A mail.
    Email {
        /// Address.
        to: String,
        /// Subject.
        subject: String,
        /// Body as plain text.
        text: String,
        /// Body as HTML.
        html: String,
    },
    /// A text message.
    Sms {
        /// Number, `+` and digits.
        to: String,
        /// Text.
        text: String,
    },
    /// A call.
    Voice {
        /// Number, `+` and digits.
        to: String,
        /// What to speak.
        text: String,
        /// Language of the voice (BCP 47).
        locale: String,
    },
    /// What the identity provider is told.
    Revocation(Revocation),
}

/// What a notice is about; the name of its texts.
#[derive(Clone, Copy)]
pub(crate) enum Notice {
    PasswordReset,
    PasswordChanged,
    Unlocked,
    MethodsChanged,
    AdministratorReset,
}

impl Notice {
    fn key(self) -> &'static str {
        match self {
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::Unlocked => "unlocked",
            Self::MethodsChanged => "methods_changed",
            Self::AdministratorReset => "administrator_reset",
        }
    }
}

impl Service {
    /// A notice as a mail.
    pub(crate) fn notice(&self, notice: Notice, to: &str, locale: &str, username: &str) -> OutgoingBody {
        self.mail(notice.key(), to, locale, &[("account", username)], None)
    }

    /// A code as the message that a challenge or an enrollment sends.
    pub(crate) fn code_message(
        &self,
        kind: ChallengeKind,
        to: &str,
        locale: &str,
        code: &str,
        link: Option<&str>,
    ) -> Result<OutgoingBody, Failure> {
        let minutes = (self.settings.limits.code_life / 60).to_string();
        let organisation = self.settings.organisation.name.as_str();
        let values = [("code", code), ("minutes", &minutes), ("organisation", organisation)];
        let to_owned = to.to_owned();
        match kind {
            ChallengeKind::Email => Ok(self.mail("code", to, locale, &values, link)),
            ChallengeKind::Sms => {
                Ok(OutgoingBody::Sms { to: to_owned, text: text(locale, "code.sms", &values) })
            }
            ChallengeKind::Voice => {
                let spoken: Vec<String> = code.chars().map(String::from).collect();
                let spoken = spoken.join(", ");
                let values = [("code", spoken.as_str()), ("organisation", organisation)];
                let text = text(locale, "code.voice", &values);
                Ok(OutgoingBody::Voice { to: to_owned, text, locale: language(locale).into() })
            }
            _ => Err(Failure::Internal("this kind is not sent")),
        }
    }

    fn mail(
        &self,
        key: &str,
        to: &str,
        locale: &str,
        values: &[(&str, &str)],
        link: Option<&str>,
    ) -> OutgoingBody {
        let mut values = values.to_vec();
        values.push(("organisation", &self.settings.organisation.name));
        let subject = text(locale, &format!("{key}.subject"), &values);
        let mut lines = vec![text(locale, &format!("{key}.body"), &values)];
        if let Some(link) = link {
            lines.push(text(locale, "code.link", &[]));
            lines.push(link.to_owned());
        }
        lines.push(text(locale, &format!("{key}.ignore"), &values));
        let paragraphs: String = lines
            .iter()
            .map(|line| match link.filter(|link| link == line) {
                Some(link) => format!("<p><a href=\"{0}\">{0}</a></p>", escape(link)),
                None => format!("<p>{}</p>", escape(line)),
            })
            .collect();
        let html = format!(
            "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><body>{paragraphs}</body></html>",
            language(locale)
        );
        OutgoingBody::Email { to: to.to_owned(), subject, text: lines.join("\n\n"), html }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
