//! The password policy as a list that follows what is typed.

use crate::i18n::{Message, Plural, Texts};
use sspr_core::policy::{Rule, RuleState, Verdict, Violation};
use yew::prelude::*;

const MIN_LENGTH: Plural =
    Plural { key: "rule.min-length", one: "At least one character", other: "At least {count} characters" };
const MAX_LENGTH: Plural =
    Plural { key: "rule.max-length", one: "At most one character", other: "At most {count} characters" };
const CLASSES: Plural = Plural {
    key: "rule.classes",
    one: "One of: small letters, capital letters, digits, symbols",
    other: "{count} of: small letters, capital letters, digits, symbols",
};
const FORBIDDEN: Message =
    Message { key: "rule.forbidden", en: "Only letters without accents, digits, spaces and common symbols" };
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
pub fn violation_text(t: &Texts, violation: Violation) -> AttrValue {
    rule_text(t, violation.rule, violation.number)
}

fn rule_text(t: &Texts, rule: Rule, number: u32) -> AttrValue {
    match rule {
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

/// The policy as a list, under an id for the field that it describes. How many rules are missing is announced when
/// that number changes, not with every key. While nothing was typed nothing is missing either.
pub(super) fn rules(t: &Texts, id: &str, verdicts: &[Verdict], untouched: bool) -> Html {
    let missing = verdicts.iter().filter(|it| it.state == RuleState::Unmet).count();
    let missing = u32::try_from(missing).unwrap_or(u32::MAX);
    let title = format!("{id}-title");
    html! {
        <div class="rules" part="rules">
            <p id={title.clone()}>{ t.get(&TITLE) }</p>
            <ul id={id.to_owned()} aria-labelledby={title}>
                { for verdicts.iter().map(|verdict| one(t, *verdict, untouched)) }
            </ul>
            <p class="unseen" role="status">
                { match (untouched, missing) {
                    (true, _) => AttrValue::default(),
                    (false, 0) => t.get(&ALL_MET),
                    (false, missing) => t.count(&LEFT, missing),
                } }
            </p>
        </div>
    }
}

fn one(t: &Texts, verdict: Verdict, untouched: bool) -> Html {
    let (state, said) = match verdict.state {
        RuleState::OnServer => ("server", &ON_SERVER),
        _ if untouched => ("open", &UNMET),
        RuleState::Met => ("met", &MET),
        RuleState::Unmet => ("unmet", &UNMET),
    };
    html! {
        <li data-state={state}>
            { rule_text(t, verdict.rule, verdict.number) }
            <span class={if state == "server" { "aside" } else { "unseen" }}>{ " (" }{ t.get(said) }{ ")" }</span>
        </li>
    }
}
