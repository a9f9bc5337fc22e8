use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};

use crate::faults::Faults;
use crate::mail::Mail;
use crate::message::{Channel, Message, found_code, found_link};

/// How many messages are kept; the oldest go first.
const KEPT: usize = 1000;

/// What arrived, and the faults in force.
#[derive(Default)]
pub(crate) struct Store {
    inner: Mutex<Inner>,
    arrived: watch::Sender<u64>,
}

#[derive(Default)]
struct Inner {
    newest_first: VecDeque<Message>,
    gateway_ids: HashSet<String>,
    mails: u64,
    feeds: Vec<mpsc::UnboundedSender<Message>>,
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
                message_id: mail.message_id.clone(),
                subject: mail.subject.clone(),
                text: mail.text.clone(),
                html: mail.html.clone(),
                locale: None,
                received_at: Timestamp::now(),
                code: found_code(&mail.text),
                link: found_link(&mail.text),
            };
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
        inner.push(Message {
            id,
            channel,
            to,
            message_id: None,
            subject: None,
            text,
            html: None,
            locale,
            received_at,
            code,
            link,
        });
        drop(inner);
        self.arrived.send_modify(|count| *count += 1);
        true
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

    /// Every message from now on.
    pub(crate) fn feed(&self) -> mpsc::UnboundedReceiver<Message> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.lock().feeds.push(sender);
        receiver
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
        self.feeds.retain(|feed| feed.send(message.clone()).is_ok());
        self.newest_first.push_front(message);
        self.newest_first.truncate(KEPT);
    }
}
