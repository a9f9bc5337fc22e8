//! From an entry to an account.

use super::policy::Policy;
use crate::{
    entry::{self, first},
    settings::Settings,
};
use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};
use ldap3::SearchEntry;
use sspr_service::directory::Account;

/// Until when an account is locked, since when the password stands, which policy holds.
pub(crate) const LOCKED: &str = "pwdAccountLockedTime";
const CHANGED: &str = "pwdChangedTime";
const POLICY: &str = "pwdPolicySubentry";

/// A lock that an administrator set; no waiting and no reset ends it.
const FOR_GOOD: &str = "000001010000Z";

/// The attributes to ask for.
pub(crate) fn attributes(settings: &Settings) -> Vec<&str> {
    let names = &settings.attributes;
    let own = [names.id.as_str(), LOCKED, CHANGED, POLICY];
    entry::attributes(settings).chain(names.disabled.as_deref()).chain(own).collect()
}

/// The policy that the entry names, else the default.
pub(crate) fn policy_dn<'a>(settings: &'a Settings, entry: &'a SearchEntry) -> Option<&'a str> {
    first(entry, POLICY).or(settings.default_policy.as_deref())
}

/// Whether an administrator locked the account for good.
pub(crate) fn locked_for_good(entry: &SearchEntry) -> bool {
    first(entry, LOCKED) == Some(FOR_GOOD)
}

fn locked(entry: &SearchEntry, policy: Policy, now: Timestamp) -> bool {
    let Some(since) = first(entry, LOCKED) else { return false };
    if policy.lockout_seconds == 0 {
        return true;
    }
    let lasts = SignedDuration::from_secs(policy.lockout_seconds.into());
    time(since).and_then(|since| since.checked_add(lasts).ok()).is_none_or(|until| until > now)
}

/// The account of an entry, its groups apart; `None` where it lacks its id or user name.
pub(crate) fn account(
    settings: &Settings,
    entry: &SearchEntry,
    policy: Policy,
    now: Timestamp,
) -> Option<Account> {
    let names = &settings.attributes;
    let switched_off = names.disabled.as_deref().and_then(|name| first(entry, name));
    Some(Account {
        disabled: locked_for_good(entry) || switched_off.is_some_and(|it| it.eq_ignore_ascii_case("true")),
        locked: !locked_for_good(entry) && locked(entry, policy, now),
        password_changed_at: first(entry, CHANGED).and_then(time),
        rules: policy.rules,
        ..entry::account(settings, entry, first(entry, &names.id)?.to_owned())?
    })
}

/// A GeneralizedTime in UTC, such as `20261123144500Z`; fractions are dropped.
fn time(text: &str) -> Option<Timestamp> {
    let digits = text.strip_suffix('Z')?.get(..14)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| digits[from..to].parse::<i8>().ok();
    let year = digits[..4].parse().ok()?;
    let (month, day) = (part(4, 6)?, part(6, 8)?);
    let moment = DateTime::new(year, month, day, part(8, 10)?, part(10, 12)?, part(12, 14)?, 0).ok()?;
    Some(moment.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_are_read_with_and_without_fractions() {
        let expected = "2026-11-23T14:45:09Z".parse().ok();
        assert_eq!(time("20261123144509Z"), expected);
        assert_eq!(time("20261123144509.123456Z"), expected);
        assert_eq!(time("20261323144509Z"), None);
    }

    proptest! {
        #[test]
        fn no_text_panics_as_a_time(text in ".{0,20}Z?") {
            time(&text);
        }
    }
}
