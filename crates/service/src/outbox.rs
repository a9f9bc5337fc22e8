//! Messages wait in the store until somebody delivers them, so that no answer waits for a mail server.

use crate::{
    Failure, Outgoing, OutgoingBody, Service,
    fold::after,
    store::{Delivery, MessageRow},
    token,
};

const PURPOSE: &str = "message";
/// Seconds that a deliverer has before another may try.
const LEASE: u32 = 60;
/// Rows forgotten at a time.
const SWEPT: u32 = 1000;

impl Service {
    /// Puts a message into the outbox for so many seconds.
    pub(crate) async fn push(&self, body: &OutgoingBody, life: u32) -> Result<(), Failure> {
        let sealed = self.key.seal(PURPOSE, body)?;
        self.enqueue(Some(sealed), life).await
    }

    /// Costs the same, and is thrown away.
    pub(crate) async fn push_decoy(&self, body: &OutgoingBody, life: u32) -> Result<(), Failure> {
        self.key.seal(PURPOSE, body)?;
        self.enqueue(None, life).await
    }

    async fn enqueue(&self, sealed: Option<Vec<u8>>, life: u32) -> Result<(), Failure> {
        let now = self.clock.now();
        let row =
            MessageRow { id: token::id()?, sealed, due_at: now, attempts: 0, expires_at: after(now, life) };
        Ok(self.store.push_message(&row).await?)
    }

    /// Up to `limit` messages to deliver now; each is to be settled within a minute.
    pub async fn next_messages(&self, limit: u32) -> Result<Vec<Outgoing>, Failure> {
        let now = self.clock.now();
        let mut messages = Vec::new();
        for row in self.store.lease_messages(now, limit, LEASE).await? {
            match row.sealed {
                Some(sealed) if row.expires_at > now => messages.push(Outgoing {
                    id: row.id,
                    expires_at: row.expires_at,
                    attempts: row.attempts,
                    body: self.key.open(PURPOSE, &sealed)?,
                }),
                _ => self.store.settle_message(&row.id, row.attempts, Delivery::Finished).await?,
            }
        }
        Ok(messages)
    }

    /// Says what became of an attempt to deliver a message.
    pub async fn settle_message(&self, id: &str, attempt: u32, delivery: Delivery) -> Result<(), Failure> {
        Ok(self.store.settle_message(id, attempt, delivery).await?)
    }

    /// Forgets what is over, up to 1000 rows at a time, and says how many.
    pub async fn sweep(&self) -> Result<u32, Failure> {
        Ok(self.store.sweep(self.clock.now(), SWEPT).await?)
    }

    /// Answers if the store works.
    pub async fn ping(&self) -> Result<(), Failure> {
        self.store.ping().await?;
        Ok(self.directory.ping().await?)
    }
}
