//! What was sent: mails, texts and calls, from the service inside the page or from the server's mailbox.

use super::{Backend, inside};
use gloo_net::http::Request;
use serde::Deserialize;

/// How a message went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Channel {
    /// A mail.
    Email,
    /// A text message.
    Sms,
    /// A spoken call.
    Voice,
}

/// A message that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Message {
    /// Unique; the key of its line in the list.
    pub(crate) id: String,
    /// How it went out.
    pub(crate) channel: Channel,
    /// The address or number.
    pub(crate) to: String,
    /// Subject of a mail.
    #[serde(default)]
    pub(crate) subject: Option<String>,
    /// Its text.
    pub(crate) text: String,
}

/// Where the server lists what was sent.
const MAILBOX: &str = "/mailbox/messages";

/// Every message so far, newest first; `None` where they cannot be read now. `known` are those read before.
pub(crate) async fn new_messages(backend: &Backend, known: &[Message]) -> Option<Vec<Message>> {
    match backend {
        Backend::Inside(_) => {
            let mut messages = inside::deliver().await;
            messages.reverse();
            messages.extend_from_slice(known);
            Some(messages)
        }
        Backend::Server => Request::get(MAILBOX).send().await.ok()?.json().await.ok(),
    }
}
