use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::{broadcast, watch};

use crate::faults::Faults;
use crate::mail::Mail;
use crate::message::{Channel, Message, found_code, found_link};

/// How many messages are kept; the oldest go first.
const KEPT: usize = 1000;

/// How far a [follower](Store::follow) may fall behind.
const FOLLOWED: usize = 4096;

/// What arrived, and the faults in force.
pub(crate) struct Store {
    inner: Mutex<Inner>,
    arrived: watch::Sender<u64>,
    copies: broadcast::Sender<Message>,
}

impl Default for Store {
    fn default() -> Self {
        Store {
            inner: Mutex::default(),
            arrived: watch::Sender::default(),
            copies: broadcast::Sender::new(FOLLOWED),
        }
    }
}

#[derive(Default)]
struct Inner {
    newest_first: VecDeque<Message>,
    gateway_ids: HashSet<String>,
    mails: u64,
    faults: Faults,
}

impl Store {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a mail once for each recipient of its envelope.
    pub(crate) fn keep_mail(&self, recipients: &[String], mail: &Mail) {
        let mut inner = self.lock();
        for to in recipients {
            inner.mails += 1;
            let message = Message {
                id: inner.mails.to_string(),
                channel: Channel::Email,
                to: to.clone(),
                subject: mail.subject.clone(),
                text: mail.text.clone(),
                html: mail.html.clone(),
                locale: None,
                received_at: Timestamp::now(),
                code: found_code(&mail.text),
                link: found_link(&mail.text),
            };
            self.copy(&message);
            inner.push(message);
        }
        drop(inner);
        self.arrived.send_modify(|count| *count += 1);
    }

    /// Keeps a text message or call, unless one with this id was kept before. Returns whether it is new.
    pub(crate) fn keep_call(
        &self,
        id: String,
        channel: Channel,
        to: String,
        text: String,
        locale: Option<String>,
    ) -> bool {
        let mut inner = self.lock();
        if !inner.gateway_ids.insert(id.clone()) {
            return false;
        }
        let (code, link) = (found_code(&text), found_link(&text));
        let received_at = Timestamp::now();
        let message =
            Message { id, channel, to, subject: None, text, html: None, locale, received_at, code, link };
        self.copy(&message);
        inner.push(message);
        drop(inner);
        self.arrived.send_modify(|count| *count += 1);
        true
    }

    /// For those who follow; most often nobody does.
    fn copy(&self, message: &Message) {
        if self.copies.receiver_count() > 0 {
            self.copies.send(message.clone()).ok();
        }
    }

    pub(crate) fn follow(&self) -> broadcast::Receiver<Message> {
        self.copies.subscribe()
    }

    pub(crate) fn messages(&self) -> Vec<Message> {
        self.lock().newest_first.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        let mut inner = self.lock();
        inner.newest_first.clear();
        inner.gateway_ids.clear();
    }

    pub(crate) fn arrivals(&self) -> watch::Receiver<u64> {
        self.arrived.subscribe()
    }

    pub(crate) fn faults(&self) -> Faults {
        self.lock().faults.clone()
    }

    pub(crate) fn set_faults(&self, faults: Faults) {
        self.lock().faults = faults;
    }
}

impl Inner {
    fn push(&mut self, message: Message) {
        self.newest_first.push_front(message);
        self.newest_first.truncate(KEPT);
    }
}
