//! What to tell a person about a weak password, as keys of messages. The rules are zxcvbn's; words of the person have a
//! warning of their own.

use super::{
    fold::Unit,
    matching::{Match, Pattern},
    words::Class,
};
use crate::wire::words;

words! {
    /// What makes a password easy to guess: its longest part that was recognised.
    pub enum Warning {
        /// One of the ten commonest passwords.
        Top10Password = "top-10-password",
        /// One of the hundred commonest passwords.
        Top100Password = "top-100-password",
        /// A common password.
        CommonPassword = "common-password",
        /// Close to a common password.
        SimilarToCommon = "similar-to-common",
        /// One word and no more.
        SingleWord = "single-word",
        /// One name and no more.
        SingleName = "single-name",
        /// A common name with something around it.
        CommonName = "common-name",
        /// The person's own words or the organisation's.
        Personal = "personal",
        /// Keys in a row.
        StraightRow = "straight-row",
        /// A short walk over neighbouring keys.
        KeyboardWalk = "keyboard-walk",
        /// One character again and again.
        RepeatedCharacter = "repeated-character",
        /// Several characters again and again.
        RepeatedPattern = "repeated-pattern",
        /// A run such as `abcd` or `2468`.
        Sequence = "sequence",
        /// A year of the last decades.
        RecentYear = "recent-year",
        /// A date.
        Date = "date",
    }

    /// What would make it better.
    pub enum Suggestion {
        /// A few words, no common phrase.
        UseWords = "use-words",
        /// Signs, digits and capitals are not needed.
        NoNeedForSigns = "no-need-for-signs",
        /// Another word or two, uncommon ones.
        AddWord = "add-word",
        /// A longer walk over the keyboard, with more turns.
        LongerWalk = "longer-walk",
        /// No repeated words and characters.
        AvoidRepeats = "avoid-repeats",
        /// No sequences.
        AvoidSequences = "avoid-sequences",
        /// No years of the last decades, nor of one's own.
        AvoidYears = "avoid-years",
        /// No dates of one's own.
        AvoidDates = "avoid-dates",
        /// A capital at the beginning helps little.
        CapitalHelpsLittle = "capital-helps-little",
        /// All capitals help little.
        AllCapitalsHelpLittle = "all-capitals-help-little",
        /// Reversed words are hardly harder.
        ReversedHelpsLittle = "reversed-helps-little",
        /// `@` for `a` helps little.
        SubstitutionHelpsLittle = "substitution-helps-little",
    }
}

/// Some suggestions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Suggestions(u16);

impl Suggestions {
    fn and(self, suggestion: Suggestion) -> Self {
        Self(self.0 | 1 << suggestion as u16)
    }

    fn and_if(self, condition: bool, suggestion: Suggestion) -> Self {
        if condition { self.and(suggestion) } else { self }
    }

    /// In the order to show them.
    pub fn iter(self) -> impl Iterator<Item = Suggestion> {
        Suggestion::ALL.iter().copied().filter(move |one| self.0 >> *one as u16 & 1 == 1)
    }
}

/// A warning and suggestions for a password of this score; none from score 3 on.
pub(super) fn feedback(score: u8, text: &[Unit], sequence: &[Match]) -> (Option<Warning>, Suggestions) {
    let none = Suggestions::default();
    let Some(first) = sequence.first() else {
        return (None, none.and(Suggestion::UseWords).and(Suggestion::NoNeedForSigns));
    };
    if score > 2 {
        return (None, none);
    }
    let mut longest = first;
    for part in sequence {
        if part.to - part.from > longest.to - longest.from {
            longest = part;
        }
    }
    let more = none.and(Suggestion::AddWord);
    match longest.pattern {
        Pattern::BruteForce => (None, more),
        Pattern::Word { class, rank, reversed, leet } => {
            let alone = sequence.len() == 1;
            let warning = match class {
                Class::Personal => Some(Warning::Personal),
                Class::Password if alone && !reversed && !leet => Some(match rank {
                    0..=10 => Warning::Top10Password,
                    11..=100 => Warning::Top100Password,
                    _ => Warning::CommonPassword,
                }),
                Class::Password => (longest.guesses <= 1e4).then_some(Warning::SimilarToCommon),
                Class::Word => alone.then_some(Warning::SingleWord),
                Class::Name if alone => Some(Warning::SingleName),
                Class::Name => Some(Warning::CommonName),
            };
            let token = text.get(longest.from..longest.to).unwrap_or_default();
            let uppers = token.iter().filter(|unit| unit.upper).count();
            let first = uppers == 1 && token.len() > 1 && token.first().is_some_and(|unit| unit.upper);
            let all = uppers > 0 && !first && !token.iter().any(Unit::lower);
            let suggestions = more
                .and_if(first, Suggestion::CapitalHelpsLittle)
                .and_if(all, Suggestion::AllCapitalsHelpLittle)
                .and_if(reversed && token.len() >= 4, Suggestion::ReversedHelpsLittle)
                .and_if(leet, Suggestion::SubstitutionHelpsLittle);
            (warning, suggestions)
        }
        Pattern::Spatial { straight } => {
            let warning = if straight { Warning::StraightRow } else { Warning::KeyboardWalk };
            (Some(warning), more.and(Suggestion::LongerWalk))
        }
        Pattern::Repeat { single } => {
            let warning = if single { Warning::RepeatedCharacter } else { Warning::RepeatedPattern };
            (Some(warning), more.and(Suggestion::AvoidRepeats))
        }
        Pattern::Sequence => (Some(Warning::Sequence), more.and(Suggestion::AvoidSequences)),
        Pattern::Year => (Some(Warning::RecentYear), more.and(Suggestion::AvoidYears)),
        Pattern::Date => (Some(Warning::Date), more.and(Suggestion::AvoidDates)),
    }
}
