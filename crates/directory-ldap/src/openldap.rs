//! OpenLDAP with the password policy overlay.

use crate::{
    connection::{open, refused, unavailable, within},
    entry::{self, LOCKED},
    filter, groups,
    policy::{Policies, Policy},
    pool::{Lease, Pool},
    ppolicy::{self, Objection},
    settings::Settings,
};
use async_trait::async_trait;
use jiff::Timestamp;
use ldap3::{LdapResult, Scope, SearchEntry, exop::PasswordModify};
use sspr_core::{
    Secret,
    policy::{Rule, Violation},
};
use sspr_service::directory::{Account, Directory, DirectoryError, SignInOutcome};
use std::sync::Arc;

/// Most administrators that are told of something.
const ADMINISTRATORS: usize = 100;

/// The directory. Connects when it is first asked.
#[derive(Clone)]
pub struct OpenLdap(Arc<Inner>);

struct Inner {
    pool: Pool,
    policies: Policies,
}

impl OpenLdap {
    /// Over a server that need not run yet.
    pub fn new(settings: Settings) -> Self {
        Self(Arc::new(Inner { pool: Pool::new(settings), policies: Policies::default() }))
    }
}

impl Inner {
    fn settings(&self) -> &Settings {
        &self.pool.settings
    }

    async fn entry(
        &self,
        lease: &mut Lease<'_>,
        filter: &str,
    ) -> Result<Option<SearchEntry>, DirectoryError> {
        let (settings, attributes) = (self.settings(), entry::attributes(self.settings()));
        let mut found = lease.search(&settings.base, Scope::Subtree, filter, &attributes, 2).await?;
        if found.len() > 1 {
            tracing::warn!(
                "an identifier belongs to several entries, so it belongs to nobody; correct directory.ldap.filter"
            );
            return Ok(None);
        }
        Ok(found.pop())
    }

    async fn by_id(&self, lease: &mut Lease<'_>, id: &str) -> Result<Option<SearchEntry>, DirectoryError> {
        self.entry(lease, &filter::equals(&self.settings().attributes.id, id)).await
    }

    async fn by_identifier(
        &self,
        lease: &mut Lease<'_>,
        typed: &str,
    ) -> Result<Option<SearchEntry>, DirectoryError> {
        match filter::for_identifier(&self.settings().filter, typed) {
            Some(filter) => self.entry(lease, &filter).await,
            None => Ok(None),
        }
    }

    async fn policy(&self, lease: &mut Lease<'_>, entry: &SearchEntry) -> Result<Policy, DirectoryError> {
        self.policies.of(lease, entry::policy_dn(self.settings(), entry)).await
    }

    async fn view(
        &self,
        lease: &mut Lease<'_>,
        found: Option<&SearchEntry>,
    ) -> Result<Option<Account>, DirectoryError> {
        let settings = self.settings();
        // Searched for nobody as well, so that it takes as long.
        let dn = found.map_or(settings.base.as_str(), |found| &found.dn);
        let names = match &settings.groups {
            Some(groups) => groups::of(lease, groups, dn).await?,
            None => Vec::new(),
        };
        let Some(found) = found else { return Ok(None) };
        let policy = self.policy(lease, found).await?;
        let Some(account) = entry::account(settings, found, policy, Timestamp::now()) else {
            tracing::warn!(
                dn = found.dn,
                "an entry lacks the attribute of its id or user name, so it is nobody"
            );
            return Ok(None);
        };
        let admins = settings.groups.iter().flat_map(|groups| &groups.admins);
        let admin = admins.into_iter().any(|admin| names.iter().any(|name| name.eq_ignore_ascii_case(admin)));
        Ok(Some(Account { groups: names, admin, ..account }))
    }

    /// Whether a password opens an entry, by a bind on a connection of its own. The server counts wrong ones. Callers
    /// hold a lease meanwhile, which bounds how many such connections there are.
    async fn opens(&self, dn: &str, password: &Secret) -> Result<bool, DirectoryError> {
        const INVALID_CREDENTIALS: u32 = 49;
        const INAPPROPRIATE: u32 = 48;
        // A bind without a password succeeds, as nobody (RFC 4513, 5.1.2).
        if password.is_empty() {
            return Ok(false);
        }
        let what = "cannot check a password";
        let mut ldap = open(self.settings()).await?;
        let bind = ldap.with_controls(ppolicy::request()).simple_bind(dn, password.expose());
        let result = within(self.settings().connect_timeout, what, bind).await?;
        match result.rc {
            0 => Ok(true),
            INVALID_CREDENTIALS | INAPPROPRIATE => Ok(false),
            _ => Err(refused(what, &result)),
        }
    }

