//! What an entry says of a person, whatever the server.

use crate::settings::Settings;
use ldap3::SearchEntry;
use sspr_core::wire::MethodKind;
use sspr_service::directory::{Account, Contact, DirectoryRules};

/// The attributes of a person, the id apart.
pub(crate) fn attributes(settings: &Settings) -> impl Iterator<Item = &str> {
    let names = &settings.attributes;
    let own = [&names.username, &names.email, &names.name, &names.locale];
    own.into_iter().chain(&names.contact_emails).chain(&names.contact_phones).map(String::as_str)
}

/// The values of an attribute. Names of attributes come back as the server spells them.
pub(crate) fn values<'a>(entry: &'a SearchEntry, name: &str) -> &'a [String] {
    let found = entry.attrs.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map_or(&[], |(_, values)| values)
}

/// The first value of an attribute.
pub(crate) fn first<'a>(entry: &'a SearchEntry, name: &str) -> Option<&'a str> {
    values(entry, name).first().map(String::as_str)
}

/// The first value of an attribute that need not be text. It comes as text where it happens to be some.
pub(crate) fn bytes<'a>(entry: &'a SearchEntry, name: &str) -> Option<&'a [u8]> {
    let found = entry.bin_attrs.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    let found = found.and_then(|(_, values)| values.first()).map(Vec::as_slice);
    found.or_else(|| first(entry, name).map(str::as_bytes))
}

/// A value that is a number.
pub(crate) fn number<T: std::str::FromStr>(entry: &SearchEntry, name: &str) -> Option<T> {
    first(entry, name)?.parse().ok()
}

/// Where the entry says that its person is reached.
fn contacts(settings: &Settings, entry: &SearchEntry) -> Vec<Contact> {
    let of = |kind, names: &[String]| -> Vec<Contact> {
        let values = names.iter().flat_map(|name| values(entry, name));
        values.map(|value| Contact { kind, value: value.clone() }).collect()
    };
    let names = &settings.attributes;
    [of(MethodKind::Email, &names.contact_emails), of(MethodKind::Phone, &names.contact_phones)].concat()
}

/// The account of an entry, as far as it is alike for every server; `None` where it lacks its user name.
pub(crate) fn account(settings: &Settings, entry: &SearchEntry, id: String) -> Option<Account> {
    let names = &settings.attributes;
    let text = |name: &str| first(entry, name).map(str::to_owned);
    Some(Account {
        id,
        username: text(&names.username)?,
        email: text(&names.email),
        display_name: text(&names.name),
        locale: text(&names.locale),
        groups: Vec::new(),
        admin: false,
        disabled: false,
        locked: false,
        password_changed_at: None,
        rules: DirectoryRules::default(),
        contacts: contacts(settings, entry),
    })
}
