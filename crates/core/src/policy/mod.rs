//! The password policy: what a password must be, as a value that the server sends and both sides decide by.
//!
//! [`evaluate`] decides every rule; each family of rules is one file here. Passwords come in NFC.

mod banned;
pub mod breached;
mod characters;
mod classes;
mod complexity;
mod current;
mod evaluate;
mod forbidden;
mod keyboard;
mod kinds;
mod length;
mod password_rules;
pub mod pattern;
mod personal;
mod presets;
mod repeats;
mod suggest;
mod terms;

pub use evaluate::{Known, RuleState, Span, Verdict, evaluate, violations};
pub use kinds::*;
pub use personal::personal_terms;
pub use suggest::suggest;

use crate::wire::wire;

wire! {
    /// What a password must be. Each rule that is absent is not asked for.
    pub struct PasswordPolicy {
        /// Fewest characters.
        pub min_length: u32,
        /// Most characters.
        pub max_length: u32,
        /// Most UTF-16 code units, where the store counts those.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub max_utf16: Option<u32>,
        /// Most bytes of UTF-8, where the store counts those.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub max_bytes: Option<u32>,
        /// How many classes must be present.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub classes: Option<ClassRule>,
        /// How many characters of single classes there must and may be.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        pub class_counts: Vec<ClassCount>,
        /// The characters that count as symbols, where not all do.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub symbols: Option<String>,
        /// Which characters may appear.
        pub allowed: AllowedCharacters,
        /// The only characters of those that may appear.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub allowed_characters: Option<String>,
        /// Characters that may not appear.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub forbidden_characters: Option<String>,
        /// Classes that the first character may not be of.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        pub not_first: Vec<CharacterClass>,
        /// Classes that the last character may not be of.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        pub not_last: Vec<CharacterClass>,
        /// Fewest different characters.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub min_distinct: Option<u32>,
        /// Most times that one character may stand anywhere.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub max_occurrences: Option<u32>,
        /// Most times that one character may stand in a row.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub max_repeats: Option<u32>,
        /// Longest run of neighbouring characters, up or down.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub max_sequence: Option<u32>,
        /// Longest run of keys side by side.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub max_keyboard_walk: Option<u32>,
        /// Terms that a password may not be or contain, list by list.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        pub forbidden_terms: Vec<TermList>,
        /// Patterns that a password must or must not have.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        pub patterns: Vec<PatternRule>,
        /// The organisation's banned words, by Microsoft's algorithm, where it lets the browser know them.
        #[cfg_attr(feature = "serde", serde(default))]
        pub banned_terms: Vec<String>,
        /// The person's own terms; only sent to who has proved to be that person.
        #[cfg_attr(feature = "serde", serde(default))]
        pub personal_terms: Vec<String>,
        /// How those are compared; `folded` where absent.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub personal_match: Option<PersonalMatch>,
        /// Fewest characters to replace, add or leave out between the current password and a new one.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub min_changed: Option<u32>,
        /// Least strength, 0 to 4; absent where strength is advice.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub min_strength: Option<u8>,
        /// Where the browser asks for leaked passwords in the range format (see [`breached`]): an address to whose end it
        /// puts five digits. A path is below the backend's base. Absent where it does not ask.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub breached_range: Option<String>,
        /// Rules that only the server can decide, to be listed as such.
        #[cfg_attr(feature = "serde", serde(default))]
        pub server_rules: Vec<ServerRule>,
    }

    /// How many classes must be present.
    pub struct ClassRule {
        /// How many of `of`.
        pub at_least: u8,
        /// The classes that count.
        pub of: Vec<CharacterClass>,
    }

    /// How many characters of one class there must and may be.
    #[derive(Copy)]
    pub struct ClassCount {
        /// The class.
        pub class: CharacterClass,
        /// Fewest.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub min: Option<u32>,
        /// Most.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub max: Option<u32>,
    }

    /// Forbidden terms and how they are looked for.
    pub struct TermList {
        /// The terms.
        pub terms: Vec<String>,
        /// How a term is looked for.
        pub matching: Matching,
        /// Fewest characters of a term that counts; shorter ones are passed over.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub min_term: Option<u32>,
        /// Differences that do not count; all where absent.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub folds: Option<Vec<Fold>>,
    }

    /// A pattern (see [`pattern`]) that a password must or must not have.
    pub struct PatternRule {
        /// The pattern.
        pub pattern: String,
        /// Whether a password must have it; else it must not.
        pub must: bool,
        /// What to tell people, in their language or for all of them.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub text: Option<String>,
    }

    /// A rule that only the server can decide.
    #[derive(Copy)]
    pub struct ServerRule {
        /// Which.
        pub rule: Rule,
        /// Its number: passwords remembered for `in-history`, hours for `too-young`, else 0.
        pub number: u32,
    }

    /// A rule that a password breaks.
    #[derive(Copy)]
    pub struct Violation {
        /// Which.
        pub rule: Rule,
        /// The rule's number: fewest or most characters, classes, repeats, run, passwords remembered, hours left, which
        /// pattern (from 1); else 0.
        #[cfg_attr(feature = "serde", serde(default))]
        pub number: u32,
        /// The class of characters that the rule is about, where it is about one.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub class: Option<CharacterClass>,
    }
}

impl Violation {
    /// A violation of a rule that is about no single class.
    pub const fn new(rule: Rule, number: u32) -> Self {
        Self { rule, number, class: None }
    }
}