    async fn set_password(&self, id: &str, password: &Secret) -> Result<(), DirectoryError> {
        // Without a new password, the operation would make one up.
        if password.is_empty() {
            return Err(DirectoryError::Refused(vec![Violation::new(Rule::MinLength, 1)]));
        }
        let mut lease = self.pool.lease().await?;
        let found = self.by_id(&mut lease, id).await?.ok_or(DirectoryError::NoSuchAccount)?;
        // The reset would end this lock, which an administrator set.
        if entry::locked_for_good(&found) {
            return Err(DirectoryError::NoSuchAccount);
        }
        let policy = self.policy(&mut lease, &found).await?;
        if policy.frozen {
            return Err(DirectoryError::Refused(vec![Violation::new(Rule::Policy, 0)]));
        }
        let mut ldap = lease.take().await?;
        let change =
            PasswordModify { user_id: Some(&found.dn), old_pass: None, new_pass: Some(password.expose()) };
        let sent = ldap.with_controls(ppolicy::request()).extended(change);
        let answer = within(self.settings().timeout, "cannot set a password", sent).await?;
        lease.put_back(ldap);
        outcome(&answer.1, policy)
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

#[async_trait]
impl Directory for OpenLdap {
    async fn find(&self, identifier: &str) -> Result<Option<Account>, DirectoryError> {
        let mut lease = self.0.pool.lease().await?;
        let found = self.0.by_identifier(&mut lease, identifier).await?;
        self.0.view(&mut lease, found.as_ref()).await
    }

    async fn account(&self, id: &str) -> Result<Option<Account>, DirectoryError> {
        let mut lease = self.0.pool.lease().await?;
        let found = self.0.by_id(&mut lease, id).await?;
        self.0.view(&mut lease, found.as_ref()).await
    }

    async fn sign_in(&self, identifier: &str, password: &Secret) -> Result<SignInOutcome, DirectoryError> {
        let mut lease = self.0.pool.lease().await?;
        let found = self.0.by_identifier(&mut lease, identifier).await?;
        let account = self.0.view(&mut lease, found.as_ref()).await?;
        let nobody = format!("cn=nobody,{}", self.0.settings().base);
        let right = self.0.opens(found.as_ref().map_or(&nobody, |found| &found.dn), password).await?;
        Ok(match account {
            Some(account) if right && !account.disabled => SignInOutcome::Accepted(account),
            _ => SignInOutcome::Refused,
        })
    }

    async fn verify_password(&self, id: &str, password: &Secret) -> Result<bool, DirectoryError> {
        let mut lease = self.0.pool.lease().await?;
        let found = self.0.by_id(&mut lease, id).await?;
        let account = self.0.view(&mut lease, found.as_ref()).await?;
        let (Some(found), Some(account)) = (found, account) else { return Ok(false) };
        Ok(self.0.opens(&found.dn, password).await? && !account.disabled)
    }

    /// Goes on to its end when the caller is gone: a password that was sent is answered for.
    async fn set_password(&self, id: &str, password: &Secret) -> Result<(), DirectoryError> {
        let (inner, id, password) = (self.0.clone(), id.to_owned(), password.clone());
        let work = tokio::spawn(async move { inner.set_password(&id, &password).await });
        work.await.map_err(|error| unavailable("cannot set a password", error))?
    }

    async fn unlock(&self, id: &str) -> Result<(), DirectoryError> {
        let mut lease = self.0.pool.lease().await?;
        let found = self.0.by_id(&mut lease, id).await?.ok_or(DirectoryError::NoSuchAccount)?;
        if entry::locked_for_good(&found) {
            return Err(DirectoryError::NoSuchAccount);
        }
        // By its value: a lock that an administrator sets meanwhile is another value, and stays.
        match entry::first(&found, LOCKED) {
            Some(since) => lease.delete_value(&found.dn, LOCKED, since).await,
            None => Ok(()),
        }
    }

    async fn administrators(&self) -> Result<Vec<Account>, DirectoryError> {
        let Some(groups) = &self.0.settings().groups else { return Ok(Vec::new()) };
        if groups.admins.is_empty() {
            return Ok(Vec::new());
        }
        let mut lease = self.0.pool.lease().await?;
        let mut accounts = Vec::new();
        let attributes = entry::attributes(self.0.settings());
        for dn in groups::administrators(&mut lease, groups).await?.into_iter().take(ADMINISTRATORS) {
            let found = lease.search(&dn, Scope::Base, "(objectClass=*)", &attributes, 1).await?;
            if let Some(found) = found.first() {
                accounts.extend(self.0.view(&mut lease, Some(found)).await?);
            }
        }
        Ok(accounts)
    }

    async fn ping(&self) -> Result<(), DirectoryError> {
        let mut lease = self.0.pool.lease().await?;
        lease.search("", Scope::Base, "(objectClass=*)", &["1.1"], 1).await.map(drop)
    }
}
