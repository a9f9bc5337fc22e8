//! The password policy as a list that follows what is typed.

use crate::i18n::{Message, Plural, Texts};
use sspr_core::policy::{CharacterClass, PasswordPolicy, Rule, RuleState, Verdict, Violation};
use yew::prelude::*;

const MIN_LENGTH: Plural =
    Plural { key: "rule.min-length", one: "At least one character", other: "At least {count} characters" };
const MAX_LENGTH: Plural =
    Plural { key: "rule.max-length", one: "At most one character", other: "At most {count} characters" };
/// Of UTF-16 units and of bytes people know nothing.
const TOO_LONG: Message =
    Message { key: "rule.too-long", en: "Short enough to be stored: use fewer characters" };
const CLASSES: Plural = Plural {
    key: "rule.classes",
    one: "One of: small letters, capital letters, digits, symbols",
    other: "{count} of: small letters, capital letters, digits, symbols",
};
const FORBIDDEN: Message =
    Message { key: "rule.forbidden", en: "Only letters without accents, digits, spaces and common symbols" };
const LIST: Message = Message { key: "rule.list", en: "Only characters that your organisation allows" };
const CLASS_MIN: Message = Message { key: "rule.class-min", en: "At least so many {class}: {count}" };
const CLASS_MAX: Message = Message { key: "rule.class-max", en: "No more than so many {class}: {count}" };
const FIRST: Message = Message { key: "rule.first", en: "No {class} at the beginning" };
const LAST: Message = Message { key: "rule.last", en: "No {class} at the end" };
const LOWER: Message = Message { key: "class.lower", en: "small letters" };
const UPPER: Message = Message { key: "class.upper", en: "capital letters" };
const DIGIT: Message = Message { key: "class.digit", en: "digits" };
const SYMBOL: Message = Message { key: "class.symbol", en: "symbols" };
const OTHER_LETTER: Message =
    Message { key: "class.other-letter", en: "letters without small and capital forms" };
const LETTER: Message = Message { key: "class.letter", en: "letters" };
const NON_LETTER: Message = Message { key: "class.non-letter", en: "digits and symbols" };
const DISTINCT: Plural = Plural {
    key: "rule.distinct",
    one: "At least one character",
    other: "At least {count} different characters",
};
const TOO_OFTEN: Plural = Plural {
    key: "rule.too-often",
    one: "No character twice",
    other: "No character more than {count} times",
};
const REPEATED: Plural = Plural {
    key: "rule.repeated",
    one: "No character twice in a row",
    other: "No character more than {count} times in a row",
};
const SEQUENCE: Plural = Plural {
    key: "rule.sequence",
    one: "No neighbouring characters such as ab",
    other: "No run of more than {count} neighbouring characters such as abcd",
};
const WALK: Plural = Plural {
    key: "rule.walk",
    one: "No keys side by side such as qw",
    other: "No run of more than {count} keys side by side such as qwerty",
};
const WORD: Message = Message { key: "rule.word", en: "Not a word that your organisation does not allow" };
const PATTERN: Message = Message { key: "rule.pattern", en: "In the form that your organisation asks for" };
const LIKE_CURRENT: Plural = Plural {
    key: "rule.like-current",
    one: "At least one character changed from your current password",
    other: "At least {count} characters changed from your current password",
};
const SIMILAR: Message = Message { key: "rule.similar", en: "Does not contain your name or user name" };
const BANNED: Message = Message { key: "rule.banned", en: "Not made of words that are easy to guess here" };
const GUESSABLE: Message = Message { key: "rule.guessable", en: "Hard to guess" };
const SAME: Message = Message { key: "rule.same", en: "Different from your current password" };
const HISTORY: Plural = Plural {
    key: "rule.history",
    one: "Not your last password",
    other: "Not one of your last {count} passwords",
};
const YOUNG: Plural = Plural {
    key: "rule.young",
    one: "Your last change must be an hour ago",
    other: "Your last change must be {count} hours ago",
};
const BREACHED: Message = Message { key: "rule.breached", en: "Not on a list of leaked passwords" };
const POLICY: Message = Message { key: "rule.policy", en: "Accepted by your organisation’s directory" };

const MET: Message = Message { key: "rules.met", en: "done" };
const UNMET: Message = Message { key: "rules.unmet", en: "still missing" };
const ON_SERVER: Message = Message { key: "rules.on-server", en: "checked when you submit" };
const TITLE: Message = Message { key: "rules.title", en: "Your password needs" };
const LEFT: Plural = Plural {
    key: "rules.left",
    one: "One requirement is still missing.",
    other: "{count} requirements are still missing.",
};
const ALL_MET: Message = Message { key: "rules.all-met", en: "All requirements are met." };

/// A broken rule as a sentence.
fn violation_text(t: &Texts, violation: Violation) -> AttrValue {
    rule_text(t, violation.rule, violation.number, violation.class)
}

