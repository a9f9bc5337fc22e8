//! One policy after the other: what is listed, how it stands, and where.

use super::*;
use crate::policy::{CharacterClass::*, ClassCount, Matching, PatternRule, ServerRule, TermList};

fn broken(policy: &PasswordPolicy, password: &str) -> Vec<Rule> {
    violations(policy, password, Known::default()).into_iter().map(|violation| violation.rule).collect()
}

/// Any password of any length, unless the rest says otherwise.
fn lax() -> PasswordPolicy {
    PasswordPolicy { min_length: 0, ..PasswordPolicy::nist() }
}

#[test]
fn length_is_counted_in_code_points() {
    let policy = PasswordPolicy { min_length: 3, max_length: 4, ..lax() };
    assert_eq!(broken(&policy, "日本"), [Rule::MinLength]);
    assert!(broken(&policy, "日本語🔑").is_empty());
    assert_eq!(broken(&policy, "abcde"), [Rule::MaxLength]);
}

#[test]
fn a_most_length_can_count_what_the_store_counts() {
    let policy = PasswordPolicy { max_utf16: Some(4), max_bytes: Some(8), ..lax() };
    assert!(broken(&policy, "🔑🔑").is_empty());
    assert_eq!(broken(&policy, "🔑🔑🔑"), [Rule::MaxUtf16, Rule::MaxBytes]);
    assert_eq!(broken(&policy, "日本語"), [Rule::MaxBytes]);
}

#[test]
fn the_composition_policy_refuses_what_entra_refuses() {
    let policy = PasswordPolicy::composition();
    assert!(broken(&policy, "Correct horse").is_empty());
    assert_eq!(broken(&policy, "correct horse"), [Rule::CharacterClasses]);
    assert_eq!(broken(&policy, "Pässword1!"), [Rule::ForbiddenCharacters]);
}

#[test]
fn nist_asks_for_fifteen_characters_or_eight_with_a_second_factor() {
    let (alone, with_mfa) = (PasswordPolicy::nist(), PasswordPolicy::nist_with_mfa());
    for (length, refused_alone, refused_with_mfa) in [(7, true, true), (8, true, false), (15, false, false)] {
        let password = "é".repeat(length);
        assert_eq!(!broken(&alone, &password).is_empty(), refused_alone);
        assert_eq!(!broken(&with_mfa, &password).is_empty(), refused_with_mfa);
    }
}

#[test]
fn a_class_has_a_fewest_and_a_most_of_its_own() {
    let count = |class, min, max| ClassCount { class, min, max };
    let policy = PasswordPolicy {
        class_counts: vec![count(Digit, Some(2), Some(3)), count(Letter, Some(1), None)],
        ..lax()
    };
    let found = |password| violations(&policy, password, Known::default());
    let violation = |rule, number, class| Violation { rule, number, class: Some(class) };
    assert_eq!(found("a12"), []);
    assert_eq!(found("1日"), [violation(Rule::ClassMin, 2, Digit)]);
    assert_eq!(found("1234"), [violation(Rule::ClassMax, 3, Digit), violation(Rule::ClassMin, 1, Letter)]);
}

#[test]
fn neither_end_may_be_of_the_classes_that_the_policy_names() {
    let policy = PasswordPolicy { not_first: vec![Digit, Symbol], not_last: vec![Digit], ..lax() };
    assert_eq!(broken(&policy, "1a"), [Rule::FirstCharacter]);
    assert_eq!(broken(&policy, "!a"), [Rule::FirstCharacter]);
    assert_eq!(broken(&policy, "a1"), [Rule::LastCharacter]);
    assert!(broken(&policy, "a!").is_empty());
    assert!(broken(&policy, "").is_empty());
}

#[test]
fn characters_have_to_differ_and_may_not_come_back_too_often() {
    let policy = PasswordPolicy { min_distinct: Some(3), max_occurrences: Some(2), ..lax() };
    assert!(broken(&policy, "abcab").is_empty());
    assert_eq!(broken(&policy, "abab"), [Rule::Distinct]);
    assert_eq!(broken(&policy, "abcaa"), [Rule::TooOften]);
}

