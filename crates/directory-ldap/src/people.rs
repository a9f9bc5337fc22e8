//! The directory: finding people, checking and setting their passwords. What servers do each in their own way is a
//! [`Kind`].

use crate::{
    active_directory::ActiveDirectory,
    connection::{open, refused, unavailable, within},
    filter,
    openldap::OpenLdap,
    pool::{Lease, Pool},
    settings::{Groups, Settings},
};
use async_trait::async_trait;
use ldap3::{LdapResult, Scope, SearchEntry, controls::RawControl};
use sspr_core::{
    Secret,
    policy::{Rule, Violation},
};
use sspr_service::directory::{Account, Directory, DirectoryError, SignInOutcome};
use std::sync::Arc;

/// Most administrators that are told of something.
const ADMINISTRATORS: usize = 100;

/// What a kind of server does in its own way.
#[async_trait]
pub(crate) trait Kind: Send + Sync {
    /// The attributes of a person to ask for.
    fn attributes<'a>(&self, settings: &'a Settings) -> Vec<&'a str>;

    /// The filter that finds an id; `None` for what cannot be one.
    fn with_id(&self, settings: &Settings, id: &str) -> Option<String>;

    /// The account of an entry, its groups apart; `None` where it lacks its id or user name.
    async fn account(
        &self,
        lease: &mut Lease<'_>,
        entry: &SearchEntry,
    ) -> Result<Option<Account>, DirectoryError>;

    /// Names of the groups that an entry is in, nested ones resolved.
    async fn groups(
        &self,
        lease: &mut Lease<'_>,
        groups: &Groups,
        dn: &str,
    ) -> Result<Vec<String>, DirectoryError>;

    /// The people of the administrators' groups, nested ones resolved, with `attributes`.
    async fn administrators(
        &self,
        lease: &mut Lease<'_>,
        groups: &Groups,
        attributes: &[&str],
    ) -> Result<Vec<SearchEntry>, DirectoryError>;

    /// What a bind is sent with.
    fn bind_control(&self) -> Option<RawControl>;

    /// Whether the answer to a bind says that the password is right; `None` where it says something else.
    fn is_right(&self, answer: &LdapResult) -> Option<bool>;

    /// Sets a password, which is not empty, and ends a lock by wrong ones.
    async fn set_password(
        &self,
        lease: &mut Lease<'_>,
        entry: &SearchEntry,
        password: &Secret,
    ) -> Result<(), DirectoryError>;

    /// Ends a lock by wrong passwords.
    async fn unlock(&self, lease: &mut Lease<'_>, entry: &SearchEntry) -> Result<(), DirectoryError>;
}

/// An LDAP directory. Connects when it is first asked.
#[derive(Clone)]
pub struct LdapDirectory(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) pool: Pool,
    kind: Box<dyn Kind>,
}

impl LdapDirectory {
    /// OpenLDAP with the password policy overlay; it need not run yet.
    pub fn openldap(settings: Settings) -> Self {
        Self::new(settings, OpenLdap::default())
    }

    /// Active Directory, or Samba in its place; it need not run yet.
    pub fn active_directory(settings: Settings) -> Self {
        Self::new(settings, ActiveDirectory::default())
    }

    fn new(settings: Settings, kind: impl Kind + 'static) -> Self {
        Self(Arc::new(Inner { pool: Pool::new(settings), kind: Box::new(kind) }))
    }
}

impl Inner {
    fn settings(&self) -> &Settings {
        &self.pool.settings
    }

    async fn entry(
        &self,
        lease: &mut Lease<'_>,
        filter: Option<String>,
    ) -> Result<Option<SearchEntry>, DirectoryError> {
        let Some(filter) = filter else { return Ok(None) };
        let (settings, attributes) = (self.settings(), self.kind.attributes(self.settings()));
        let mut found = lease.search(&settings.base, Scope::Subtree, &filter, &attributes, 2).await?;
        if found.len() > 1 {
            tracing::warn!(
                "an identifier belongs to several entries, so it belongs to nobody; correct directory.ldap.filter"
            );
            return Ok(None);
        }
        Ok(found.pop())
    }

    async fn by_id(&self, lease: &mut Lease<'_>, id: &str) -> Result<Option<SearchEntry>, DirectoryError> {
        self.entry(lease, self.kind.with_id(self.settings(), id)).await
    }

    async fn by_identifier(
        &self,
        lease: &mut Lease<'_>,
        typed: &str,
    ) -> Result<Option<SearchEntry>, DirectoryError> {
        self.entry(lease, filter::for_identifier(&self.settings().filter, typed)).await
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
            Some(groups) => self.kind.groups(lease, groups, dn).await?,
            None => Vec::new(),
        };
        let Some(found) = found else { return Ok(None) };
        let Some(account) = self.kind.account(lease, found).await? else {
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
        // A bind without a password succeeds, as nobody (RFC 4513, 5.1.2).
        if password.is_empty() {
            return Ok(false);
        }
        let what = "cannot check a password";
        let mut ldap = open(self.settings()).await?;
        if let Some(control) = self.kind.bind_control() {
            ldap.with_controls(control);
        }
        let bind = ldap.simple_bind(dn, password.expose());
        let answer = within(self.settings().connect_timeout, what, bind).await?;
        self.kind.is_right(&answer).ok_or_else(|| refused(what, &answer))
    }

    async fn set_password(&self, id: &str, password: &Secret) -> Result<(), DirectoryError> {
        if password.is_empty() {
            return Err(DirectoryError::Refused(vec![Violation::new(Rule::MinLength, 1)]));
        }
        let mut lease = self.pool.lease().await?;
        let found = self.by_id(&mut lease, id).await?.ok_or(DirectoryError::NoSuchAccount)?;
        self.kind.set_password(&mut lease, &found, password).await
    }
}

#[async_trait]
impl Directory for LdapDirectory {
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
        self.0.kind.unlock(&mut lease, &found).await
    }

    async fn administrators(&self) -> Result<Vec<Account>, DirectoryError> {
        let Some(groups) = &self.0.settings().groups else { return Ok(Vec::new()) };
        if groups.admins.is_empty() {
            return Ok(Vec::new());
        }
        let mut lease = self.0.pool.lease().await?;
        let attributes = self.0.kind.attributes(self.0.settings());
        let mut accounts = Vec::new();
        let people = self.0.kind.administrators(&mut lease, groups, &attributes).await?;
        for found in people.iter().take(ADMINISTRATORS) {
            accounts.extend(self.0.view(&mut lease, Some(found)).await?);
        }
        Ok(accounts)
    }

    async fn ping(&self) -> Result<(), DirectoryError> {
        let mut lease = self.0.pool.lease().await?;
        lease.search("", Scope::Base, "(objectClass=*)", &["1.1"], 1).await.map(drop)
    }
}
