//! The list of leaked passwords, asked in the range format (see [`sspr_core::policy::breached`]).

use super::{Answering, Failure, Http, http::Request};

/// A backend that can ask a list of leaked passwords.
pub trait BreachedRanges {
    /// The list's answer: lines of `REST:COUNT`. `address` is [`PasswordPolicy::breached_range`] with the five digits at
    /// its end. A backend whose policies name no such address is never asked.
    ///
    /// [`PasswordPolicy::breached_range`]: sspr_core::policy::PasswordPolicy::breached_range
    fn range(&self, address: &str) -> Answering<String> {
        let _ = address;
        Box::pin(async { Err(Failure::unreadable()) })
    }
}

impl BreachedRanges for Http {
    fn range(&self, address: &str) -> Answering<String> {
        let request = if address.starts_with('/') {
            Request::new("GET", address)
        } else {
            // Another site: it learns nothing of this one. Padding hides how long the answer is from who watches.
            Request::elsewhere(address).header("add-padding", "true")
        };
        Box::pin(self.send_for_text(request))
    }
}
