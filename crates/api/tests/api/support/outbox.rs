//! What the service wanted to be delivered.

use super::Site;
use sspr_service::{OutgoingBody, store::Delivery};

impl Site {
    /// Takes every waiting message out of the outbox, as one text each, oldest first.
    pub(crate) async fn messages(&self) -> Vec<String> {
        let mut texts = Vec::new();
        for message in self.service.next_messages(100, 60).await.expect("a store") {
            texts.push(match message.body {
                OutgoingBody::Email { subject, text, .. } => format!("{subject}\n{text}"),
                OutgoingBody::Sms { text, .. } | OutgoingBody::Voice { text, .. } => text,
                OutgoingBody::Revocation(_) => panic!("nobody listens here"),
            });
            self.service
                .settle_message(&message.id, message.attempts, Delivery::Finished)
                .await
                .expect("a store");
        }
        texts
    }

    /// The message that was sent last.
    pub(crate) async fn newest_message(&self) -> String {
        self.messages().await.pop().expect("a message")
    }

    /// The code in the message that was sent last.
    pub(crate) async fn newest_code(&self) -> String {
        let message = self.newest_message().await;
        let mut words = message.split(|c: char| !c.is_ascii_digit());
        words.find(|word| word.len() == 6).expect("a code of six digits").to_owned()
    }

    /// The link's token in the message that was sent last.
    pub(crate) async fn newest_link_token(&self) -> String {
        let message = self.newest_message().await;
        let (_, after) = message.split_once("#sspr=").expect("a link");
        after.split_whitespace().next().unwrap_or_default().to_owned()
    }
}
