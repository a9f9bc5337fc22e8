//! Active Directory, and Samba in its place.

mod entry;
mod password;
mod policy;

use self::{
    entry::LOCKOUT_TIME,
    password::{outcome, policy_hints, unicode_pwd},
    policy::{AllPolicies, Policy},
};
use crate::{
    connection::refused,
    filter,
    people::Kind,
    pool::Lease,
    settings::{Groups, Settings},
};
use async_trait::async_trait;
use jiff::Timestamp;
use ldap3::{LdapResult, Mod, Scope, SearchEntry, controls::RawControl};
use sspr_core::Secret;
use sspr_service::directory::{Account, DirectoryError};

/// Most groups of a person, and most people of an administrators' group, that are looked at.
const MOST: i32 = 200;

/// The matching rule that follows groups in groups ([MS-ADTS] 3.1.1.3.4.4.3).
const IN_CHAIN: &str = "1.2.840.113556.1.4.1941";

/// What Active Directory does in its own way.
#[derive(Default)]
pub(crate) struct ActiveDirectory {
    policies: AllPolicies,
}

#[async_trait]
impl Kind for ActiveDirectory {
    fn attributes<'a>(&self, settings: &'a Settings) -> Vec<&'a str> {
        entry::attributes(settings)
    }

    fn with_id(&self, _: &Settings, id: &str) -> Option<String> {
        entry::with_guid(id)
    }

    async fn account(
        &self,
        lease: &mut Lease<'_>,
        found: &SearchEntry,
    ) -> Result<Option<Account>, DirectoryError> {
        let policy = self.policies.of(lease, found).await?;
        Ok(entry::account(lease.settings(), found, &policy, Timestamp::now()))
    }

    async fn groups(
        &self,
        lease: &mut Lease<'_>,
        groups: &Groups,
        dn: &str,
    ) -> Result<Vec<String>, DirectoryError> {
        let filter = filter::equals(&format!("{}:{IN_CHAIN}:", groups.member), dn);
        let found = lease.search(&groups.base, Scope::Subtree, &filter, &["cn"], MOST).await?;
        let mut names: Vec<_> =
            found.iter().filter_map(|group| crate::entry::first(group, "cn")).map(str::to_owned).collect();
        names.sort();
        Ok(names)
    }

    async fn administrators(
        &self,
        lease: &mut Lease<'_>,
        groups: &Groups,
        attributes: &[&str],
    ) -> Result<Vec<SearchEntry>, DirectoryError> {
        let named: String = groups.admins.iter().map(|name| filter::equals("cn", name)).collect();
        let named = format!("(&(objectClass=group)(|{named}))");
        let found = lease.search(&groups.base, Scope::Subtree, &named, &["cn"], MOST).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let member = format!("memberOf:{IN_CHAIN}:");
        let members: String = found.iter().map(|group| filter::equals(&member, &group.dn)).collect();
        let people = format!("(&(objectCategory=person)(|{members}))");
        lease.search(&lease.settings().base, Scope::Subtree, &people, attributes, MOST).await
    }

    fn bind_control(&self) -> Option<RawControl> {
        None
    }

    /// A right password that must be changed, or is too old, is still the right one: whoever has it may change it here.
    fn is_right(&self, answer: &LdapResult) -> Option<bool> {
        const INVALID_CREDENTIALS: u32 = 49;
        const EXPIRED: &str = " data 532,";
        const MUST_CHANGE: &str = " data 773,";
        match answer.rc {
            0 => Some(true),
            INVALID_CREDENTIALS => Some([EXPIRED, MUST_CHANGE].iter().any(|it| answer.text.contains(it))),
            _ => None,
        }
    }

    async fn set_password(
        &self,
        lease: &mut Lease<'_>,
        found: &SearchEntry,
        password: &Secret,
    ) -> Result<(), DirectoryError> {
        if entry::disabled(found, Timestamp::now()) {
            return Err(DirectoryError::NoSuchAccount);
        }
        let policy = self.policies.of(lease, found).await?;
        let value = unicode_pwd(password);
        let mut changes = vec![Mod::Replace(&b"unicodePwd"[..], [value.as_slice()].into())];
        // A reset alone leaves the lock. Where there is none, the right to end one is not needed either.
        if entry::was_locked(found) {
            changes.push(no_lock());
        }
        let control = policy.hints.map(policy_hints);
        let answer = lease.modify("cannot set a password", &found.dn, changes, control).await?;
        outcome(&answer, &policy, found, password)
    }

    async fn unlock(&self, lease: &mut Lease<'_>, found: &SearchEntry) -> Result<(), DirectoryError> {
        if entry::disabled(found, Timestamp::now()) {
            return Err(DirectoryError::NoSuchAccount);
        }
        if !entry::was_locked(found) {
            return Ok(());
        }
        let what = "cannot end a lock";
        let answer = lease.modify(what, &found.dn, vec![no_lock()], None).await?;
        if answer.rc == 0 { Ok(()) } else { Err(refused(what, &answer)) }
    }
}

/// Ends a lock by wrong passwords and forgets them; this attribute takes no other number.
fn no_lock() -> Mod<&'static [u8]> {
    Mod::Replace(LOCKOUT_TIME.as_bytes(), [&b"0"[..]].into())
}

/// For the fuzz targets: the policy of an entry, read both ways.
fn policies_of(entry: &SearchEntry) -> [Policy; 2] {
    [Policy::of_domain(entry), Policy::fine_grained(entry)]
}

/// For the fuzz targets.
pub(crate) fn account_of(
    settings: &Settings,
    entry: &SearchEntry,
    policy: &SearchEntry,
    now: Timestamp,
) -> Option<Account> {
    let [_, policy] = policies_of(policy);
    entry::account(settings, entry, &policy, now)
}

/// For the fuzz targets.
pub(crate) fn filter_of_id(id: &str) -> Option<String> {
    entry::with_guid(id)
}

/// For the fuzz targets.
pub(crate) fn refusal_of(
    rc: u32,
    text: &str,
    entry: &SearchEntry,
    policy: &SearchEntry,
    password: &Secret,
) -> usize {
    let answer =
        LdapResult { rc, matched: String::new(), text: text.into(), refs: Vec::new(), ctrls: Vec::new() };
    let [policy, _] = policies_of(policy);
    match password::outcome(&answer, &policy, entry, password) {
        Err(DirectoryError::Refused(violations)) => violations.len(),
        _ => 0,
    }
}
