//! `[password]`: what a password must be and how it is kept.

use serde::{Deserialize, Serialize};
use sspr_core::policy::{PasswordPolicy, Rule, ServerRule};

/// Which ready policy to start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordMode {
    /// NIST SP 800-63B-4: long, any characters.
    Nist,
    /// Microsoft Entra: 8 characters of three classes.
    #[default]
    Composition,
}

/// What a password must be and how it is kept.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Password {
    /// `nist` or `composition`. Default `composition`.
    pub mode: PasswordMode,
    /// Fewest characters, 8 to 64. Default by mode.
    pub min_length: Option<u32>,
    /// Most characters, 64 to 1024. Default by mode.
    pub max_length: Option<u32>,
    /// Least strength, 0 to 4. Default none.
    pub min_strength: Option<u8>,
    /// The organisation's banned words, up to 1000 of 4 to 16 characters. Default none.
    pub banned_terms: Vec<String>,
    /// Earlier passwords that may not come back, 0 to 24. Default 0.
    pub history: u8,
    /// Hours for which a password must stand before it may be changed, 0 to 720. A reset ignores it. Default 0.
    pub min_age_hours: u32,
    /// Cost of Argon2id.
    pub hashing: Hashing,
}

/// Cost of Argon2id. Default 19456 KiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet).
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hashing {
    /// KiB of memory, 8 to 1048576.
    pub memory: u32,
    /// Passes, 1 to 10.
    pub passes: u32,
    /// Lanes, 1 to 4.
    pub lanes: u32,
}

impl Default for Hashing {
    fn default() -> Self {
        Self { memory: 19_456, passes: 2, lanes: 1 }
    }
}

impl Password {
    /// The policy without anybody's own terms.
    pub fn policy(&self) -> PasswordPolicy {
        let mut policy = match self.mode {
            PasswordMode::Nist => PasswordPolicy::nist(),
            PasswordMode::Composition => PasswordPolicy::composition(),
        };
        policy.min_length = self.min_length.unwrap_or(policy.min_length);
        policy.max_length = self.max_length.unwrap_or(policy.max_length);
        policy.min_strength = self.min_strength;
        policy.banned_terms = self.banned_terms.clone();
        let mut on_server = |rule, number| policy.server_rules.push(ServerRule { rule, number });
        on_server(Rule::SameAsCurrent, 0);
        if self.history > 0 {
            on_server(Rule::InHistory, self.history.into());
        }
        if self.min_age_hours > 0 {
            on_server(Rule::TooYoung, self.min_age_hours);
        }
        policy
    }
}
