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
            "the service account may not set this person's; delegate the rights to reset passwords and to write lockoutTime",
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

#[cfg(test)]
mod tests {
    use super::*;

    /// How Windows refuses a reset and a change, and Samba both; the codes between are the source's own.
    const WINDOWS_RESET: &str =
        "0000052D: SvcErr: DSID-031A124C, problem 5003 (WILL_NOT_PERFORM), data 0\n\0";
    const WINDOWS_CHANGE: &str = "0000052D: AtrErr: DSID-03191083, #1:\n\t0: 0000052D: DSID-03191083, problem 1005 \
         (CONSTRAINT_ATT_TYPE), data 0, Att 9005a (unicodePwd)\n\0";
    const SAMBA: &str = "0000052D: Constraint violation - check_password_restrictions: the password was already used (in history)!";

    fn refusal(rc: u32, text: &str, password: &str) -> Vec<Violation> {
        let answer =
            LdapResult { rc, matched: String::new(), text: text.into(), refs: Vec::new(), ctrls: Vec::new() };
        let policy = Policy { min_length: 12, history: 24, complexity: true, ..Policy::default() };
        let attrs = [(ACCOUNT_NAME, "alice"), (DISPLAY_NAME, "Alice Moor")];
        let attrs = attrs.map(|(name, value)| (name.to_owned(), vec![value.to_owned()])).into();
        let entry = SearchEntry { dn: String::new(), attrs, bin_attrs: Default::default() };
        match outcome(&answer, &policy, &entry, &password.into()) {
            Err(DirectoryError::Refused(violations)) => violations,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_password_is_sent_in_quotation_marks_and_two_bytes_for_each_unit() {
        assert_eq!(unicode_pwd(&"aß\"".into()).as_slice(), b"\"\0a\0\xdf\0\"\0\"\0");
        assert_eq!(unicode_pwd(&"🔑".into()).as_slice(), b"\"\0\x3d\xd8\x11\xdd\"\0");
    }

    #[test]
    fn without_a_text_the_rule_is_told_where_the_policy_says_which_it_must_be() {
        for (rc, text) in [(53, WINDOWS_RESET), (19, WINDOWS_CHANGE)] {
            assert_eq!(refusal(rc, text, "Sh0rt!"), [Violation::new(Rule::MinLength, 12)]);
            assert_eq!(refusal(rc, text, "only small letters"), [Violation::new(Rule::CharacterClasses, 3)]);
            assert_eq!(refusal(rc, text, "xx-mOOr-Harbour-77"), [Violation::new(Rule::TooSimilar, 0)]);
            assert_eq!(refusal(rc, text, "Marked-Harbour-77"), [Violation::new(Rule::Policy, 0)]);
        }
    }

    #[test]
    fn the_history_is_told_where_the_text_says_so() {
        assert_eq!(refusal(19, SAMBA, "Marked-Harbour-77"), [Violation::new(Rule::InHistory, 24)]);
    }
}
