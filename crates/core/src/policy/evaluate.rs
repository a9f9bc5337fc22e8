//! Every rule of a policy, decided for one password.

use super::{
    AllowedCharacters, CharacterClass, PasswordPolicy, PersonalMatch, Rule, Violation, banned, characters,
    classes, current, forbidden, keyboard,
    length::{self, count},
    pattern::Pattern,
    personal,
    repeats::{self, Run},
    terms::LOOKED_AT,
};
use RuleState::{Met, OnServer, Unmet};

/// How a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleState {
    /// The password meets it.
    Met,
    /// The password breaks it.
    Unmet,
    /// Only the server can tell.
    OnServer,
}

/// A part of the password, in code points: from the first of them up to, not including, the last number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first character.
    pub from: u32,
    /// The character after its last.
    pub to: u32,
}

/// A rule and how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which.
    pub rule: Rule,
    /// The rule's number, as in [`Violation::number`].
    pub number: u32,
    /// The class of characters that it is about, where it is about one.
    pub class: Option<CharacterClass>,
    /// Met, unmet or left to the server.
    pub state: RuleState,
    /// The part of the password that breaks it, where one part does.
    pub span: Option<Span>,
}

impl Verdict {
    /// Of patterns each is a rule of its own.
    fn is_same_rule(&self, other: &Self) -> bool {
        let same = (self.rule, self.class) == (other.rule, other.class);
        same && (self.rule != Rule::Pattern || self.number == other.number)
    }
}

/// What else is known when a password is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known<'a> {
    /// The current password in NFC, where a form asks for it. Without it, rules about it are left to the server.
    pub current: Option<&'a str>,
    /// The password's strength, 0 to 4. Without it, a least strength is left to the server.
    pub strength: Option<u8>,
    /// Whether the password is on the list of leaked ones. Without it, that is left to the server.
    pub breached: Option<bool>,
}

#[derive(Default)]
struct Verdicts(Vec<Verdict>);

impl Verdicts {
    /// Lists a rule, or what is worse about one that is listed: unmet before left to the server before met.
    fn put(&mut self, new: Verdict) {
        match self.0.iter_mut().find(|known| known.is_same_rule(&new)) {
            None => self.0.push(new),
            Some(known) if known.state == Unmet || new.state == Met => {}
            Some(known) if new.state == OnServer => known.state = OnServer,
            Some(known) => *known = new,
        }
    }

    fn decide(&mut self, rule: Rule, number: u32, met: bool) {
        let state = if met { Met } else { Unmet };
        self.put(Verdict { rule, number, class: None, state, span: None });
    }

    fn class(&mut self, rule: Rule, class: CharacterClass, number: u32, met: bool) {
        let state = if met { Met } else { Unmet };
        self.put(Verdict { rule, number, class: Some(class), state, span: None });
    }

    /// A rule that is broken by a part of the password.
    fn part(&mut self, rule: Rule, number: u32, broken: Option<(usize, usize)>) {
        let span = broken.map(|(from, to)| Span { from: count(from), to: count(to) });
        let state = if span.is_none() { Met } else { Unmet };
        self.put(Verdict { rule, number, class: None, state, span });
    }

    fn at_most(&mut self, rule: Rule, most: Option<u32>, found: u32) {
        if let Some(most) = most {
            self.decide(rule, most, found <= most);
        }
    }

    fn longest(&mut self, rule: Rule, most: Option<u32>, find: fn(&[char]) -> Run, password: &[char]) {
        if let Some(most) = most {
            let run = find(password);
            let broken = count(run.length) > most;
            self.part(rule, most, broken.then_some((run.from, run.from + run.length)));
        }
    }

    fn end(&mut self, rule: Rule, c: Option<&char>, classes: &[CharacterClass], policy: &PasswordPolicy) {
        for class in classes {
            self.class(rule, *class, 0, c.is_none_or(|c| !classes::is_of(policy, *class, *c)));
        }
    }
}

/// Decides every rule of the policy, in the order to display. A rule that the policy does not have is not
/// listed; that control characters are refused is listed only when it happens. The password is in NFC.
///
/// A rule is listed once, one about a class once for each class; the strictest of several numbers that are unmet
/// stays. Rules that the server decides come last. One that is decided here too (a banned list of which the browser
/// knows a part) is listed once: unmet if it is unmet here, else left to the server.
pub fn evaluate(policy: &PasswordPolicy, password: &str, known: Known<'_>) -> Vec<Verdict> {
    let characters: Vec<char> = password.chars().collect();
    let mut verdicts = Verdicts::default();
    let length = count(characters.len());
    verdicts.decide(Rule::MinLength, policy.min_length, length >= policy.min_length);
    verdicts.decide(Rule::MaxLength, policy.max_length, length <= policy.max_length);
    verdicts.at_most(Rule::MaxUtf16, policy.max_utf16, length::utf16(password));
    verdicts.at_most(Rule::MaxBytes, policy.max_bytes, length::bytes(password));
    of_characters(&mut verdicts, policy, &characters);
    of_runs(&mut verdicts, policy, &characters[..characters.len().min(LOOKED_AT)]);
    of_terms(&mut verdicts, policy, &characters);
    of_the_known(&mut verdicts, policy, password, &characters, known);
    for rule in &policy.server_rules {
        let state = match (rule.rule, known.breached) {
            (Rule::Breached, Some(true)) => Unmet,
            (Rule::Breached, Some(false)) => Met,
            _ => OnServer,
        };
        verdicts.put(Verdict { rule: rule.rule, number: rule.number, class: None, state, span: None });
    }
    verdicts.0
}

