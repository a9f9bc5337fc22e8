//! The words of a policy: classes of characters, ways of comparing, and the names of the rules.

use crate::wire::words;

words! {
    /// A class of characters. The first five part all characters among them.
    pub enum CharacterClass {
        /// Small letters.
        Lower = "lower",
        /// Capital letters.
        Upper = "upper",
        /// The digits 0 to 9.
        Digit = "digit",
        /// What is in no other class, the space included; or the characters of [`super::PasswordPolicy::symbols`].
        Symbol = "symbol",
        /// Letters without case, such as 日 (Active Directory's fifth class, "other alphabetic").
        OtherLetter = "other_letter",
        /// Letters of any kind.
        Letter = "letter",
        /// Everything but letters.
        NonLetter = "non_letter",
    }

    /// Which characters may appear at all.
    pub enum AllowedCharacters {
        /// Every character but controls.
        Any = "any",
        /// The 95 printable ASCII characters (Microsoft Entra's rule).
        PrintableAscii = "printable_ascii",
    }

    /// How a forbidden term is looked for.
    pub enum Matching {
        /// The password as a whole is the term (NIST SP 800-63B-4 §3.1.1.2).
        Whole = "whole",
        /// The term stands anywhere in the password.
        Substring = "substring",
        /// The password as a whole is the term but for one character replaced, added or left out, or is it.
        Fuzzy = "fuzzy",
    }

    /// Differences that do not count when terms are compared.
    pub enum Fold {
        /// Capital and small letters.
        Case = "case",
        /// Marks on letters, such as ä for a.
        Marks = "marks",
        /// Full-width and mathematical forms of ASCII characters, as NFKC does.
        Width = "width",
        /// Cyrillic letters drawn like Latin ones.
        LookAlikes = "look_alikes",
        /// Digits and signs for letters, such as `p4$$w0rd`; `i` and `l` are then one letter.
        Leet = "l33t",
    }

    /// How the person's terms are made and compared.
    pub enum PersonalMatch {
        /// Names and addresses, folded, and with Microsoft's substitutions (`p0LL` is Poll).
        Folded = "folded",
        /// Active Directory's rule: the account name and the parts of the display name, without regard to case.
        ActiveDirectory = "active_directory",
    }

    /// A rule, by the name under which its violation travels.
    pub enum Rule {
        /// At least so many characters (Unicode code points after NFC, NIST SP 800-63B-4 §3.1.1.2).
        MinLength = "min-length",
        /// At most so many characters.
        MaxLength = "max-length",
        /// At most so many UTF-16 code units (Active Directory counts those).
        MaxUtf16 = "max-utf16",
        /// At most so many bytes of UTF-8 (bcrypt takes 72).
        MaxBytes = "max-bytes",
        /// At least so many of the listed classes.
        CharacterClasses = "character-classes",
        /// At least so many characters of one class.
        ClassMin = "class-min",
        /// At most so many characters of one class.
        ClassMax = "class-max",
        /// A character outside those that may appear at all.
        ForbiddenCharacters = "forbidden-characters",
        /// A character that the organisation's own lists leave out.
        CharacterList = "character-list",
        /// The first character is of a class that may not begin.
        FirstCharacter = "first-character",
        /// The last character is of a class that may not end.
        LastCharacter = "last-character",
        /// Too few different characters.
        Distinct = "distinct",
        /// One character too often in all.
        TooOften = "too-often",
        /// One character too often in a row.
        Repeated = "repeated",
        /// A run such as `abcd` or `4321` that is too long.
        Sequence = "sequence",
        /// A run of keys side by side, such as `qwer`, that is too long.
        KeyboardWalk = "keyboard-walk",
        /// The person's own name, address or identifier is in it.
        TooSimilar = "too-similar",
        /// It is, contains or nearly is a forbidden term.
        ForbiddenWord = "forbidden-word",
        /// It lacks a pattern that it must have, or has one that it must not.
        Pattern = "pattern",
        /// Too little is left once banned words are taken out.
        BannedWord = "banned-word",
        /// Too few characters differ from the current password.
        TooLikeCurrent = "too-like-current",
        /// Too easy to guess, where the policy sets a least strength.
        TooGuessable = "too-guessable",
        /// It is the password in use. Checked on the server, and where the current one is known.
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

impl CharacterClass {
    /// The four classes that most policies count by.
    pub const FOUR: [Self; 4] = [Self::Lower, Self::Upper, Self::Digit, Self::Symbol];
}
