//! How hard a password is to guess. Advice: the policy alone decides.

use crate::i18n::{Message, Texts};
use sspr_core::strength::Warning;
use yew::prelude::*;

const LABEL: Message = Message { key: "strength.label", en: "Strength: {word}" };
const WORDS: [Message; 5] = [
    Message { key: "strength.0", en: "very weak" },
    Message { key: "strength.1", en: "weak" },
    Message { key: "strength.2", en: "fair" },
    Message { key: "strength.3", en: "good" },
    Message { key: "strength.4", en: "strong" },
];
const COMMON: Message = Message { key: "strength.common", en: "Many people use this password." };
const PERSONAL: Message = Message { key: "strength.personal", en: "Your own name is easy to guess." };
const PATTERN: Message =
    Message { key: "strength.pattern", en: "Rows of keys, repeated characters and dates are easy to guess." };
const WORD: Message = Message {
    key: "strength.word",
    en: "A single word is easy to guess. Several unrelated words are better.",
};

/// Four bars, a word and a reason; empty before anything was typed.
pub(super) fn meter(t: &Texts, score: Option<u8>, warning: Option<Warning>) -> Html {
    let word = score.and_then(|score| WORDS.get(usize::from(score))).map(|word| t.get(word));
    let reason =
        warning.filter(|_| score.is_some_and(|score| score < 3)).map(|warning| t.get(reason(warning)));
    html! {
        <div class="strength" part="strength">
            <div class="meter" aria-hidden="true" data-score={score.map(|score| score.to_string())}>
                <i></i><i></i><i></i><i></i>
            </div>
            <p role="status">
                if let Some(word) = word { { t.with(&LABEL, &[("word", &word)]) } }
                if let Some(reason) = reason { { " " }{ reason } }
            </p>
        </div>
    }
}

fn reason(warning: Warning) -> &'static Message {
    match warning {
        Warning::CommonPassword => &COMMON,
        Warning::Personal => &PERSONAL,
        Warning::SingleWord => &WORD,
        _ => &PATTERN,
    }
}
