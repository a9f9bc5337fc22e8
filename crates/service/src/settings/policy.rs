//! `[policy]`: who may recover, and by what.

use serde::{Deserialize, Serialize};
use sspr_core::wire::ChallengeKind;

/// For whom self-service is switched on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Enabled {
    /// Nobody.
    None,
    /// Members of [`Policy::groups`]; administrators as well.
    Selected,
    /// Everybody.
    #[default]
    Everyone,
}

/// Who may recover, and by what.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// `none`, `selected` or `everyone`. Default `everyone`.
    pub enabled: Enabled,
    /// Groups of `selected`. Default none.
    pub groups: Vec<String>,
    /// Ways to prove oneself, in the order to offer. Default all but questions, which are easy to research.
    pub recovery_methods: Vec<ChallengeKind>,
    /// Proofs of different kinds: 1 or 2. Default 2. Administrators always need 2 and may not use questions.
    pub gates: u8,
    /// Questions to register, 3 to 5. Default 5.
    pub questions_to_register: u8,
    /// Questions to answer in a reset, 3 to 5 and no more than registered. Default 3.
    pub questions_to_reset: u8,
    /// Whether people are asked to register at sign-in. Default yes.
    pub registration_required: bool,
    /// Days for which that may be put off, 0 to 365. Default 7.
    pub skip_days: u32,
    /// Days until people are asked whether their methods are still right, 0 (never) to 730. Default 180.
    pub reconfirm_days: u32,
    /// Whether a locked account may be unlocked with its password kept. Default yes.
    pub unlock_without_reset: bool,
    /// Whether people type their whole number before something is sent to a phone. Default no.
    pub confirm_phone_number: bool,
    /// Whether a signed-in person may change their password. Default yes.
    pub change: bool,
    /// Whether a person is told of a reset at all their mail addresses. Default yes.
    pub notify_person: bool,
    /// Whether all administrators are told when one of them resets. Default yes.
    pub notify_administrators: bool,
    /// Whether other sessions may be ended with a new password. Default yes.
    pub end_other_sessions: bool,
    /// Most e-mail methods of a person, 1 to 10. Default 2.
    pub max_emails: u8,
    /// Most phones of a person, 1 to 10. Default 2.
    pub max_phones: u8,
    /// Most authenticator apps of a person, 1 to 10. Default 5.
    pub max_totp: u8,
}

impl Default for Policy {
    fn default() -> Self {
        use ChallengeKind::{Email, RecoveryCode, Sms, Totp, Voice};
        Self {
            enabled: Enabled::Everyone,
            groups: Vec::new(),
            recovery_methods: vec![Totp, Email, Sms, Voice, RecoveryCode],
            gates: 2,
            questions_to_register: 5,
            questions_to_reset: 3,
            registration_required: true,
            skip_days: 7,
            reconfirm_days: 180,
            unlock_without_reset: true,
            confirm_phone_number: false,
            change: true,
            notify_person: true,
            notify_administrators: true,
            end_other_sessions: true,
            max_emails: 2,
            max_phones: 2,
            max_totp: 5,
        }
    }
}
