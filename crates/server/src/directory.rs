//! The directory that the configuration names.

use crate::{
    config::{Config, DirectoryKind, LdapSection, load_secret},
    delivery::SetupError,
    tls,
};
use sspr_directory_ldap::{Attributes, Groups, OpenLdap, Settings};
use std::{sync::Arc, time::Duration};

/// OpenLDAP, where the configuration names it. It need not run yet.
pub(crate) fn openldap(config: &Config) -> Result<Option<OpenLdap>, SetupError> {
    match (config.directory.kind, &config.directory.ldap) {
        (DirectoryKind::OpenLdap, Some(section)) => Ok(Some(OpenLdap::new(settings(section)?))),
        _ => Ok(None),
    }
}

fn settings(section: &LdapSection) -> Result<Settings, SetupError> {
    let key = "directory.ldap.bind_password_file";
    let wrong = |why: String| SetupError::Value { key, why };
    let password = load_secret("SSPR_LDAP_PASSWORD", section.bind_password_file.as_deref());
    let password =
        password.map_err(|error| wrong(error.to_string()))?.filter(|password| !password.is_empty());
    let lacks = || wrong("a password is needed: set this key or SSPR_LDAP_PASSWORD".into());
    let section = section.clone();
    Ok(Settings {
        url: section.url,
        starttls: section.starttls,
        tls: Arc::new(tls::client(section.ca_file.as_deref())?),
        bind_dn: section.bind_dn,
        bind_password: password.ok_or_else(lacks)?,
        base: section.base,
        filter: section.filter,
        attributes: Attributes {
            id: section.id_attribute,
            username: section.username_attribute,
            email: section.email_attribute,
            name: section.name_attribute,
            locale: section.locale_attribute,
            contact_emails: section.contact_email_attributes,
            contact_phones: section.contact_phone_attributes,
            disabled: section.disabled_attribute,
        },
        groups: section.group_base.map(|base| Groups {
            base,
            member: section.group_member_attribute,
            admins: section.admin_groups,
        }),
        default_policy: section.default_policy,
        connections: usize::try_from(section.connections).unwrap_or(1),
        connect_timeout: Duration::from_secs(section.connect_timeout_seconds.into()),
        timeout: Duration::from_secs(section.timeout_seconds.into()),
    })
}
