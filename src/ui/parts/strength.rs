//! How hard a password is to guess. Advice: the policy alone decides.

use crate::{
    i18n::{Message, Texts},
    strength::Estimate,
};
use sspr_core::strength::{Suggestion, Warning};
use yew::prelude::*;

const LABEL: Message = Message { key: "strength.label", en: "Strength: {word}" };
const WORDS: [Message; 5] = [
    Message { key: "strength.0", en: "very weak" },
    Message { key: "strength.1", en: "weak" },
    Message { key: "strength.2", en: "fair" },
    Message { key: "strength.3", en: "good" },
    Message { key: "strength.4", en: "strong" },
];
const BASIC: Message =
    Message { key: "strength.basic", en: "Only a basic check: the list of common words did not load." };
const COMMON: Message = Message { key: "strength.common", en: "Many people use this password." };
const SIMILAR: Message = Message { key: "strength.similar", en: "Many people use a password like this." };
const WORD: Message = Message { key: "strength.word", en: "A single word is easy to guess." };
const NAME: Message = Message { key: "strength.name", en: "Names are easy to guess." };
const PERSONAL: Message = Message {
    key: "strength.personal",
    en: "Your own name and your organisation’s words are easy to guess.",
};
const KEYS: Message = Message { key: "strength.keys", en: "Keys side by side are easy to guess." };
const REPEAT: Message =
    Message { key: "strength.repeat", en: "Repeated characters and words are easy to guess." };
const SEQUENCE: Message =
    Message { key: "strength.sequence", en: "Runs such as abc or 6543 are easy to guess." };
const DATE: Message = Message { key: "strength.date", en: "Years and dates are easy to guess." };
const ADD_WORD: Message = Message { key: "strength.add-word", en: "Add another word or two, uncommon ones." };
const HELPS_LITTLE: Message = Message {
    key: "strength.helps-little",
    en: "Capital letters, reversed words and @ in place of a hardly help.",
};

/// Four bars, a word, a reason and what to do; empty before anything was typed and where nothing can be told.
pub(super) fn meter(t: &Texts, estimate: Option<&Estimate>) -> Html {
    let score = estimate.map(|it| it.score);
    html! {
        <div class="strength" part="strength">
            <div class="meter" aria-hidden="true" data-score={score.map(|score| score.to_string())}>
                <i></i><i></i><i></i><i></i>
            </div>
            <p>{ for estimate.into_iter().flat_map(|it| sentences(t, it)) }</p>
        </div>
    }
}

/// What is said of a password.
pub(super) fn sentences(t: &Texts, estimate: &Estimate) -> Vec<Html> {
    let word = WORDS.get(usize::from(estimate.score)).map(|word| t.get(word)).unwrap_or_default();
    let label = t.with(&LABEL, &[("word", &word)]);
    let mut said = vec![html! { <strong>{ label }</strong> }];
    let mut say = |message: &'static Message| said.push(html! { <>{ " " }{ t.get(message) }</> });
    if let Some(warning) = estimate.warning {
        say(reason(warning));
    }
    for message in advice(&estimate.suggestions) {
        say(message);
    }
    if estimate.basic {
        say(&BASIC);
    }
    said
}

fn reason(warning: Warning) -> &'static Message {
    match warning {
        Warning::Top10Password | Warning::Top100Password | Warning::CommonPassword => &COMMON,
        Warning::SimilarToCommon => &SIMILAR,
        Warning::SingleWord => &WORD,
        Warning::SingleName | Warning::CommonName => &NAME,
        Warning::Personal => &PERSONAL,
        Warning::StraightRow | Warning::KeyboardWalk => &KEYS,
        Warning::RepeatedCharacter | Warning::RepeatedPattern => &REPEAT,
        Warning::Sequence => &SEQUENCE,
        Warning::RecentYear | Warning::Date => &DATE,
    }
}

/// What to do; what only says the warning again is left out.
fn advice(suggestions: &[Suggestion]) -> impl Iterator<Item = &'static Message> {
    use Suggestion::{
        AddWord, AllCapitalsHelpLittle, CapitalHelpsLittle, ReversedHelpsLittle, SubstitutionHelpsLittle,
    };
    let little = [CapitalHelpsLittle, AllCapitalsHelpLittle, ReversedHelpsLittle, SubstitutionHelpsLittle];
    let add = suggestions.contains(&AddWord).then_some(&ADD_WORD);
    let little = suggestions.iter().any(|it| little.contains(it)).then_some(&HELPS_LITTLE);
    add.into_iter().chain(little)
}
