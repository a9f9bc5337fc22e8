//! What only the fuzz targets (`crates/fuzz`) reach: everything that a directory's answers go through.
#![doc(hidden)]

use crate::{Attributes, Settings, active_directory, filter, openldap};
use jiff::Timestamp;
use ldap3::SearchEntry;
use rustls::{ClientConfig, RootCertStore};
use sspr_core::Secret;
use sspr_service::directory::Account;
use std::{collections::HashMap, sync::Arc, time::Duration};

/// An entry as it comes from the wire.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Attributes whose values are text.
    pub texts: HashMap<String, Vec<String>>,
    /// Attributes whose values are not.
    pub bytes: HashMap<String, Vec<Vec<u8>>>,
}

impl Entry {
    fn into_search_entry(self) -> SearchEntry {
        SearchEntry { dn: "uid=x".into(), attrs: self.texts, bin_attrs: self.bytes }
    }
}

/// The value of OpenLDAP's password policy control; a name for what it objects to.
pub fn policy_control(value: &[u8]) -> Option<String> {
    openldap::decode_control(value).map(|objection| format!("{objection:?}"))
}

/// The filter that finds who typed this, and what LDAP reads of the escaped part.
pub fn filter(template: &str, typed: &str) -> Option<(String, Option<String>)> {
    let read = ldap3::ldap_unescape(filter::escape(typed)).ok().map(|it| it.into_owned());
    filter::for_identifier(template, typed).map(|filter| (filter, read))
}

/// The account of an entry of OpenLDAP with the policy of another.
pub fn openldap_account(settings: &Settings, entry: Entry, policy: Entry, now: Timestamp) -> Option<Account> {
    openldap::account_of(settings, &entry.into_search_entry(), &policy.into_search_entry(), now)
}

/// The account of an entry of Active Directory, with the policy of another.
pub fn active_directory_account(
    settings: &Settings,
    entry: Entry,
    policy: Entry,
    now: Timestamp,
) -> Option<Account> {
    active_directory::account_of(settings, &entry.into_search_entry(), &policy.into_search_entry(), now)
}

/// The filter that finds an id of Active Directory again.
pub fn active_directory_id(id: &str) -> Option<String> {
    active_directory::filter_of_id(id)
}

/// How many rules a password breaks that Active Directory refused with this text, on an entry; 0 where it is not refused.
pub fn active_directory_refusal(
    code: u32,
    text: &str,
    entry: Entry,
    policy: Entry,
    password: &Secret,
) -> usize {
    active_directory::refusal_of(
        code,
        text,
        &entry.into_search_entry(),
        &policy.into_search_entry(),
        password,
    )
}

/// Settings with these attributes and a server that is never asked.
pub fn settings(attributes: Attributes) -> Option<Settings> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
    let tls = tls.with_root_certificates(RootCertStore::empty()).with_no_client_auth();
    Some(Settings {
        url: "ldaps://127.0.0.1".into(),
        starttls: false,
        tls: Arc::new(tls),
        bind_dn: String::new(),
        bind_password: Secret::new(""),
        base: String::new(),
        filter: Attributes::OPENLDAP_FILTER.into(),
        attributes,
        groups: None,
        default_policy: None,
        connections: 1,
        connect_timeout: Duration::from_secs(1),
        timeout: Duration::from_secs(1),
    })
}