#[test]
fn the_part_that_breaks_a_rule_is_told() {
    let policy = PasswordPolicy {
        max_repeats: Some(2),
        max_sequence: Some(3),
        max_keyboard_walk: Some(3),
        forbidden_characters: Some("<".into()),
        personal_terms: vec!["Zoë".into()],
        forbidden_terms: vec![TermList {
            terms: vec!["lantern".into()],
            matching: Matching::Substring,
            min_term: None,
            folds: None,
        }],
        ..lax()
    };
    let spans = |password| -> Vec<(Rule, u32, u32)> {
        let unmet = evaluate(&policy, password, Known::default());
        unmet.iter().filter_map(|it| it.span.map(|span| (it.rule, span.from, span.to))).collect()
    };
    assert_eq!(spans("日ooo"), [(Rule::Repeated, 1, 4)]);
    assert_eq!(spans("日1234"), [(Rule::Sequence, 1, 5), (Rule::KeyboardWalk, 1, 5)]);
    assert_eq!(spans("日a<"), [(Rule::CharacterList, 2, 3)]);
    assert_eq!(spans("日z0e!Lant3rn"), [(Rule::TooSimilar, 1, 4), (Rule::ForbiddenWord, 5, 12)]);
    assert_eq!(spans("日本語"), []);
}

#[test]
fn rules_about_the_current_password_wait_for_it() {
    let policy = PasswordPolicy {
        min_changed: Some(3),
        server_rules: vec![ServerRule { rule: Rule::SameAsCurrent, number: 0 }],
        ..lax()
    };
    let stand = |current| -> Vec<(Rule, RuleState)> {
        let known = Known { current, ..Known::default() };
        evaluate(&policy, "Winter2026", known).iter().skip(2).map(|it| (it.rule, it.state)).collect()
    };
    assert_eq!(stand(None), [(Rule::TooLikeCurrent, OnServer), (Rule::SameAsCurrent, OnServer)]);
    assert_eq!(stand(Some("Winter2025")), [(Rule::TooLikeCurrent, Unmet), (Rule::SameAsCurrent, OnServer)]);
    assert_eq!(stand(Some("Summer2025")), [(Rule::TooLikeCurrent, Met), (Rule::SameAsCurrent, OnServer)]);
    assert_eq!(stand(Some("Winter2026")), [(Rule::TooLikeCurrent, Unmet), (Rule::SameAsCurrent, Unmet)]);
}

#[test]
fn a_least_strength_waits_for_the_strength() {
    let policy = PasswordPolicy { min_strength: Some(3), ..lax() };
    let state = |strength| evaluate(&policy, "x", Known { strength, ..Known::default() })[2].state;
    assert_eq!([None, Some(2), Some(3)].map(state), [OnServer, Unmet, Met]);
}

#[test]
fn the_list_of_leaked_passwords_decides_where_it_was_asked_and_the_policy_has_the_rule() {
    let policy =
        PasswordPolicy { server_rules: vec![ServerRule { rule: Rule::Breached, number: 0 }], ..lax() };
    let state = |breached| evaluate(&policy, "x", Known { breached, ..Known::default() })[2].state;
    assert_eq!([None, Some(true), Some(false)].map(state), [OnServer, Unmet, Met]);
    let found = Known { breached: Some(true), ..Known::default() };
    assert!(violations(&lax(), "x", found).is_empty());
}

#[test]
fn each_pattern_is_a_rule_of_its_own_and_an_unreadable_one_the_servers() {
    let rule = |pattern: &str, must| PatternRule { pattern: pattern.into(), must, text: None };
    let policy = PasswordPolicy {
        patterns: vec![rule("^[a-z]", true), rule("corp", false), rule("(?=x)", true)],
        ..lax()
    };
    let stand = |password| -> Vec<(u32, RuleState)> {
        let verdicts = evaluate(&policy, password, Known::default());
        verdicts.iter().skip(2).map(|it| (it.number, it.state)).collect()
    };
    assert_eq!(stand("lantern"), [(1, Met), (2, Met), (3, OnServer)]);
    assert_eq!(stand("1corporal"), [(1, Unmet), (2, Unmet), (3, OnServer)]);
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
    let known = Known { strength: Some(1), ..Known::default() };
    let listed: Vec<_> = evaluate(&policy, "aaAdele1234", known).iter().map(|v| (v.rule, v.state)).collect();
    assert_eq!(
        listed,
        [
            (Rule::MinLength, Met),
            (Rule::MaxLength, Met),
            (Rule::CharacterClasses, Met),
            (Rule::ForbiddenCharacters, Met),
            (Rule::Repeated, Met),
            (Rule::Sequence, Unmet),
            (Rule::TooSimilar, Unmet),
            (Rule::BannedWord, OnServer),
            (Rule::TooGuessable, Unmet),
            (Rule::InHistory, OnServer),
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
