//! Every rule of a policy, decided for one password.

use super::{
    AllowedCharacters, PasswordPolicy, Rule, Violation, banned, characters, classes, length, personal, runs,
};
use crate::strength;

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

/// A rule and how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which.
    pub rule: Rule,
    /// The rule's number, as in [`Violation::number`].
    pub number: u32,
    /// Met, unmet or left to the server.
    pub state: RuleState,
}

/// Decides every rule of the policy, in the order to display. A rule that the policy does not have is not
/// listed; that control characters are refused is listed only when it happens. The password is in NFC.
///
/// Rules that the server decides come last. One that is decided here too (a banned list of which the browser
/// knows a part) is listed once: unmet if it is unmet here, else left to the server.
pub fn evaluate(policy: &PasswordPolicy, password: &str) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let mut decide = |rule, number, met| {
        let state = if met { RuleState::Met } else { RuleState::Unmet };
        verdicts.push(Verdict { rule, number, state });
    };
    let length = length::length(password);
    decide(Rule::MinLength, policy.min_length, length >= policy.min_length);
    decide(Rule::MaxLength, policy.max_length, length <= policy.max_length);
    if let Some(rule) = &policy.classes {
        decide(Rule::CharacterClasses, u32::from(rule.at_least), classes::enough(rule, password));
    }
    let allowed = characters::all_allowed(policy.allowed, password);
    if policy.allowed != AllowedCharacters::Any || !allowed {
        decide(Rule::ForbiddenCharacters, 0, allowed);
    }
    if let Some(max) = policy.max_repeats {
        decide(Rule::Repeated, max, runs::longest_repeat(password) <= max);
    }
    if let Some(max) = policy.max_sequence {
        decide(Rule::Sequence, max, runs::longest_sequence(password) <= max);
    }
    if !policy.personal_terms.is_empty() {
        decide(Rule::TooSimilar, 0, !personal::contains_a_term(&policy.personal_terms, password));
    }
    if !policy.banned_terms.is_empty() {
        decide(Rule::BannedWord, 0, banned::enough_left(&policy.banned_terms, password));
    }
    if let Some(least) = policy.min_strength {
        let inputs: Vec<&str> =
            policy.personal_terms.iter().chain(&policy.banned_terms).map(String::as_str).collect();
        let strong = strength::estimate(password, &inputs).score >= least.min(4);
        decide(Rule::TooGuessable, u32::from(least), strong);
    }
    for rule in &policy.server_rules {
        match verdicts.iter_mut().find(|verdict| verdict.rule == rule.rule) {
            Some(known) if known.state == RuleState::Unmet => {}
            Some(known) => known.state = RuleState::OnServer,
            None => {
                verdicts.push(Verdict { rule: rule.rule, number: rule.number, state: RuleState::OnServer })
            }
        }
    }
    verdicts
}

/// The rules that the password breaks, as far as it can be told here, in the order to display.
pub fn violations(policy: &PasswordPolicy, password: &str) -> Vec<Violation> {
    evaluate(policy, password)
        .into_iter()
        .filter(|verdict| verdict.state == RuleState::Unmet)
        .map(|verdict| Violation { rule: verdict.rule, number: verdict.number })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{RuleState, evaluate, violations};
    use crate::policy::{PasswordPolicy, Rule, ServerRule};

    fn broken(policy: &PasswordPolicy, password: &str) -> Vec<Rule> {
        violations(policy, password).into_iter().map(|violation| violation.rule).collect()
    }

    #[test]
    fn length_is_counted_in_code_points() {
        let policy = PasswordPolicy { min_length: 3, max_length: 4, ..PasswordPolicy::nist() };
        assert_eq!(broken(&policy, "日本"), [Rule::MinLength]);
        assert!(broken(&policy, "日本語🔑").is_empty());
        assert_eq!(broken(&policy, "abcde"), [Rule::MaxLength]);
    }

    #[test]
    fn the_composition_policy_refuses_what_entra_refuses() {
        let policy = PasswordPolicy::composition();
        assert!(broken(&policy, "Correct horse").is_empty());
        assert_eq!(broken(&policy, "correct horse"), [Rule::CharacterClasses]);
        assert_eq!(broken(&policy, "Pässword1!"), [Rule::ForbiddenCharacters]);
    }

    #[test]
    fn every_rule_is_listed_once_in_the_order_to_display() {
        let server = |rule, number| ServerRule { rule, number };
        let policy = PasswordPolicy {
            max_repeats: Some(2),
            max_sequence: Some(3),
            personal_terms: vec!["adele".into()],
            banned_terms: vec!["contoso".into()],
            min_strength: Some(4),
            server_rules: vec![server(Rule::BannedWord, 0), server(Rule::InHistory, 24)],
            ..PasswordPolicy::composition()
        };
        let listed: Vec<_> = evaluate(&policy, "aaAdele1234").iter().map(|v| (v.rule, v.state)).collect();
        assert_eq!(
            listed,
            [
                (Rule::MinLength, RuleState::Met),
                (Rule::MaxLength, RuleState::Met),
                (Rule::CharacterClasses, RuleState::Met),
                (Rule::ForbiddenCharacters, RuleState::Met),
                (Rule::Repeated, RuleState::Met),
                (Rule::Sequence, RuleState::Unmet),
                (Rule::TooSimilar, RuleState::Unmet),
                (Rule::BannedWord, RuleState::OnServer),
                (Rule::TooGuessable, RuleState::Unmet),
                (Rule::InHistory, RuleState::OnServer),
            ]
        );
    }

    #[test]
    fn a_rule_broken_here_stays_broken_when_the_server_decides_it_too() {
        let policy = PasswordPolicy {
            banned_terms: vec!["contoso".into()],
            server_rules: vec![ServerRule { rule: Rule::BannedWord, number: 0 }],
            ..PasswordPolicy::composition()
        };
        assert_eq!(broken(&policy, "Contoso!1"), [Rule::BannedWord]);
    }
}
