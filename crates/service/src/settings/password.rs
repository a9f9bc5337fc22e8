//! `[password]`: what a password must be and how it is kept.

use serde::{Deserialize, Serialize};
use sspr_core::policy::{AllowedCharacters, CharacterClass, Fold, Matching, PersonalMatch};

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

/// What a password must be and how it is kept. What is absent is not asked for, unless the mode does.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Password {
    /// `nist` or `composition`. Default `composition`.
    pub mode: PasswordMode,
    /// Whether passwords are only ever used together with a second factor: `nist` then asks for 8 characters instead
    /// of 15 (SP 800-63B-4 §3.1.1.2). Default no.
    pub mfa: bool,
    /// Fewest characters, 8 to 64. Default by mode.
    pub min_length: Option<u32>,
    /// Most characters, 64 to 1024. Default by mode.
    pub max_length: Option<u32>,
    /// Most UTF-16 code units, 64 to 2048, where the store counts those. Default none.
    pub max_utf16: Option<u32>,
    /// Most bytes of UTF-8, 64 to 4096, where the store counts those. Default none.
    pub max_bytes: Option<u32>,
    /// The classes of which `classes_at_least` must be present. Default by mode.
    pub classes: Option<Vec<CharacterClass>>,
    /// How many of `classes`, 0 to as many as there are. Default by mode.
    pub classes_at_least: Option<u8>,
    /// Fewest and most characters of single classes. Default none.
    pub class_counts: Vec<ClassCountSetting>,
    /// The characters that count as symbols. Default none: all that are neither letters nor digits.
    pub symbols: Option<String>,
    /// `any` or `printable_ascii`. Default by mode.
    pub allowed: Option<AllowedCharacters>,
    /// The only characters that may appear. Default none: all allowed ones.
    pub allowed_characters: Option<String>,
    /// Characters that may not appear. Default none.
    pub forbidden_characters: Option<String>,
    /// Classes that may not begin a password. Default none.
    pub not_first: Vec<CharacterClass>,
    /// Classes that may not end a password. Default none.
    pub not_last: Vec<CharacterClass>,
    /// Fewest different characters, 1 to 64. Default none.
    pub min_distinct: Option<u32>,
    /// Most times that one character may stand anywhere, 1 to 64. Default none.
    pub max_occurrences: Option<u32>,
    /// Most times that one character may stand in a row, 1 to 64. Default none.
    pub max_repeats: Option<u32>,
    /// Longest run of neighbours such as `abcd`, 2 to 64. Default none.
    pub max_sequence: Option<u32>,
    /// Longest run of keys side by side, 2 to 64. Default none.
    pub max_keyboard_walk: Option<u32>,
    /// Least strength, 0 to 4. Default none.
    pub min_strength: Option<u8>,
    /// The organisation's banned words, up to 1000 of 4 to 16 characters. Default none.
    pub banned_terms: Vec<String>,
    /// Lists of forbidden words, up to 1000 words in all. Default none.
    pub forbidden_terms: Vec<TermListSetting>,
    /// Up to 20 patterns that a password must or must not have. Default none.
    pub patterns: Vec<PatternSetting>,
    /// `folded` or `active_directory`: how a person's names are kept out. Default none, which is `folded`.
    pub personal_match: Option<PersonalMatch>,
    /// Fewest characters that a change must change, 1 to 64. Default none.
    pub min_changed: Option<u32>,
    /// Earlier passwords that may not come back, 0 to 24. Default 0.
    pub history: u8,
    /// Hours for which a password must stand before it may be changed, 0 to 720. A reset ignores it. Default 0.
    pub min_age_hours: u32,
    /// Cost of Argon2id.
    pub hashing: Hashing,
}

/// Fewest and most characters of one class.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ClassCountSetting {
    /// The class.
    pub class: CharacterClass,
    /// Fewest, up to 64.
    pub min: Option<u32>,
    /// Most; 0 forbids the class.
    pub max: Option<u32>,
}

/// Forbidden words and how they are looked for.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TermListSetting {
    /// The words, of 1 to 64 characters.
    pub terms: Vec<String>,
    /// `whole`, `substring` or `fuzzy`.
    pub matching: Matching,
    /// Words with fewer characters are passed over. Default 1.
    pub min_term: Option<u32>,
    /// Differences that do not count. Default all.
    pub folds: Option<Vec<Fold>>,
}

/// A pattern that a password must or must not have.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PatternSetting {
    /// The pattern (see [`sspr_core::policy::pattern`]).
    pub pattern: String,
    /// Whether a password must have it; else it must not.
    pub must: bool,
    /// What to tell people.
    pub text: Option<String>,
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
