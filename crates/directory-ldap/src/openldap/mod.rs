//! OpenLDAP with the password policy overlay.

mod entry;
mod groups;
mod policy;
mod ppolicy;

use self::{entry::LOCKED, policy::Policy, ppolicy::Objection};
use crate::{
    connection::{refused, unavailable, within},
    entry::first,
    filter,
    people::Kind,
    policies::Policies,
    pool::Lease,
    settings::{Groups, Settings},
};
use async_trait::async_trait;
use jiff::Timestamp;
use ldap3::{LdapResult, Mod, SearchEntry, controls::RawControl, exop::PasswordModify};
use sspr_core::{
    Secret,
    policy::{Rule, Violation},
};
use sspr_service::directory::{Account, DirectoryError};

/// What OpenLDAP does in its own way.
#[derive(Default)]
pub(crate) struct OpenLdap {
    policies: Policies<Policy>,
}

impl OpenLdap {
    async fn policy(&self, lease: &mut Lease<'_>, found: &SearchEntry) -> Result<Policy, DirectoryError> {
        policy::of(&self.policies, lease, entry::policy_dn(lease.settings(), found)).await
    }
}

#[async_trait]
impl Kind for OpenLdap {
    fn attributes<'a>(&self, settings: &'a Settings) -> Vec<&'a str> {
        entry::attributes(settings)
    }

    fn with_id(&self, settings: &Settings, id: &str) -> Option<String> {
        Some(filter::equals(&settings.attributes.id, id))
    }

    async fn account(
        &self,
        lease: &mut Lease<'_>,
        found: &SearchEntry,
    ) -> Result<Option<Account>, DirectoryError> {
        let policy = self.policy(lease, found).await?;
        Ok(entry::account(lease.settings(), found, policy, Timestamp::now()))
    }

    async fn groups(
        &self,
        lease: &mut Lease<'_>,
        groups: &Groups,
        dn: &str,
    ) -> Result<Vec<String>, DirectoryError> {
        groups::of(lease, groups, dn).await
    }

    async fn administrators(
        &self,
        lease: &mut Lease<'_>,
        groups: &Groups,
        attributes: &[&str],
    ) -> Result<Vec<SearchEntry>, DirectoryError> {
        groups::administrators(lease, groups, attributes).await
    }

    fn bind_control(&self) -> Option<RawControl> {
        Some(ppolicy::request())
    }

    fn is_right(&self, answer: &LdapResult) -> Option<bool> {
        const INVALID_CREDENTIALS: u32 = 49;
        const INAPPROPRIATE: u32 = 48;
        match answer.rc {
            0 => Some(true),
            INVALID_CREDENTIALS | INAPPROPRIATE => Some(false),
            _ => None,
        }
    }

    async fn set_password(
        &self,
        lease: &mut Lease<'_>,
        found: &SearchEntry,
        password: &Secret,
    ) -> Result<(), DirectoryError> {
        // The reset would end this lock, which an administrator set.
        if entry::locked_for_good(found) {
            return Err(DirectoryError::NoSuchAccount);
        }
        let policy = self.policy(lease, found).await?;
        if policy.frozen {
            return Err(DirectoryError::Refused(vec![Violation::new(Rule::Policy, 0)]));
        }
        let mut ldap = lease.take().await?;
        let change =
            PasswordModify { user_id: Some(&found.dn), old_pass: None, new_pass: Some(password.expose()) };
        let sent = ldap.with_controls(ppolicy::request()).extended(change);
        let answer = within(lease.settings().timeout, "cannot set a password", sent).await?;
        lease.put_back(ldap);
        outcome(&answer.1, policy)
    }

    async fn unlock(&self, lease: &mut Lease<'_>, found: &SearchEntry) -> Result<(), DirectoryError> {
        const NO_SUCH_ATTRIBUTE: u32 = 16;
        if entry::locked_for_good(found) {
            return Err(DirectoryError::NoSuchAccount);
        }
        let Some(since) = first(found, LOCKED) else { return Ok(()) };
        // By its value: a lock that an administrator sets meanwhile is another value, and stays.
        let change = vec![Mod::Delete(LOCKED.as_bytes(), [since.as_bytes()].into())];
        let what = "cannot end a lock";
        let answer = lease.modify(what, &found.dn, change, None).await?;
        if [0, NO_SUCH_ATTRIBUTE].contains(&answer.rc) { Ok(()) } else { Err(refused(what, &answer)) }
    }
}

/// What the server's answer to a new password means.
fn outcome(result: &LdapResult, policy: Policy) -> Result<(), DirectoryError> {
    const CONSTRAINT: u32 = 19;
    const NO_SUCH_OBJECT: u32 = 32;
    let rules = policy.rules;
    let refuses = |rule, number| Err(DirectoryError::Refused(vec![Violation::new(rule, number)]));
    let impossible = |why| Err(unavailable("cannot set a password", why));
    if result.rc == 0 {
        return Ok(());
    }
    match ppolicy::objection(result) {
        Some(Objection::TooShort) => refuses(Rule::MinLength, rules.min_length.unwrap_or(0)),
        Some(Objection::TooLong) => refuses(Rule::MaxBytes, rules.max_bytes.unwrap_or(0)),
        Some(Objection::InHistory) => refuses(Rule::InHistory, rules.history),
        Some(Objection::TooYoung) => refuses(Rule::TooYoung, rules.min_age_hours),
        Some(Objection::InsufficientQuality | Objection::ModNotAllowed) => refuses(Rule::Policy, 0),
        Some(Objection::MustSupplyOldPassword) => {
            impossible("the policy wants the old password (pwdSafeModify), which nobody has in a reset")
        }
        Some(Objection::AccountLocked) => impossible("the service account is locked"),
        Some(Objection::ChangeAfterReset | Objection::PasswordExpired) => {
            impossible("the service account must get a new password itself")
        }
        None if result.rc == CONSTRAINT => refuses(Rule::Policy, 0),
        None if result.rc == NO_SUCH_OBJECT => Err(DirectoryError::NoSuchAccount),
        None => Err(refused("cannot set a password", result)),
    }
}

/// For the fuzz targets.
pub(crate) fn decode_control(value: &[u8]) -> Option<Objection> {
    ppolicy::decode(value)
}

/// For the fuzz targets.
pub(crate) fn account_of(
    settings: &Settings,
    entry: &SearchEntry,
    policy: &SearchEntry,
    now: Timestamp,
) -> Option<Account> {
    entry::account(settings, entry, Policy::of(policy), now)
}
