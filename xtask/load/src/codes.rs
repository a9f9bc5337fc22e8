//! The codes that arrive by mail, each for the client that waits for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sspr_mailbox::Message;
use tokio::sync::{mpsc, oneshot};

/// Who waits for a mail, by address.
#[derive(Default)]
pub(crate) struct Codes(Mutex<HashMap<String, oneshot::Sender<String>>>);

impl Codes {
    /// The text of the next mail to an address.
    pub(crate) fn expect(&self, address: &str) -> oneshot::Receiver<String> {
        let (sender, receiver) = oneshot::channel();
        self.lock().insert(address.to_owned(), sender);
        receiver
    }

    /// Hands mails on until the mailbox goes. One that nobody waits for any more is dropped.
    pub(crate) async fn deliver(self: Arc<Self>, mut mails: mpsc::UnboundedReceiver<Message>) {
        while let Some(mail) = mails.recv().await {
            if let Some(waiting) = self.lock().remove(&mail.to) {
                waiting.send(mail.text).ok();
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, oneshot::Sender<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Six to eight digits: ours and better-auth's.
pub(crate) fn digits(text: &str) -> Option<String> {
    sspr_mailbox::found_code(text)
}

/// A line of capitals, digits and hyphens: django-allauth's.
pub(crate) fn letters(text: &str) -> Option<String> {
    let is_code = |line: &&str| {
        line.len() >= 4 && line.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'-')
    };
    text.lines().map(str::trim).find(is_code).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn a_code_of_letters_stands_alone_in_its_line() {
        assert_eq!(
            letters("Hello,\r\n\r\nYour code is below.\r\n\r\nK7QX-29PM\r\n").as_deref(),
            Some("K7QX-29PM")
        );
        assert_eq!(letters("THE code is K7QX-29PM."), None);
    }
}
