//! Hands the outbox over to the mail server, the message gateway and the identity provider.

mod connections;
mod gateway;
mod headers;
mod smtp;
mod webhook;
mod worker;

pub(crate) use connections::MailStage;
pub use gateway::{Gateway, PhoneChannel};
pub use smtp::Smtp;
pub use webhook::Webhook;
pub use worker::Worker;

use std::time::Duration;

/// What came of handing one message over. The reasons are for the log and the administrator: they hold neither the
/// text nor the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The other side took it.
    Accepted,
    /// It did not take it now.
    Later {
        /// What it asked to wait, if it did.
        after: Option<Duration>,
        /// Why.
        why: String,
    },
    /// It will never take it.
    Refused(String),
}

/// Why the way out cannot be set up. Found at start.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A file that the configuration names.
    #[error("cannot read {path}: {source}")]
    File {
        /// Which.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A value that turns out not to work.
    #[error("{key}: {why}")]
    Value {
        /// Key of the configuration.
        key: &'static str,
        /// Why.
        why: String,
    },
}
