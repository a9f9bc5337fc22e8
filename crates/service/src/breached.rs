//! Leaked passwords: the port to a list that is asked in the range format, and the rules around it.
//!
//! Only the first five digits of a password's SHA-1 leave the service. A list that does not answer holds nobody up:
//! the password counts as not leaked, and the audit log says that it was not checked.

use crate::{
    Caller, Failure, Service,
    audit::{self, Activity, ActivityResult, Detail, Reason},
    directory::Account,
    throttle::HOUR,
};
use async_trait::async_trait;
use data_encoding::HEXUPPER;
use sha1::{Digest, Sha1};
use sspr_core::{
    Secret,
    policy::breached::{Leaked, is_prefix, look_up, split},
};
use std::sync::Arc;

/// Where browsers ask, below the base of the contract, where nothing else is set.
const OURS: &str = "/passwords/range/";

/// Why the list said nothing.
#[derive(Debug, thiserror::Error)]
#[error("the list of leaked passwords does not answer: {0}")]
pub struct ListUnavailable(pub String);

/// A list of leaked passwords in the k-anonymity range format (see [`sspr_core::policy::breached`]).
#[async_trait]
pub trait BreachedList: Send + Sync {
    /// The answer for five hexadecimal digits: lines of `REST:COUNT`, padded with made-up ones where the list can.
    async fn range(&self, prefix: &str) -> Result<String, ListUnavailable>;
}

/// The list, and where browsers ask it.
#[derive(Clone)]
pub(crate) struct BreachedCheck {
    list: Arc<dyn BreachedList>,
    browser_address: String,
}

impl BreachedCheck {
    pub(crate) fn browser_address(&self) -> &str {
        &self.browser_address
    }
}

impl Service {
    /// Holds new passwords against a list of leaked ones. Browsers ask it through us, or where `browser_address` says:
    /// an address to whose end five digits are put.
    #[must_use]
    pub fn with_breached_list(self, list: Arc<dyn BreachedList>, browser_address: Option<String>) -> Self {
        let browser_address = browser_address.unwrap_or_else(|| OURS.into());
        self.with(|parts| parts.breached = Some(BreachedCheck { list, browser_address }))
    }

    /// The list's answer for five digits, so that a browser needs to ask nobody but us. Counted by address, since
    /// anybody may ask.
    pub async fn breached_range(&self, caller: &Caller, prefix: &str) -> Result<String, Failure> {
        let check = self.breached.as_ref().ok_or(Failure::NotAllowed)?;
        if !is_prefix(prefix) {
            return Err(Failure::ValueRejected { pointer: "" });
        }
        if let Some(address) = caller.address {
            let bucket = self.bucket("range-prefix", audit::prefix(address).as_bytes())?;
            self.count(&bucket, self.settings.limits.ranges_per_prefix, HOUR).await?;
        }
        Ok(check.list.range(prefix).await?)
    }

    /// Whether a password in NFC is on the list; no where there is no list or it does not answer.
    pub(crate) async fn is_breached(
        &self,
        caller: &Caller,
        account: &Account,
        password: &Secret,
    ) -> Result<bool, Failure> {
        let Some(check) = &self.breached else { return Ok(false) };
        let digits = Secret::new(HEXUPPER.encode(&Sha1::digest(password.expose())));
        let Some((prefix, rest)) = split(digits.expose()) else { return Ok(false) };
        let answer = check.list.range(prefix).await;
        match answer.map_or(Leaked::Unreadable, |answer| look_up(&answer, rest)) {
            Leaked::Found(_) => Ok(true),
            Leaked::NotFound => Ok(false),
            Leaked::Unreadable => {
                let (id, why) = (Some(account.id.as_str()), Some(Detail::Reason(Reason::Unavailable)));
                self.audit(caller, id, Activity::BreachedCheck, ActivityResult::Failure, why).await?;
                Ok(false)
            }
        }
    }
}
