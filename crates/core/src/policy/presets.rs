//! The two ready policies.

use super::{AllowedCharacters, CharacterClass, ClassRule, PasswordPolicy};

impl PasswordPolicy {
    /// Microsoft Entra's static policy: 8 to 256 printable ASCII characters, three of four classes.
    pub fn composition() -> Self {
        let classes = ClassRule { at_least: 3, of: CharacterClass::ALL.to_vec() };
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
            classes: None,
            allowed: AllowedCharacters::Any,
            max_repeats: None,
            max_sequence: None,
            banned_terms: Vec::new(),
            personal_terms: Vec::new(),
            min_strength: None,
            server_rules: Vec::new(),
        }
    }
}
