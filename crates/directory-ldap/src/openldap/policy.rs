//! The policy entry that holds for a person, as rules that the service can show.

use crate::{
    entry::{first, number},
    policies::Policies,
    pool::Lease,
};
use ldap3::{Scope, SearchEntry};
use sspr_service::directory::{DirectoryError, DirectoryRules};

const ATTRIBUTES: [&str; 7] = [
    "pwdMinLength",
    "pwdMaxLength",
    "pwdInHistory",
    "pwdMinAge",
    "pwdCheckQuality",
    "pwdLockoutDuration",
    ALLOW_CHANGE,
];

const ALLOW_CHANGE: &str = "pwdAllowUserChange";

/// What a policy entry says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Policy {
    pub(crate) rules: DirectoryRules,
    /// Seconds of a lock; 0 holds until somebody unlocks.
    pub(crate) lockout_seconds: u32,
    /// People may not change their password themselves. The server holds only themselves to it, not us.
    pub(crate) frozen: bool,
}

impl Policy {
    pub(super) fn of(entry: &SearchEntry) -> Self {
        let value = |name| number(entry, name).unwrap_or(0);
        // Without the check of quality, slapd does not look at the length either.
        let checked = value("pwdCheckQuality") > 0;
        let length = |name| (checked && value(name) > 0).then(|| value(name));
        let rules = DirectoryRules {
            min_length: length("pwdMinLength"),
            max_bytes: length("pwdMaxLength"),
            history: value("pwdInHistory"),
            min_age_hours: value("pwdMinAge").div_ceil(3600),
            quality: checked,
            ..DirectoryRules::default()
        };
        let frozen = first(entry, ALLOW_CHANGE) == Some("FALSE");
        Self { rules, lockout_seconds: value("pwdLockoutDuration"), frozen }
    }
}

/// The policy of an entry; an empty one where there is none.
pub(crate) async fn of(
    policies: &Policies<Policy>,
    lease: &mut Lease<'_>,
    dn: Option<&str>,
) -> Result<Policy, DirectoryError> {
    let Some(dn) = dn else { return Ok(Policy::default()) };
    if let Some(policy) = policies.get(dn) {
        return Ok(policy);
    }
    let found = lease.search(dn, Scope::Base, "(objectClass=*)", &ATTRIBUTES, 1).await?;
    if found.is_empty() {
        tracing::warn!(
            policy = dn,
            "the password policy cannot be read; people only learn of it when it refuses"
        );
    }
    Ok(policies.keep(dn, found.first().map(Policy::of).unwrap_or_default()))
}
