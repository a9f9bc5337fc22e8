//! Lines of the audit log.

use crate::{Caller, Failure, Service, store::AuditRow};
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

impl Service {
    /// Writes a line; the words are ours.
    pub(crate) async fn audit(
        &self,
        caller: &Caller,
        account: Option<&str>,
        activity: &str,
        result: &str,
        detail: Option<&str>,
    ) -> Result<(), Failure> {
        Ok(self.store.append_audit(&self.line(caller, account, activity, result, detail)).await?)
    }

    /// A line; the words are ours.
    pub(crate) fn line(
        &self,
        caller: &Caller,
        account: Option<&str>,
        activity: &str,
        result: &str,
        detail: Option<&str>,
    ) -> AuditRow {
        AuditRow {
            at: self.clock.now(),
            activity: activity.into(),
            result: result.into(),
            account: account.map(Into::into),
            detail: detail.map(Into::into),
            address: caller.address.map(prefix),
            request_id: Some(caller.request_id.clone()),
        }
    }
}
