//! Empties the outbox: takes due messages, hands them over, tries again later or gives up.

use super::{Gateway, Outcome, PhoneChannel, Smtp, Webhook};
use crate::metrics::Metrics;
use jiff::{SignedDuration, Timestamp};
use sspr_service::{
    Clock, Service,
    notify::{Outgoing, OutgoingBody},
    store::Delivery,
};
use std::{sync::Arc, time::Duration};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Messages on their way at once.
const AT_ONCE: usize = 16;

/// How often an empty outbox is looked at; a person waits for the code.
const POLL: Duration = Duration::from_millis(300);

/// How long the outbox is left alone after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(5);

/// First wait before a second try; it doubles up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_secs(5);
/// See [`FIRST_WAIT`].
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// Seconds beyond the longest hand-over until a message that was taken and not settled is given to somebody else.
const MARGIN: u32 = 10;

/// How long the store is left alone before it is told again what came of a message.
const SETTLE_PAUSE: Duration = Duration::from_secs(1);

/// Delivers the outbox until it is told to stop.
#[derive(Clone)]
pub struct Worker {
    /// Where messages come from and are settled.
    pub service: Service,
    /// The way for e-mail.
    pub smtp: Smtp,
    /// The way for text messages and calls, where there is one.
    pub gateway: Option<Gateway>,
    /// The way to the identity provider, where there is one.
    pub webhook: Option<Webhook>,
    /// Tells when a code is dead.
    pub clock: Arc<dyn Clock>,
    /// Counts what became of messages.
    pub metrics: Metrics,
    /// Seconds that handing one message over takes at most.
    pub longest: u32,
}

impl Worker {
    /// Runs until `stop`, then lets the messages that are on their way arrive and settles them.
    pub async fn run(self, stop: CancellationToken) {
        let mut on_the_way = JoinSet::new();
        while !stop.is_cancelled() {
            let room = u32::try_from(AT_ONCE - on_the_way.len()).unwrap_or(0);
            let pause = match self.service.next_messages(room, self.longest + MARGIN).await {
                Ok(messages) if messages.is_empty() => POLL,
                Ok(messages) => {
                    for message in messages {
                        let worker = self.clone();
                        on_the_way.spawn(async move { worker.deliver(message).await });
                    }
                    Duration::ZERO
                }
                Err(error) => {
                    tracing::error!(%error, "the outbox cannot be read");
                    STORE_PAUSE
                }
            };
            while on_the_way.try_join_next().is_some() {}
            if on_the_way.len() >= AT_ONCE {
                on_the_way.join_next().await;
            } else if !pause.is_zero() {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = tokio::time::sleep(pause) => {}
                }
            }
        }
        while on_the_way.join_next().await.is_some() {}
    }

    async fn deliver(&self, message: Outgoing) {
        let now = self.clock.now();
        let outcome = if message.expires_at <= now {
            Outcome::Refused("it expired before it could be delivered".into())
        } else {
            self.hand_over(&message).await
        };
        let delivery = settle(&outcome, message.attempts, self.clock.now(), message.expires_at);
        match (&outcome, &delivery) {
            (Outcome::Accepted, _) => {
                self.metrics.delivery(&message.body, "delivered");
                tracing::info!(message = message.id, "delivered");
            }
            (_, Delivery::Dead(why)) => {
                self.metrics.delivery(&message.body, "dead");
                tracing::error!(message = message.id, why, "given up");
            }
            (Outcome::Later { why, .. }, _) => {
                self.metrics.delivery(&message.body, "retried");
                tracing::warn!(message = message.id, why, "not delivered yet");
            }
            _ => {}
        }
        self.settle(&message, delivery).await;
    }

    /// Writes what came of it, again and again while the lease lasts: what arrived and is not settled arrives twice.
    async fn settle(&self, message: &Outgoing, delivery: Delivery) {
        for _ in 0..MARGIN {
            match self.service.settle_message(&message.id, message.attempts, delivery.clone()).await {
                Ok(()) => return,
                Err(error) => tracing::error!(message = message.id, %error, "cannot settle"),
            }
            tokio::time::sleep(SETTLE_PAUSE).await;
        }
        // The lease runs out and the message is tried again under the same id.
    }

    async fn hand_over(&self, message: &Outgoing) -> Outcome {
        let (channel, to, text, locale) = match &message.body {
            OutgoingBody::Email { to, subject, text, html } => {
                return self.smtp.send(&message.id, to, subject, text, html).await;
            }
            OutgoingBody::Sms { to, text } => (PhoneChannel::Sms, to, text, None),
            OutgoingBody::Voice { to, text, locale } => {
                (PhoneChannel::Voice, to, text, Some(locale.as_str()))
            }
            OutgoingBody::Revocation(revocation) => {
                return match &self.webhook {
                    Some(webhook) => webhook.send(&message.id, self.clock.now(), revocation).await,
                    None => Outcome::Refused("no identity provider is configured (revocation.url)".into()),
                };
            }
        };
        match &self.gateway {
            Some(gateway) => gateway.send(&message.id, channel, to, text, locale).await,
            None => Outcome::Refused("no gateway is configured (gateway.url)".into()),
        }
    }
}

/// What the outbox is told: a message is tried again as long as the next try comes before its end.
fn settle(outcome: &Outcome, attempts: u32, now: Timestamp, expires_at: Timestamp) -> Delivery {
    match outcome {
        Outcome::Accepted => Delivery::Finished,
        Outcome::Refused(why) => Delivery::Dead(why.clone()),
        Outcome::Later { after, why } => {
            let wait = after.unwrap_or_default().max(back_off(attempts));
            match SignedDuration::try_from(wait).ok().and_then(|wait| now.checked_add(wait).ok()) {
                Some(next) if next < expires_at => Delivery::Retry(next),
                _ => Delivery::Dead(why.clone()),
            }
        }
    }
}

/// The wait after so many tries.
fn back_off(attempts: u32) -> Duration {
    let doublings = attempts.saturating_sub(1).min(16);
    FIRST_WAIT.saturating_mul(1 << doublings).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn later(after: Option<u64>) -> Outcome {
        Outcome::Later { after: after.map(Duration::from_secs), why: "busy".into() }
    }

    fn seconds(of: i64) -> Timestamp {
        Timestamp::from_second(of).unwrap()
    }

    #[test]
    fn the_wait_doubles_from_five_seconds_to_five_minutes() {
        let waits: Vec<u64> = (1..=9).map(|attempts| back_off(attempts).as_secs()).collect();
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 300, 300, 300]);
        assert_eq!(back_off(u32::MAX), LONGEST_WAIT);
    }

    #[test]
    fn a_message_is_tried_again_until_its_code_is_dead() {
        assert_eq!(settle(&later(None), 1, seconds(100), seconds(700)), Delivery::Retry(seconds(105)));
        assert_eq!(settle(&later(None), 1, seconds(696), seconds(700)), Delivery::Dead("busy".into()));
    }

    #[test]
    fn what_the_gateway_asks_to_wait_is_kept() {
        assert_eq!(settle(&later(Some(60)), 1, seconds(0), seconds(700)), Delivery::Retry(seconds(60)));
        assert_eq!(settle(&later(Some(1)), 1, seconds(0), seconds(700)), Delivery::Retry(seconds(5)));
        assert_eq!(
            settle(&later(Some(u64::MAX)), 1, seconds(0), seconds(700)),
            Delivery::Dead("busy".into())
        );
    }
}
