//! The port to time.

use jiff::Timestamp;

/// Tells the time. The server asks the system, the page asks the browser, tests set it.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}
