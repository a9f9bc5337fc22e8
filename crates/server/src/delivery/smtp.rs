//! E-mail by SMTP: STARTTLS or TLS, authentication, one message with a text and an HTML part.

use super::{
    Outcome, SetupError,
    connections::{Connections, MailStage, Route},
};
use crate::config::{SmtpSection, SmtpTls};
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use sspr_core::Secret;
use std::time::Duration;

/// Sends e-mail. Keeps connections open between messages.
#[derive(Clone)]
pub struct Smtp {
    /// Longest time for one message, connection included.
    timeout: Duration,
    connections: Connections,
    from: Mailbox,
}

impl Smtp {
    /// Prepares the way to the server of the configuration; connects only with the first message.
    pub fn new(section: &SmtpSection, password: Option<&Secret>) -> Result<Self, SetupError> {
        let wrong = |key, why: String| SetupError::Value { key, why };
        let from: Mailbox = section.from.parse().map_err(|_| {
            wrong("smtp.from", "must be an address like `Help desk <help@example.org>`".into())
        })?;
        let credentials = match (&section.username, password) {
            (Some(user), Some(password)) => {
                Some(Credentials::new(user.clone(), password.expose().to_owned()))
            }
            (Some(_), None) => {
                let why = "is set, so a password is needed: set smtp.password_file or SSPR_SMTP_PASSWORD";
                return Err(wrong("smtp.username", why.into()));
            }
            (None, _) => None,
        };
        let route = Route {
            host: section.host.clone(),
            port: section.port,
            tls: tls(section)?,
            credentials,
            hello: section.hello_name.clone().map_or_else(ClientId::default, ClientId::Domain),
        };
        let timeout = Duration::from_secs(section.timeout_seconds.into());
        Ok(Self { timeout, connections: Connections::new(route), from })
    }

    /// Hands one message over. The id becomes the Message-ID, so that a retry is recognised as the same message.
    pub async fn send(&self, id: &str, to: &str, subject: &str, text: &str, html: &str) -> Outcome {
        let message = match self.message(id, to, subject, text, html) {
            Ok(message) => message,
            Err(why) => return Outcome::Refused(why.to_owned()),
        };
        // Neither the answer nor the error is passed on as text: both may repeat the address.
        match tokio::time::timeout(
            self.timeout,
            self.connections.send(message.envelope(), &message.formatted()),
        )
        .await
        {
            Err(_) => Outcome::Later { after: None, why: "the mail server did not answer in time".into() },
            Ok(Ok(())) => Outcome::Accepted,
            Ok(Err(error)) => {
                let why = describe(&error);
                if error.is_permanent() { Outcome::Refused(why) } else { Outcome::Later { after: None, why } }
            }
        }
    }

    /// Connects, signs in and leaves again; nothing is sent. Where that fails: how far it came, and why.
    pub(crate) async fn try_out(&self) -> Result<(), (MailStage, String)> {
        match tokio::time::timeout(self.timeout, self.connections.try_out()).await {
            Err(_) => Err((MailStage::Connect, "the mail server did not answer in time".into())),
            Ok(tried) => tried.map_err(|(stage, error)| match stage {
                // Whoever ended it, and however it shows here.
                MailStage::Tls if error.status().is_none() && !error.is_client() => (stage, HANDSHAKE.into()),
                _ => (stage, describe(&error)),
            }),
        }
    }

    fn message(
        &self,
        id: &str,
        to: &str,
        subject: &str,
        text: &str,
        html: &str,
    ) -> Result<Message, &'static str> {
        let to: Address = to.parse().map_err(|_| "the address cannot be written into a message")?;
        // RFC 3834: nobody's holiday notice should answer this.
        let automatic =
            HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into());
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject)
            .date_now()
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .raw_header(automatic)
            .multipart(MultiPart::alternative_plain_html(text.to_owned(), html.to_owned()))
            .map_err(|_| "the message cannot be built")
    }
}

fn tls(section: &SmtpSection) -> Result<Tls, SetupError> {
    if section.tls == SmtpTls::None {
        return Ok(Tls::None);
    }
    let mut parameters = TlsParameters::builder(section.host.clone());
    if let Some(path) = &section.ca_file {
        let pem = std::fs::read(path).map_err(|source| SetupError::File { path: path.clone(), source })?;
        let none =
            || SetupError::Value { key: "smtp.ca_file", why: "holds no certificate in PEM form".into() };
        // lettre takes a file without any for an authority that vouches for nobody.
        CertificateDer::from_pem_slice(&pem).map_err(|_| none())?;
        let certificate = Certificate::from_pem(&pem).map_err(|_| none())?;
        parameters = parameters.add_root_certificate(certificate);
    }
    let parameters = parameters.build_rustls().map_err(|error| SetupError::Value {
        key: "smtp.tls",
        why: format!("TLS cannot be set up: {error}"),
    })?;
    Ok(match section.tls {
        SmtpTls::Implicit => Tls::Wrapper(parameters),
        SmtpTls::Opportunistic => Tls::Opportunistic(parameters),
        SmtpTls::Required | SmtpTls::None => Tls::Required(parameters),
    })
}

const HANDSHAKE: &str = "the TLS handshake with the mail server failed";

fn describe(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "the mail server did not answer in time".into(),
        None if error.is_tls() => HANDSHAKE.into(),
        None if error.is_client() => {
            "the mail server does not offer what smtp.tls or smtp.username need".into()
        }
        None => "the mail server cannot be reached".into(),
    }
}