fn rule_text(t: &Texts, rule: Rule, number: u32, class: Option<CharacterClass>) -> AttrValue {
    let of_class = |message| {
        let class = class.map(|class| t.get(class_name(class))).unwrap_or_default();
        t.with(message, &[("class", &class), ("count", &number.to_string())])
    };
    match rule {
        Rule::MaxUtf16 | Rule::MaxBytes => t.get(&TOO_LONG),
        Rule::ClassMin => of_class(&CLASS_MIN),
        Rule::ClassMax => of_class(&CLASS_MAX),
        Rule::FirstCharacter => of_class(&FIRST),
        Rule::LastCharacter => of_class(&LAST),
        Rule::CharacterList => t.get(&LIST),
        Rule::Distinct => t.count(&DISTINCT, number),
        Rule::TooOften => t.count(&TOO_OFTEN, number),
        Rule::KeyboardWalk => t.count(&WALK, number),
        Rule::ForbiddenWord => t.get(&WORD),
        Rule::Pattern => t.get(&PATTERN),
        Rule::TooLikeCurrent => t.count(&LIKE_CURRENT, number),
        Rule::MinLength => t.count(&MIN_LENGTH, number),
        Rule::MaxLength => t.count(&MAX_LENGTH, number),
        Rule::CharacterClasses => t.count(&CLASSES, number),
        Rule::ForbiddenCharacters => t.get(&FORBIDDEN),
        Rule::Repeated => t.count(&REPEATED, number),
        Rule::Sequence => t.count(&SEQUENCE, number),
        Rule::TooSimilar => t.get(&SIMILAR),
        Rule::BannedWord => t.get(&BANNED),
        Rule::TooGuessable => t.get(&GUESSABLE),
        Rule::SameAsCurrent => t.get(&SAME),
        Rule::InHistory => t.count(&HISTORY, number),
        Rule::TooYoung => t.count(&YOUNG, number),
        Rule::Breached => t.get(&BREACHED),
        Rule::Policy => t.get(&POLICY),
    }
}

fn class_name(class: CharacterClass) -> &'static Message {
    match class {
        CharacterClass::Lower => &LOWER,
        CharacterClass::Upper => &UPPER,
        CharacterClass::Digit => &DIGIT,
        CharacterClass::Symbol => &SYMBOL,
        CharacterClass::OtherLetter => &OTHER_LETTER,
        CharacterClass::Letter => &LETTER,
        CharacterClass::NonLetter => &NON_LETTER,
    }
}

/// What is wrong with a password that was sent: a sentence, and a line for each rule that it breaks.
pub fn rejected(t: &Texts, sentence: &Message, violations: &[Violation]) -> AttrValue {
    let mut text = t.get(sentence).to_string();
    for violation in violations {
        text.push_str("\n• ");
        text.push_str(&violation_text(t, *violation));
    }
    text.into()
}

/// How many rules are missing, to be announced.
pub(super) fn missing(t: &Texts, verdicts: &[Verdict]) -> AttrValue {
    match verdicts.iter().filter(|it| it.state == RuleState::Unmet).count() {
        0 => t.get(&ALL_MET),
        missing => t.count(&LEFT, u32::try_from(missing).unwrap_or(u32::MAX)),
    }
}

/// The policy as a list, under an id for the field that it describes. While nothing was typed nothing is missing either.
pub(super) fn rules(
    t: &Texts,
    id: &str,
    policy: &PasswordPolicy,
    verdicts: &[Verdict],
    untouched: bool,
) -> Html {
    let title = format!("{id}-title");
    html! {
        <div class="rules" part="rules">
            <p id={title.clone()}>{ t.get(&TITLE) }</p>
            <ul id={id.to_owned()} aria-labelledby={title}>
                { for verdicts.iter().map(|verdict| one(t, policy, *verdict, untouched)) }
            </ul>
        </div>
    }
}

/// What the organisation says of a pattern of its own, or else what we say of a rule.
fn text_of(t: &Texts, policy: &PasswordPolicy, verdict: Verdict) -> AttrValue {
    let pattern = policy.patterns.iter().zip(1..).find(|(_, number)| *number == verdict.number);
    let own = pattern.filter(|_| verdict.rule == Rule::Pattern).and_then(|(rule, _)| rule.text.clone());
    own.map_or_else(|| rule_text(t, verdict.rule, verdict.number, verdict.class), AttrValue::from)
}

fn one(t: &Texts, policy: &PasswordPolicy, verdict: Verdict, untouched: bool) -> Html {
    let (state, said) = match verdict.state {
        RuleState::OnServer => ("server", &ON_SERVER),
        _ if untouched => ("open", &UNMET),
        RuleState::Met => ("met", &MET),
        RuleState::Unmet => ("unmet", &UNMET),
    };
    html! {
        <li data-state={state}>
            { text_of(t, policy, verdict) }
            <span class={if state == "server" { "aside" } else { "unseen" }}>{ " (" }{ t.get(said) }{ ")" }</span>
        </li>
    }
}