fn of_characters(verdicts: &mut Verdicts, policy: &PasswordPolicy, password: &[char]) {
    if let Some(rule) = &policy.classes {
        let met = classes::enough(policy, rule, password);
        verdicts.decide(Rule::CharacterClasses, rule.at_least.into(), met);
    }
    for rule in &policy.class_counts {
        let found = count(classes::count(policy, rule.class, password));
        if let Some(min) = rule.min {
            verdicts.class(Rule::ClassMin, rule.class, min, found >= min);
        }
        if let Some(max) = rule.max {
            verdicts.class(Rule::ClassMax, rule.class, max, found <= max);
        }
    }
    let one = |at: usize| (at, at + 1);
    let forbidden = characters::forbidden(policy.allowed, password).map(one);
    if policy.allowed != AllowedCharacters::Any || forbidden.is_some() {
        verdicts.part(Rule::ForbiddenCharacters, 0, forbidden);
    }
    if policy.allowed_characters.is_some() || policy.forbidden_characters.is_some() {
        let left_out = password.iter().position(|c| characters::left_out(policy, *c));
        verdicts.part(Rule::CharacterList, 0, left_out.map(one));
    }
    verdicts.end(Rule::FirstCharacter, password.first(), &policy.not_first, policy);
    verdicts.end(Rule::LastCharacter, password.last(), &policy.not_last, policy);
}

fn of_runs(verdicts: &mut Verdicts, policy: &PasswordPolicy, password: &[char]) {
    let (distinct, most) = repeats::variety(password);
    if let Some(min) = policy.min_distinct {
        verdicts.decide(Rule::Distinct, min, count(distinct) >= min);
    }
    verdicts.at_most(Rule::TooOften, policy.max_occurrences, count(most));
    verdicts.longest(Rule::Repeated, policy.max_repeats, repeats::longest_repeat, password);
    verdicts.longest(Rule::Sequence, policy.max_sequence, repeats::longest_sequence, password);
    verdicts.longest(Rule::KeyboardWalk, policy.max_keyboard_walk, keyboard::longest_walk, password);
}

fn of_terms(verdicts: &mut Verdicts, policy: &PasswordPolicy, password: &[char]) {
    if !policy.personal_terms.is_empty() {
        let matching = policy.personal_match.unwrap_or(PersonalMatch::Folded);
        verdicts.part(Rule::TooSimilar, 0, personal::found(matching, &policy.personal_terms, password));
    }
    for list in &policy.forbidden_terms {
        verdicts.part(Rule::ForbiddenWord, 0, forbidden::found(list, password));
    }
    for (rule, number) in policy.patterns.iter().zip(1..) {
        // One that this program cannot read is the business of the server, which sent it.
        let state = match Pattern::read(&rule.pattern) {
            Ok(pattern) if pattern.is_in(&password[..password.len().min(LOOKED_AT)]) == rule.must => Met,
            Ok(_) => Unmet,
            Err(_) => OnServer,
        };
        verdicts.put(Verdict { rule: Rule::Pattern, number, class: None, state, span: None });
    }
    if !policy.banned_terms.is_empty() {
        verdicts.decide(Rule::BannedWord, 0, banned::enough_left(&policy.banned_terms, password));
    }
}

fn of_the_known(
    verdicts: &mut Verdicts,
    policy: &PasswordPolicy,
    password: &str,
    characters: &[char],
    known: Known<'_>,
) {
    let undecided = |rule, number| Verdict { rule, number, class: None, state: OnServer, span: None };
    if let Some(min) = policy.min_changed {
        match known.current {
            Some(old) => {
                verdicts.decide(Rule::TooLikeCurrent, min, count(current::distance(old, characters)) >= min);
            }
            None => verdicts.put(undecided(Rule::TooLikeCurrent, min)),
        }
    }
    if known.current == Some(password) {
        verdicts.decide(Rule::SameAsCurrent, 0, false);
    }
    if let Some(least) = policy.min_strength {
        match known.strength {
            Some(strength) => verdicts.decide(Rule::TooGuessable, least.into(), strength >= least.min(4)),
            None => verdicts.put(undecided(Rule::TooGuessable, least.into())),
        }
    }
}

/// The rules that the password breaks, as far as it can be told here, in the order to display.
pub fn violations(policy: &PasswordPolicy, password: &str, known: Known<'_>) -> Vec<Violation> {
    evaluate(policy, password, known)
        .into_iter()
        .filter(|verdict| verdict.state == Unmet)
        .map(|verdict| Violation { rule: verdict.rule, number: verdict.number, class: verdict.class })
        .collect()
}

#[cfg(test)]
#[path = "evaluate_tests.rs"]
mod tests;
