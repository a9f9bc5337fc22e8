//! What a directory answers: the control of the password policy, entries as accounts, refusals. And the filter that goes
//! out to it.

use crate::reader::Reader;
use jiff::Timestamp;
use sspr_core::Secret;
use sspr_directory_ldap::{
    Attributes, Settings,
    fuzzing::{
        Entry, active_directory_account, active_directory_id, active_directory_refusal, filter,
        openldap_account, policy_control, settings,
    },
};
use std::sync::LazyLock;

static OPENLDAP: LazyLock<Option<Settings>> = LazyLock::new(|| settings(Attributes::openldap()));
static ACTIVE_DIRECTORY: LazyLock<Option<Settings>> =
    LazyLock::new(|| settings(Attributes::active_directory()));

/// Attributes that something is read from; every other name is made up.
const NAMES: &[&str] = &[
    "entryUUID",
    "uid",
    "mail",
    "displayName",
    "preferredLanguage",
    "pwdAccountLockedTime",
    "pwdChangedTime",
    "pwdPolicySubentry",
    "pwdMinLength",
    "pwdMaxLength",
    "pwdInHistory",
    "pwdMinAge",
    "pwdCheckQuality",
    "pwdLockoutDuration",
    "pwdAllowUserChange",
    "objectGUID",
    "sAMAccountName",
    "userAccountControl",
    "msDS-User-Account-Control-Computed",
    "accountExpires",
    "pwdLastSet",
    "lockoutTime",
    "minPwdLength",
    "pwdHistoryLength",
    "minPwdAge",
    "pwdProperties",
    "msDS-MinimumPasswordLength",
    "msDS-PasswordHistoryLength",
    "msDS-MinimumPasswordAge",
    "msDS-PasswordComplexityEnabled",
];

fn entry(reader: &mut Reader<'_>) -> Entry {
    let mut entry = Entry::default();
    for _ in 0..reader.byte() % 12 {
        let name = reader.one(NAMES).to_owned();
        let value = reader.piece();
        match std::str::from_utf8(value) {
            Ok(text) => entry.texts.entry(name).or_default().push(text.to_owned()),
            Err(_) => entry.bytes.entry(name).or_default().push(value.to_owned()),
        }
    }
    entry
}

pub(crate) fn run(data: &[u8]) {
    let mut reader = Reader::new(data);
    match reader.byte() % 4 {
        0 => {
            policy_control(reader.rest());
        }
        1 => {
            let Ok(typed) = std::str::from_utf8(reader.rest()) else { return };
            let Some((filter, read)) = filter("(uid={identifier})", typed) else { return };
            assert_eq!(read.as_deref(), Some(typed), "an escaped name reads back");
            assert_eq!(filter.matches(['(', ')', '*', '&', '|', '!']).count(), 2, "{filter}");
        }
        2 => {
            let (Some(openldap), Some(active_directory)) = (&*OPENLDAP, &*ACTIVE_DIRECTORY) else {
                unreachable!("the settings hold");
            };
            let now = i64::from_le_bytes(std::array::from_fn(|_| reader.byte()));
            let now = Timestamp::from_second(now % 300_000_000_000).unwrap_or_default();
            let (person, policy) = (entry(&mut reader), entry(&mut reader));
            let _ = openldap_account(openldap, person.clone(), policy.clone(), now);
            if let Some(account) = active_directory_account(active_directory, person, policy, now) {
                assert!(active_directory_id(&account.id).is_some(), "{}", account.id);
            }
        }
        _ => {
            let code = reader.one(&[0_u32, 19, 50, 53, 1]);
            let (text, password) = (reader.text(), Secret::new(reader.text()));
            let (person, policy) = (entry(&mut reader), entry(&mut reader));
            active_directory_refusal(code, &text, person, policy, &password);
            if let Ok(id) = std::str::from_utf8(reader.rest())
                && let Some(filter) = active_directory_id(id)
            {
                assert!(filter.starts_with("(objectGUID=\\") && filter.len() == "(objectGUID=)".len() + 48);
            }
        }
    }
}
