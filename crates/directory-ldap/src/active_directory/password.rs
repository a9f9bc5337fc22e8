//! A new password as Active Directory wants it, and what its answer means.

use super::{
    entry::{ACCOUNT_NAME, DISPLAY_NAME},
    policy::Policy,
};
use crate::{
    connection::{refused, unavailable},
    entry::first,
};
use ldap3::{LdapResult, SearchEntry, controls::RawControl};
use sspr_core::{
    Secret,
    policy::{Known, PasswordPolicy, PersonalMatch, Rule, Violation, personal_terms, violations},
};
use sspr_service::directory::DirectoryError;
use zeroize::Zeroizing;

/// The value of `unicodePwd`: UTF-16LE in quotation marks ([MS-ADTS] 3.1.1.3.1.5.1).
pub(super) fn unicode_pwd(password: &Secret) -> Zeroizing<Vec<u8>> {
    // Room for all of it, so that no part is left behind where it grows.
    let mut value = Zeroizing::new(Vec::with_capacity(2 * password.expose().len() + 4));
    value.extend(b"\"\0");
    for unit in password.expose().encode_utf16() {
        value.extend(unit.to_le_bytes());
    }
    value.extend(b"\"\0");
    value
}

/// Asks that a reset be held to history and age. Critical: a server that names the control knows it.
pub(super) fn policy_hints(oid: &str) -> RawControl {
    // SEQUENCE { flags INTEGER 1 }
    RawControl { ctype: oid.into(), crit: true, val: Some(vec![0x30, 3, 2, 1, 1]) }
}

/// What the server's answer to a new password means.
pub(super) fn outcome(
    answer: &LdapResult,
    policy: &Policy,
    entry: &SearchEntry,
    password: &Secret,
) -> Result<(), DirectoryError> {
    const CONSTRAINT: u32 = 19;
    const INSUFFICIENT_ACCESS: u32 = 50;
    const UNWILLING: u32 = 53;
    /// `ERROR_PASSWORD_RESTRICTION`, with which the text begins whatever the rule.
    const RESTRICTION: &str = "0000052D";
    match answer.rc {
        0 => Ok(()),
        CONSTRAINT | UNWILLING if answer.text.starts_with(RESTRICTION) => {
            Err(DirectoryError::Refused(objections(&answer.text, policy, entry, password)))
        }
        // Also where the entry is one of an administrator, which AdminSDHolder protects.
        INSUFFICIENT_ACCESS => Err(unavailable(
            "cannot set a password",
            "the service account may not set this person's; delegate the right to reset passwords to it",
        )),
        _ => Err(refused("cannot set a password", answer)),
    }
}

/// The rules that a refused password breaks: those that can be told by the policy, else what the text says (Samba's does,
/// Windows' does not), else only that there is one.
fn objections(text: &str, policy: &Policy, entry: &SearchEntry, password: &Secret) -> Vec<Violation> {
    let broken = violations(&asked(policy, entry), password.expose(), Known::default());
    if !broken.is_empty() {
        return broken;
    }
    vec![if text.contains("in history") {
        Violation::new(Rule::InHistory, policy.history)
    } else if text.contains("too young") {
        Violation::new(Rule::TooYoung, policy.min_age_hours)
    } else {
        Violation::new(Rule::Policy, 0)
    }]
}

/// What the policy asks of a person's password and can be decided by the password alone.
fn asked(policy: &Policy, entry: &SearchEntry) -> PasswordPolicy {
    let rules = policy.rules();
    let mut asked = PasswordPolicy {
        min_length: policy.min_length,
        max_length: u32::MAX,
        max_utf16: rules.max_utf16,
        ..PasswordPolicy::nist()
    };
    if policy.complexity {
        asked.require_complexity();
        let matching = PersonalMatch::ActiveDirectory;
        let name = first(entry, ACCOUNT_NAME).unwrap_or_default();
        asked.personal_match = Some(matching);
        asked.personal_terms = personal_terms(matching, &[name], first(entry, DISPLAY_NAME));
    }
    asked
}
