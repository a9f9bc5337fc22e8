//! Messages wait in the store until somebody delivers them, so that no answer waits for a mail server.

use crate::{
    Failure, Outgoing, OutgoingBody, Sealed, Service,
    fold::after,
    store::{Delivery, MessageRow},
    token,
};

/// Rows forgotten at a time.
const SWEPT: u32 = 1000;

impl Service {
    /// Puts a message into the outbox for so many seconds.
    pub(crate) async fn push(&self, body: &OutgoingBody, life: u32) -> Result<(), Failure> {
        Ok(self.store.push_message(&self.message(body, life)?).await?)
    }

    /// A message that lives for so many seconds.
    pub(crate) fn message(&self, body: &OutgoingBody, life: u32) -> Result<MessageRow, Failure> {
        let (now, sealed) = (self.clock.now(), Some(self.key.seal(&Sealed::Message.purpose(""), body)?));
        let expires_at = after(now, life);
        Ok(MessageRow { id: token::id()?, sealed, due_at: now, attempts: 0, expires_at })
    }

    /// One that is thrown away, after the same work.
    pub(crate) fn decoy_message(&self, body: &OutgoingBody, life: u32) -> Result<MessageRow, Failure> {
        Ok(MessageRow { sealed: None, ..self.message(body, life)? })
    }

    /// Up to `limit` messages to deliver now; each is to be settled within `lease` seconds, after which it is given to
    /// somebody else.
    pub async fn next_messages(&self, limit: u32, lease: u32) -> Result<Vec<Outgoing>, Failure> {
        let now = self.clock.now();
        let mut messages = Vec::new();
        for row in self.store.lease_messages(now, limit, lease).await? {
            let MessageRow { id, sealed, attempts, expires_at, .. } = row;
            let over = match sealed {
                None => Delivery::Finished,
                Some(_) if expires_at <= now => {
                    Delivery::Dead("it expired before it could be delivered".into())
                }
                Some(sealed) => match self.key.open(&Sealed::Message.purpose(""), &sealed) {
                    Ok(body) => {
                        messages.push(Outgoing { id, expires_at, attempts, body });
                        continue;
                    }
                    // Such as one of a newer version's kinds, which a newer node sends. It holds up no other.
                    Err(_) => Delivery::Retry(after(now, lease)),
                },
            };
            self.store.settle_message(&id, attempts, over).await?;
        }
        Ok(messages)
    }

    /// Says what became of an attempt to deliver a message.
    pub async fn settle_message(&self, id: &str, attempt: u32, delivery: Delivery) -> Result<(), Failure> {
        Ok(self.store.settle_message(id, attempt, delivery).await?)
    }

    /// Forgets what is over, up to 1000 rows at a time, and as many recoveries, and says how many.
    pub async fn sweep(&self) -> Result<u32, Failure> {
        let flows = self.sweep_flows(SWEPT).await?;
        Ok(flows.saturating_add(self.store.sweep(self.clock.now(), SWEPT).await?))
    }

    /// Answers if the store works.
    pub async fn ping(&self) -> Result<(), Failure> {
        self.store.ping().await?;
        Ok(self.directory.ping().await?)
    }
}
