//! Where the directory is and how its entries become accounts.

use rustls::ClientConfig;
use sspr_core::Secret;
use std::{sync::Arc, time::Duration};

/// Everything that has to be known of a directory.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `ldaps://host[:port]`, or `ldap://host[:port]`.
    pub url: String,
    /// Whether TLS begins on the open connection (STARTTLS); nothing is sent where the server refuses.
    pub starttls: bool,
    /// Whom TLS trusts.
    pub tls: Arc<ClientConfig>,
    /// The service account.
    pub bind_dn: String,
    /// Its password.
    pub bind_password: Secret,
    /// Where people are searched, with everything below.
    pub base: String,
    /// Finds a person; `{identifier}` stands for what was typed, escaped.
    pub filter: String,
    /// Names of attributes.
    pub attributes: Attributes,
    /// Groups, where they count.
    pub groups: Option<Groups>,
    /// The policy entry of people whose entry names none. OpenLDAP does not tell its default; Active Directory does.
    pub default_policy: Option<String>,
    /// Most connections of the service account, from 1; checks of passwords have as many of their own.
    pub connections: usize,
    /// Until a connection must be open, encrypted and bound; also the longest wait for a free one.
    pub connect_timeout: Duration,
    /// Until a search or a write must be answered.
    pub timeout: Duration,
}

/// Which attribute holds what.
#[derive(Clone, Debug)]
pub struct Attributes {
    /// A name that never changes, such as `entryUUID`. Active Directory's is always `objectGUID`.
    pub id: String,
    /// What the person signs in with.
    pub username: String,
    /// The mailbox.
    pub email: String,
    /// The full name.
    pub name: String,
    /// The language.
    pub locale: String,
    /// Mailboxes by which people may recover: not the one that the password opens.
    pub contact_emails: Vec<String>,
    /// Numbers, with their countries', by which people may recover.
    pub contact_phones: Vec<String>,
    /// An attribute that is `TRUE` where an administrator switched the account off. Active Directory has its own ways.
    pub disabled: Option<String>,
}

impl Attributes {
    /// Finds people of OpenLDAP by name and address.
    pub const OPENLDAP_FILTER: &str =
        "(&(objectClass=inetOrgPerson)(|(uid={identifier})(mail={identifier})))";

    /// Finds people of Active Directory by either name and by address; neither computers nor contacts are people.
    pub const ACTIVE_DIRECTORY_FILTER: &str = "(&(objectCategory=person)(objectClass=user)\
        (|(sAMAccountName={identifier})(userPrincipalName={identifier})(mail={identifier})))";

    /// As OpenLDAP's `inetOrgPerson` has them.
    pub fn openldap() -> Self {
        Self::with("entryUUID", "uid")
    }

    /// As Active Directory's `user` has them.
    pub fn active_directory() -> Self {
        Self::with("objectGUID", "sAMAccountName")
    }

    fn with(id: &str, username: &str) -> Self {
        Self {
            id: id.into(),
            username: username.into(),
            email: "mail".into(),
            name: "displayName".into(),
            locale: "preferredLanguage".into(),
            contact_emails: Vec::new(),
            contact_phones: Vec::new(),
            disabled: None,
        }
    }
}

/// Where groups are.
#[derive(Clone, Debug)]
pub struct Groups {
    /// Where groups are searched, with everything below.
    pub base: String,
    /// The attribute of a group that holds the names (DN) of its members, such as `member`.
    pub member: String,
    /// Names (`cn`) of the groups whose members are administrators.
    pub admins: Vec<String>,
}
