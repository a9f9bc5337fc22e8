//! The system's clock.

use jiff::Timestamp;
use sspr_service::Clock;

/// Asks the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
