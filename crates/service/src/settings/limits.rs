//! `[limits]`, `[lockout]` and `[session]`: how often and how long.

use serde::{Deserialize, Serialize};

/// How often and how long.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Digits of a sent code, 6 to 10. Default 6.
    pub code_length: u8,
    /// Seconds that a code is good for, 60 to 900. Default 600.
    pub code_life: u32,
    /// Seconds until a code may be sent again, 1 to 600. Default 30.
    pub resend_after: u32,
    /// Seconds that a flow lives after its last step, 60 to 3600. Default 900.
    pub flow_life: u32,
    /// Seconds that a flow lives at all, 60 to 14400. Default 10800: ten times more time than a step has can be asked for, as
    /// WCAG 2.2 wants (2.2.1).
    pub flow_life_total: u32,
    /// Wrong answers that end a flow, 1 to 10. Default 5.
    pub tries: u8,
    /// Flows started for one identifier in an hour, from 1. Default 5.
    pub starts_per_hour: u32,
    /// Failed proofs of one identifier in 24 hours that block its recovery, from 1. Default 5.
    pub failed_proofs_per_day: u32,
    /// Messages to one destination in ten minutes, from 1. Default 10.
    pub messages_per_destination: u32,
    /// Flows started from one address prefix (/24 or /56) in an hour, from 1. Default 100.
    pub starts_per_prefix: u32,
    /// Questions to the list of leaked passwords from one address prefix in an hour, from 1. Default 600.
    pub ranges_per_prefix: u32,
    /// Flows started in all in an hour, from 1. Default 10000.
    pub starts_total: u32,
    /// Failed sign-ins from one address prefix in an hour, over all accounts, from 1. Default 300. The lock of an account
    /// does not see who tries one password on each of many.
    pub failed_sign_ins_per_prefix: u32,
    /// Texts and calls in all in 24 hours, from 1. Default 1000.
    pub texts_per_day: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            code_length: 6,
            code_life: 600,
            resend_after: 30,
            flow_life: 900,
            flow_life_total: 10_800,
            tries: 5,
            starts_per_hour: 5,
            failed_proofs_per_day: 5,
            messages_per_destination: 10,
            starts_per_prefix: 100,
            ranges_per_prefix: 600,
            starts_total: 10_000,
            failed_sign_ins_per_prefix: 300,
            texts_per_day: 1000,
        }
    }
}

/// The lock that wrong passwords cause (Microsoft Entra's smart lockout: 10 and 60 s).
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lockout {
    /// Wrong passwords in a row, 1 to 100. Default 10.
    pub threshold: u32,
    /// Seconds of the first lock, from 1; each further wrong password doubles it. Default 60.
    pub seconds: u32,
    /// Most seconds of a lock. Default 86400.
    pub max_seconds: u32,
}

impl Default for Lockout {
    fn default() -> Self {
        Self { threshold: 10, seconds: 60, max_seconds: 86_400 }
    }
}

/// Sessions of the server's own sign-in.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Session {
    /// Seconds that a session lives, 300 to 604800. Default 28800.
    pub life: u32,
    /// Seconds after signing in for which sensitive changes ask for no new proof, 60 to 3600. Default 600.
    pub fresh_for: u32,
}

impl Default for Session {
    fn default() -> Self {
        Self { life: 28_800, fresh_for: 600 }
    }
}
