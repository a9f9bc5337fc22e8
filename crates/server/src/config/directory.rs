//! `[directory]`: where accounts and passwords live.

use super::{Config, Mistake};
use serde::Deserialize;
use std::path::PathBuf;

/// Which kind of directory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DirectoryKind {
    /// Our own database.
    #[default]
    Local,
    /// OpenLDAP with the password policy overlay.
    OpenLdap,
    /// Active Directory, or Samba in its place.
    #[serde(rename = "active-directory")]
    ActiveDirectory,
}

/// `[directory]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DirectorySection {
    /// Which kind.
    pub kind: DirectoryKind,
    /// How it is reached by LDAP.
    pub ldap: Option<LdapSection>,
}

/// `[directory.ldap]`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LdapSection {
    /// Its address.
    pub url: String,
    /// Whether TLS begins on the open connection.
    #[serde(default)]
    pub starttls: bool,
    /// One more authority for its certificate, PEM.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// The service account.
    pub bind_dn: String,
    /// File with its password in the first line.
    #[serde(default)]
    pub bind_password_file: Option<PathBuf>,
    /// Where people are searched.
    pub base: String,
    /// Finds a person. This and the names of attributes follow the kind where absent.
    #[serde(default)]
    pub filter: Option<String>,
    /// The attribute with a name that never changes.
    #[serde(default)]
    pub id_attribute: Option<String>,
    /// The attribute with the user name.
    #[serde(default)]
    pub username_attribute: Option<String>,
    /// The attribute with the mailbox.
    #[serde(default)]
    pub email_attribute: Option<String>,
    /// The attribute with the full name.
    #[serde(default)]
    pub name_attribute: Option<String>,
    /// The attribute with the language.
    #[serde(default)]
    pub locale_attribute: Option<String>,
    /// Attributes with mailboxes to recover by.
    #[serde(default)]
    pub contact_email_attributes: Vec<String>,
    /// Attributes with numbers to recover by.
    #[serde(default)]
    pub contact_phone_attributes: Vec<String>,
    /// The attribute that is TRUE where an account is switched off.
    #[serde(default)]
    pub disabled_attribute: Option<String>,
    /// Where groups are searched; groups count for nothing where absent.
    #[serde(default)]
    pub group_base: Option<String>,
    /// The attribute of a group with its members.
    #[serde(default = "member")]
    pub group_member_attribute: String,
    /// Names of the groups of administrators.
    #[serde(default)]
    pub admin_groups: Vec<String>,
    /// The policy of people whose entry names none.
    #[serde(default)]
    pub default_policy: Option<String>,
    /// Most connections of the service account.
    #[serde(default = "connections")]
    pub connections: u32,
    /// Seconds until a connection must stand.
    #[serde(default = "connect_timeout")]
    pub connect_timeout_seconds: u32,
    /// Seconds until a search or a write must be answered.
    #[serde(default = "timeout")]
    pub timeout_seconds: u32,
}

fn member() -> String {
    "member".into()
}

fn connections() -> u32 {
    8
}

fn connect_timeout() -> u32 {
    3
}

fn timeout() -> u32 {
    5
}

/// What is wrong with the section.
pub(super) fn mistakes(config: &Config) -> Vec<Mistake> {
    let Some(ldap) = &config.directory.ldap else {
        let lacks = config.directory.kind != DirectoryKind::Local;
        let what = "needs the section [directory.ldap] with url, bind_dn and base";
        return lacks.then(|| Mistake::new("directory.kind", what)).into_iter().collect();
    };
    let mut mistakes = Vec::new();
    let mut must = |key: &str, holds: bool, what: &str| {
        if !holds {
            mistakes.push(Mistake::new(format!("directory.ldap.{key}"), what));
        }
    };
    let host = ldap.url.strip_prefix("ldap://");
    let encrypted = ldap.url.strip_prefix("ldaps://");
    let names_a_host =
        host.or(encrypted).is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '@', ' ']));
    must(
        "url",
        names_a_host,
        "must be like `ldaps://ldap.example.org` or `ldap://ldap.example.org:389`, without a path",
    );
    must(
        "starttls",
        !(ldap.starttls && encrypted.is_some()),
        "is for ldap://; ldaps:// has TLS from the first byte",
    );
    let here = host.is_some_and(|host| {
        ["localhost", "127.0.0.1", "[::1]"].contains(&host.rsplit_once(':').map_or(host, |(name, port)| {
            if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { host }
        }))
    });
    let clear = host.is_some() && !ldap.starttls && !here;
    must("url", !clear, "would send passwords in clear; use ldaps://, or set starttls = true");
    if config.directory.kind == DirectoryKind::ActiveDirectory {
        let plain = host.is_some() && !ldap.starttls;
        let what = "is without TLS, over which alone Active Directory takes passwords; use ldaps://, or set starttls = true";
        must("url", clear || !plain, what);
        must("id_attribute", ldap.id_attribute.is_none(), "is objectGUID in Active Directory; leave it out");
        let what =
            "is not Active Directory's way, which is userAccountControl and accountExpires; leave it out";
        must("disabled_attribute", ldap.disabled_attribute.is_none(), what);
        let what = "is not needed: Active Directory names each person's policy itself; leave it out";
        must("default_policy", ldap.default_policy.is_none(), what);
    }
    must("bind_dn", !ldap.bind_dn.trim().is_empty(), "must name the service account");
    if let Some(filter) = &ldap.filter {
        must(
            "filter",
            filter.contains("{identifier}"),
            "must have `{identifier}` where what was typed belongs",
        );
        let whole = filter.starts_with('(') && filter.matches('(').count() == filter.matches(')').count();
        must("filter", whole, "must begin with `(`, and each `(` needs its `)`");
    }
    let is_name = |name: &str| {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b"-.;".contains(&byte);
        !name.is_empty() && name.bytes().all(known)
    };
    for (key, name) in [
        ("id_attribute", ldap.id_attribute.as_ref()),
        ("username_attribute", ldap.username_attribute.as_ref()),
        ("email_attribute", ldap.email_attribute.as_ref()),
        ("name_attribute", ldap.name_attribute.as_ref()),
        ("locale_attribute", ldap.locale_attribute.as_ref()),
        ("disabled_attribute", ldap.disabled_attribute.as_ref()),
        ("group_member_attribute", Some(&ldap.group_member_attribute)),
    ] {
        must(key, name.is_none_or(|name| is_name(name)), "must be the name of an attribute");
    }
    for (key, names) in [
        ("contact_email_attributes", &ldap.contact_email_attributes),
        ("contact_phone_attributes", &ldap.contact_phone_attributes),
    ] {
        must(key, names.iter().all(|name| is_name(name)), "must be names of attributes");
    }
    let groups = ldap.admin_groups.is_empty() || ldap.group_base.is_some();
    must("admin_groups", groups, "has no effect without group_base");
    must("connections", (1..=100).contains(&ldap.connections), "must be from 1 to 100");
    must("connect_timeout_seconds", (1..=30).contains(&ldap.connect_timeout_seconds), "must be from 1 to 30");
    must("timeout_seconds", (1..=30).contains(&ldap.timeout_seconds), "must be from 1 to 30");
    // The longest that a new password takes: a wait for a connection, the connection, a search and the write.
    let longest = ldap.connect_timeout_seconds.saturating_add(ldap.timeout_seconds).saturating_mul(2);
    let fits = longest < config.server.request_timeout_seconds;
    must(
        "timeout_seconds",
        fits,
        "together with connect_timeout_seconds must be less than half of server.request_timeout_seconds",
    );
    mistakes
}
