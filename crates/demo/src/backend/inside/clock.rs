//! The time of the service inside the page: the browser's, and what the person let pass.

use jiff::{Timestamp, ToSpan};
use sspr_service::Clock;
use std::sync::atomic::{AtomicI64, Ordering};

/// The browser's clock, set ahead by as many seconds as the page was told.
#[derive(Default)]
pub(super) struct PageClock {
    ahead: AtomicI64,
}

impl PageClock {
    /// Lets so many seconds pass at once.
    pub(super) fn pass(&self, seconds: u32) {
        self.ahead.fetch_add(i64::from(seconds), Ordering::Relaxed);
    }
}

impl Clock for PageClock {
    fn now(&self) -> Timestamp {
        // A browser's clock is far inside of what a timestamp holds; the epoch stands for one that is not.
        let now = Timestamp::from_millisecond(js_sys::Date::now() as i64).unwrap_or_default();
        let ahead = self.ahead.load(Ordering::Relaxed);
        now.checked_add(ahead.seconds()).unwrap_or(now)
    }
}
