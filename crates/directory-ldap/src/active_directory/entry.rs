//! From an entry of Active Directory to an account.

use super::policy::{Policy, RESULTANT_PSO};
use crate::{
    entry::{self, bytes, first, number},
    settings::Settings,
};
use jiff::Timestamp;
use ldap3::SearchEntry;
use sspr_service::directory::Account;

/// Since when it is locked, 0 where it is not; stays when the lock is over.
pub(super) const LOCKOUT_TIME: &str = "lockoutTime";
const ID: &str = "objectGUID";
const FLAGS: &str = "userAccountControl";
/// The flags that the server works out, with the duration of the person's lock.
const FLAGS_NOW: &str = "msDS-User-Account-Control-Computed";
const EXPIRES: &str = "accountExpires";
/// Since when the password stands; 0 where it must be changed at the next sign-in.
const SET: &str = "pwdLastSet";
/// The account name, by which complexity judges.
pub(super) const ACCOUNT_NAME: &str = "sAMAccountName";
/// The full name, by which complexity judges.
pub(super) const DISPLAY_NAME: &str = "displayName";

/// `ACCOUNTDISABLE` and `LOCKOUT` ([MS-ADTS] 2.2.16).
const DISABLED: u32 = 0x2;
const LOCKED: u32 = 0x10;

/// The attributes to ask for.
pub(super) fn attributes(settings: &Settings) -> Vec<&str> {
    let own = [ID, FLAGS, FLAGS_NOW, EXPIRES, SET, LOCKOUT_TIME, ACCOUNT_NAME, DISPLAY_NAME, RESULTANT_PSO];
    entry::attributes(settings).chain(own).collect()
}

/// Whether an administrator switched the account off, or its time is over.
pub(super) fn disabled(entry: &SearchEntry, now: Timestamp) -> bool {
    // 0 and the largest number are never; that no other number is a point in time, too.
    let expires = number(entry, EXPIRES).filter(|ticks: &i64| *ticks != 0).and_then(time);
    let flags: u32 = number(entry, FLAGS).unwrap_or(0);
    flags & DISABLED != 0 || expires.is_some_and(|end| end <= now)
}

/// The account of an entry, its groups apart; `None` where it lacks its id or user name.
pub(super) fn account(
    settings: &Settings,
    entry: &SearchEntry,
    policy: &Policy,
    now: Timestamp,
) -> Option<Account> {
    let flags_now: u32 = number(entry, FLAGS_NOW).unwrap_or(0);
    Some(Account {
        disabled: disabled(entry, now),
        locked: flags_now & LOCKED != 0,
        password_changed_at: number(entry, SET).filter(|ticks: &i64| *ticks != 0).and_then(time),
        rules: policy.rules(),
        ..entry::account(settings, entry, guid(bytes(entry, ID)?)?)?
    })
}

/// Whether wrong passwords have locked the account, now or before.
pub(super) fn was_locked(entry: &SearchEntry) -> bool {
    first(entry, LOCKOUT_TIME).is_some_and(|since| since != "0")
}

/// A point in time as a FILETIME: units of 100 ns since 1601.
fn time(ticks: i64) -> Option<Timestamp> {
    const TICKS: i64 = 10_000_000;
    const FROM_1601_TO_1970: i64 = 11_644_473_600;
    let seconds = ticks.div_euclid(TICKS).checked_sub(FROM_1601_TO_1970)?;
    let nanoseconds = i32::try_from(ticks.rem_euclid(TICKS) * 100).ok()?;
    Timestamp::new(seconds, nanoseconds).ok()
}

/// The order in which the 16 bytes of a GUID are written: the first three parts are little-endian ([MS-DTYP] 2.3.4.2).
const WRITTEN: [usize; 16] = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/// A GUID as it is written, such as `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`.
fn guid(bytes: &[u8]) -> Option<String> {
    let bytes = <&[u8; 16]>::try_from(bytes).ok()?;
    let mut text = String::with_capacity(36);
    for (at, index) in WRITTEN.into_iter().enumerate() {
        if [4, 6, 8, 10].contains(&at) {
            text.push('-');
        }
        text.push_str(&format!("{:02x}", bytes[index]));
    }
    Some(text)
}

/// The filter that finds a GUID as [`guid`] writes it; `None` for anything else.
pub(super) fn with_guid(text: &str) -> Option<String> {
    let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'-').collect();
    if text.len() != 36 || digits.len() != 32 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut filter = format!("({ID}=");
    for index in WRITTEN {
        filter.push('\\');
        filter.extend(digits[index * 2..][..2].iter().copied().map(char::from));
    }
    filter.push(')');
    Some(filter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_filetime_is_a_point_in_time_and_never_is_none() {
        assert_eq!(time(116_444_736_000_000_000), Some(Timestamp::UNIX_EPOCH));
        assert_eq!(time(134_398_584_647_484_840), "2026-11-22T22:01:04.748484Z".parse().ok());
        assert_eq!(time(i64::MAX), None);
    }

    #[test]
    fn a_guid_is_written_in_parts_and_searched_byte_by_byte() {
        let bytes: Vec<u8> = (0..16).collect();
        let text = "03020100-0504-0706-0809-0a0b0c0d0e0f";
        assert_eq!(guid(&bytes).as_deref(), Some(text));
        let filter = r"(objectGUID=\00\01\02\03\04\05\06\07\08\09\0a\0b\0c\0d\0e\0f)";
        assert_eq!(with_guid(text).as_deref(), Some(filter));
        for strange in
            ["", "*", "03020100-0504-0706-0809-0a0b0c0d0e0", "03020100-0504-0706-0809-0a0b0c0d0e*f"]
        {
            assert_eq!(with_guid(strange), None, "{strange}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics_as_a_guid_and_no_number_as_a_time(text: String, ticks: i64) {
            with_guid(&text);
            time(ticks);
        }
    }
}
