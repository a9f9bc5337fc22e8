//! What is counted.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sspr_mailbox::Message;
use tokio::sync::mpsc;

/// What takes time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Start,
    Challenge,
    /// From the answer that a code is on its way until the mailbox had it.
    Mail,
    Verify,
    Password,
}

impl Operation {
    pub(super) const ALL: [(Operation, &'static str); 5] = [
        (Operation::Start, "start"),
        (Operation::Challenge, "send a code"),
        (Operation::Mail, "mail arrives"),
        (Operation::Verify, "verify the code"),
        (Operation::Password, "set the password"),
    ];
}

/// Counters of one part.
#[derive(Default)]
pub(super) struct Tally {
    /// Codes that the server said are on their way.
    pub(super) sent: AtomicU64,
    resets: AtomicU64,
    in_flow: AtomicU64,
    requests: AtomicU64,
    /// 503 with `Retry-After` and the problem `overloaded`, and without.
    shed: AtomicU64,
    shed_wrongly: AtomicU64,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    times: [Vec<Duration>; 5],
    /// Until a request was sent away.
    away: Vec<Duration>,
    errors: BTreeMap<String, u64>,
    /// People in the flow, now and then.
    people: Vec<u64>,
}

/// Somebody who is in the flow.
pub(super) struct InFlow<'a>(&'a Tally);

impl Drop for InFlow<'_> {
    fn drop(&mut self) {
        self.0.in_flow.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Tally {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn enter(&self) -> InFlow<'_> {
        self.in_flow.fetch_add(1, Ordering::Relaxed);
        InFlow(self)
    }

    pub(super) fn took(&self, operation: Operation, time: Duration) {
        if operation != Operation::Mail {
            self.requests.fetch_add(1, Ordering::Relaxed);
        }
        self.seen().times[operation as usize].push(time);
    }

    pub(super) fn sent_away(&self, well: bool, time: Duration) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        if well { &self.shed } else { &self.shed_wrongly }.fetch_add(1, Ordering::Relaxed);
        self.seen().away.push(time);
    }

    pub(super) fn error(&self, what: String) {
        *self.seen().errors.entry(what).or_default() += 1;
    }

    pub(super) fn reset(&self) {
        self.resets.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn resets(&self) -> u64 {
        self.resets.load(Ordering::Relaxed)
    }

    pub(super) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    pub(super) fn shed(&self) -> u64 {
        self.shed.load(Ordering::Relaxed)
    }

    pub(super) fn shed_wrongly(&self) -> u64 {
        self.shed_wrongly.load(Ordering::Relaxed)
    }

    pub(super) fn errors(&self) -> BTreeMap<String, u64> {
        self.seen().errors.clone()
    }

    /// Looks now and then how many are in the flow, from when all have come until they go.
    pub(super) async fn watch(self: Arc<Self>, after: Duration, lasts: Duration) {
        let began = Instant::now();
        tokio::time::sleep(after).await;
        while began.elapsed() < lasts {
            let people = self.in_flow.load(Ordering::Relaxed);
            self.seen().people.push(people);
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// Fewest and middle number of people that were in the flow at once.
    pub(super) fn people(&self) -> (u64, u64) {
        let mut people = self.seen().people.clone();
        people.sort_unstable();
        (people.first().copied().unwrap_or(0), people.get(people.len() / 2).copied().unwrap_or(0))
    }

    /// How many, and the times that half and 99 of 100 keep within.
    pub(super) fn times(&self, operation: Operation) -> (usize, Duration, Duration) {
        percentiles(&self.seen().times[operation as usize])
    }

    /// The same of the requests that were sent away.
    pub(super) fn away(&self) -> (usize, Duration, Duration) {
        percentiles(&self.seen().away)
    }
}

fn percentiles(times: &[Duration]) -> (usize, Duration, Duration) {
    let mut times = times.to_vec();
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
    (times.len(), at(50).copied().unwrap_or_default(), at(99).copied().unwrap_or_default())
}

/// Mails with a code, by their Message-ID.
#[derive(Default)]
pub(super) struct Mails(Mutex<HashMap<String, u64>>);

impl Mails {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts until the mailbox goes.
    pub(super) async fn count(self: Arc<Self>, mut mails: mpsc::UnboundedReceiver<Message>) {
        while let Some(mail) = mails.recv().await {
            *self.lock().entry(mail.message_id.unwrap_or_default()).or_default() += 1;
        }
    }

    pub(super) fn forget(&self) {
        self.lock().clear();
    }

    /// Different ones.
    pub(super) fn codes(&self) -> u64 {
        self.lock().len() as u64
    }

    /// Second copies.
    pub(super) fn copies(&self) -> u64 {
        self.lock().values().map(|times| times - 1).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, percentiles};

    #[test]
    fn the_99th_of_100_is_found() {
        let times: Vec<_> = (1..=100).rev().map(Duration::from_millis).collect();
        assert_eq!(percentiles(&times), (100, Duration::from_millis(51), Duration::from_millis(100)));
        assert_eq!(percentiles(&[]), (0, Duration::ZERO, Duration::ZERO));
    }
}
