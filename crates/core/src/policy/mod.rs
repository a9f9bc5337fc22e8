//! The password policy: what a password must be, as a value that the server sends and both sides decide by.
//!
//! [`evaluate`] decides every rule; each family of rules is one file here. Passwords come in NFC.

mod banned;
mod characters;
mod classes;
mod evaluate;
mod length;
mod password_rules;
mod personal;
mod presets;
mod runs;

pub use evaluate::{RuleState, Verdict, evaluate, violations};
pub use personal::personal_terms;

use crate::wire::{wire, words};

words! {
    /// A class of characters.
    pub enum CharacterClass {
        /// Lower-case letters.
        Lower = "lower",
        /// Upper-case letters.
        Upper = "upper",
        /// Digits.
        Digit = "digit",
        /// Everything else, the space included.
        Symbol = "symbol",
    }

    /// Which characters may appear at all.
    pub enum AllowedCharacters {
        /// Every character but controls.
        Any = "any",
        /// The 95 printable ASCII characters (Microsoft Entra's rule).
        PrintableAscii = "printable_ascii",
    }

    /// A rule, by the name under which its violation travels.
    pub enum Rule {
        /// At least `min` characters (Unicode code points after NFC, NIST SP 800-63B-4 §3.1.1.2).
        MinLength = "min-length",
        /// At most `max` characters.
        MaxLength = "max-length",
        /// At least `at_least` of the listed classes.
        CharacterClasses = "character-classes",
        /// A character that is not allowed.
        ForbiddenCharacters = "forbidden-characters",
        /// One character too often in a row.
        Repeated = "repeated",
        /// A run such as `abcd` or `4321` that is too long.
        Sequence = "sequence",
        /// The person's own name, address or identifier is in it.
        TooSimilar = "too-similar",
        /// Too little is left once banned words are taken out.
        BannedWord = "banned-word",
        /// Too easy to guess, where the policy sets a least strength.
        TooGuessable = "too-guessable",
        /// It is the password in use. Checked on the server.
        SameAsCurrent = "same-as-current",
        /// It was used before. Checked on the server.
        InHistory = "in-history",
        /// The last change is too recent. Checked on the server.
        TooYoung = "too-young",
        /// It is on a list of leaked passwords. Checked on the server.
        Breached = "breached",
        /// The directory refused it and does not say why.
        Policy = "policy",
    }
}

wire! {
    /// What a password must be.
    pub struct PasswordPolicy {
        /// Fewest characters.
        pub min_length: u32,
        /// Most characters.
        pub max_length: u32,
        /// How many classes must be present.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub classes: Option<ClassRule>,
        /// Which characters may appear.
        pub allowed: AllowedCharacters,
        /// Most times that one character may stand in a row.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub max_repeats: Option<u32>,
        /// Longest run of neighbouring characters, up or down.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub max_sequence: Option<u32>,
        /// The organisation's banned words, where it lets the browser know them.
        #[cfg_attr(feature = "serde", serde(default))]
        pub banned_terms: Vec<String>,
        /// The person's own terms; only sent to who has proved to be that person.
        #[cfg_attr(feature = "serde", serde(default))]
        pub personal_terms: Vec<String>,
        /// Least strength, 0 to 4; absent where strength is advice.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        pub min_strength: Option<u8>,
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
        /// The rule's number: fewest or most characters, classes, repeats, run, passwords remembered, hours left; else 0.
        #[cfg_attr(feature = "serde", serde(default))]
        pub number: u32,
    }
}
