//! The audit log: what is written, how a line is proved, and how the log is verified.
//!
//! A line is proved where it is written ([`Proof`]): a keyed hash over all that it says, with a name of its own. Soon after,
//! one node at a time links the new lines in order ([`Service::link_audit`]): each gets the next number and a keyed hash over
//! that number, the link before it and the line. Linking at once would have every reset of every node wait for one row;
//! so only a line that is younger than the linking can go without a trace.

mod chain;
mod verify;
mod words;

pub use chain::Head;
pub use verify::{Fault, FaultKind, Verdict};
pub use words::{Activity, ActivityResult, Detail, Reason, Stage};

use crate::{
    Caller, Failure, Service,
    directory::DirectoryError,
    store::{AuditRow, Proof},
    token,
};
use std::net::IpAddr;

/// `/24` of IPv4 and `/56` of IPv6: what one connection usually has.
pub(crate) fn prefix(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let bits = v6.to_bits() & (u128::MAX << 72);
            format!("{}/56", std::net::Ipv6Addr::from_bits(bits))
        }
    }
}

impl Reason {
    /// Why a directory did not do it.
    pub(crate) fn of_directory(error: &DirectoryError) -> Self {
        match error {
            DirectoryError::Unavailable(_) => Self::DirectoryUnavailable,
            DirectoryError::Refused(_) => Self::DirectoryRefused,
            DirectoryError::WrongPassword => Self::CurrentPassword,
            DirectoryError::NoSuchAccount => Self::UnknownAccount,
        }
    }
}

impl Service {
    /// Writes a line.
    pub(crate) async fn audit(
        &self,
        caller: &Caller,
        account: Option<&str>,
        activity: Activity,
        result: ActivityResult,
        detail: Option<Detail>,
    ) -> Result<(), Failure> {
        let line = self.line(caller, account, activity, result, detail)?;
        Ok(self.store.append_audit(&line).await?)
    }

    /// A line, proved.
    pub(crate) fn line(
        &self,
        caller: &Caller,
        account: Option<&str>,
        activity: Activity,
        result: ActivityResult,
        detail: Option<Detail>,
    ) -> Result<AuditRow, Failure> {
        let mut row = AuditRow {
            at: self.clock.now(),
            activity: activity.word().into(),
            result: result.word().into(),
            account: account.map(Into::into),
            detail: detail.map(|detail| detail.to_string()),
            address: caller.address.map(prefix),
            request_id: Some(caller.request_id.clone()).filter(|id| !id.is_empty()),
            proof: Proof { entry: token::id()?, mac: Vec::new() },
        };
        row.proof.mac = chain::mac(&self.key, &row)?;
        Ok(row)
    }
}
