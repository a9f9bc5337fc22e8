//! The directory that the configuration names.

use crate::{
    config::{Config, DirectoryKind, LdapSection, load_secret},
    delivery::SetupError,
    tls,
};
use sspr_directory_ldap::{Attributes, Groups, LdapDirectory, Settings};
use std::{sync::Arc, time::Duration};

/// The LDAP directory that the configuration names. It need not run yet.
pub(crate) fn ldap(config: &Config) -> Result<Option<LdapDirectory>, SetupError> {
    let Some(section) = &config.directory.ldap else { return Ok(None) };
    Ok(match config.directory.kind {
        DirectoryKind::Local => None,
        DirectoryKind::OpenLdap => {
            let usual = (Attributes::OPENLDAP_FILTER, Attributes::openldap());
            Some(LdapDirectory::openldap(settings(section, usual)?))
        }
        DirectoryKind::ActiveDirectory => {
            let usual = (Attributes::ACTIVE_DIRECTORY_FILTER, Attributes::active_directory());
            Some(LdapDirectory::active_directory(settings(section, usual)?))
        }
    })
}

fn settings(section: &LdapSection, usual: (&str, Attributes)) -> Result<Settings, SetupError> {
    let key = "directory.ldap.bind_password_file";
    let wrong = |why: String| SetupError::Value { key, why };
    let password = load_secret("SSPR_LDAP_PASSWORD", section.bind_password_file.as_deref());
    let password =
        password.map_err(|error| wrong(error.to_string()))?.filter(|password| !password.is_empty());
    let lacks = || wrong("a password is needed: set this key or SSPR_LDAP_PASSWORD".into());
    let (section, (filter, usual)) = (section.clone(), usual);
    Ok(Settings {
        url: section.url,
        starttls: section.starttls,
        tls: Arc::new(tls::client(section.ca_file.as_deref())?),
        bind_dn: section.bind_dn,
        bind_password: password.ok_or_else(lacks)?,
        base: section.base,
        filter: section.filter.unwrap_or_else(|| filter.into()),
        attributes: Attributes {
            id: section.id_attribute.unwrap_or(usual.id),
            username: section.username_attribute.unwrap_or(usual.username),
            email: section.email_attribute.unwrap_or(usual.email),
            name: section.name_attribute.unwrap_or(usual.name),
            locale: section.locale_attribute.unwrap_or(usual.locale),
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
