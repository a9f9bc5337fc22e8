//! What arrived in the mailbox, told apart by Message-ID.

use sspr_mailbox::Mailbox;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::watch;

/// A message and its copies.
#[derive(Clone)]
struct Mail {
    to: String,
    code: Option<String>,
    copies: usize,
}

#[derive(Default)]
struct Arrived {
    by_id: HashMap<String, Mail>,
    /// Codes that nobody took yet.
    waiting: HashMap<String, Vec<String>>,
    /// Copies that differ, and mails without a Message-ID.
    wrong: usize,
}

#[derive(Clone)]
pub(crate) struct Mails {
    arrived: Arc<Mutex<Arrived>>,
    news: watch::Receiver<()>,
}

/// How many there were.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) codes: usize,
    pub(crate) notices: usize,
    /// Copies beyond the first.
    pub(crate) copies: usize,
    pub(crate) wrong: usize,
}

impl Mails {
    /// Notes everything that arrives from now on.
    pub(crate) fn collect(mailbox: &Mailbox) -> Self {
        let arrived = Arc::<Mutex<Arrived>>::default();
        let (told, news) = watch::channel(());
        let (mut feed, notes) = (mailbox.feed(), arrived.clone());
        tokio::spawn(async move {
            while let Some(message) = feed.recv().await {
                notes.lock().unwrap().note(message.message_id, message.to, message.code);
                told.send_replace(());
            }
        });
        Self { arrived, news }
    }

    /// The next code for an address.
    pub(crate) async fn code_for(&self, address: &str, patience: Duration) -> Option<String> {
        let mut news = self.news.clone();
        let taken = async {
            loop {
                let found = self.arrived.lock().unwrap().waiting.get_mut(address).and_then(Vec::pop);
                if found.is_some() {
                    return found;
                }
                news.changed().await.ok()?;
            }
        };
        tokio::time::timeout(patience, taken).await.ok().flatten()
    }

    /// What came to an address.
    pub(crate) fn tally(&self) -> HashMap<String, Tally> {
        let arrived = self.arrived.lock().unwrap();
        let mut tallies: HashMap<String, Tally> = HashMap::new();
        for mail in arrived.by_id.values() {
            let tally = tallies.entry(mail.to.clone()).or_default();
            let kind = if mail.code.is_some() { &mut tally.codes } else { &mut tally.notices };
            *kind += 1;
            tally.copies += mail.copies - 1;
        }
        tallies.entry(String::new()).or_default().wrong = arrived.wrong;
        tallies
    }
}

impl Arrived {
    fn note(&mut self, id: Option<String>, to: String, code: Option<String>) {
        let Some(id) = id else {
            self.wrong += 1;
            return;
        };
        if let Some(known) = self.by_id.get_mut(&id) {
            known.copies += 1;
            self.wrong += usize::from(known.to != to || known.code != code);
            return;
        }
        if let Some(code) = &code {
            self.waiting.entry(to.clone()).or_default().push(code.clone());
        }
        self.by_id.insert(id, Mail { to, code, copies: 1 });
    }
}
