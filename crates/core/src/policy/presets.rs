//! The ready policies.

use super::{AllowedCharacters, CharacterClass, ClassRule, PasswordPolicy};

impl PasswordPolicy {
    /// Microsoft Entra's static policy: 8 to 256 printable ASCII characters, three of four classes.
    pub fn composition() -> Self {
        let classes = ClassRule { at_least: 3, of: CharacterClass::FOUR.to_vec() };
        Self {
            min_length: 8,
            classes: Some(classes),
            allowed: AllowedCharacters::PrintableAscii,
            ..Self::nist()
        }
    }

    /// NIST SP 800-63B-4 §3.1.1.2 for a password that is the only factor: at least 15 characters of any kind and
    /// no composition rules. The 256 at most are ours (the standard asks for 64 or more).
    pub fn nist() -> Self {
        Self {
            min_length: 15,
            max_length: 256,
            max_utf16: None,
            max_bytes: None,
            classes: None,
            class_counts: Vec::new(),
            symbols: None,
            allowed: AllowedCharacters::Any,
            allowed_characters: None,
            forbidden_characters: None,
            not_first: Vec::new(),
            not_last: Vec::new(),
            min_distinct: None,
            max_occurrences: None,
            max_repeats: None,
            max_sequence: None,
            max_keyboard_walk: None,
            forbidden_terms: Vec::new(),
            banned_terms: Vec::new(),
            personal_terms: Vec::new(),
            personal_match: None,
            min_changed: None,
            patterns: Vec::new(),
            min_strength: None,
            breached_range: None,
            server_rules: Vec::new(),
        }
    }

    /// NIST SP 800-63B-4 §3.1.1.2 for a password that is only ever used together with a second factor: 8 characters.
    pub fn nist_with_mfa() -> Self {
        Self { min_length: 8, ..Self::nist() }
    }
}
