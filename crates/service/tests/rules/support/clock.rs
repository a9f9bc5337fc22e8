//! A clock that stands until a test moves it.

use jiff::{SignedDuration, Timestamp};
use sspr_service::Clock;
use std::sync::atomic::{AtomicI64, Ordering};

/// Seconds of the Unix epoch.
pub(crate) struct TestClock(AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(1_800_000_000))
    }
}

impl TestClock {
    pub(crate) fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(self.0.load(Ordering::SeqCst))
    }
}
