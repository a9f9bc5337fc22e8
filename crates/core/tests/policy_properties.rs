//! What holds for every password and every policy.

use proptest::prelude::*;
use sspr_core::policy::*;

fn terms() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(".{0,6}", 0..4)
}

fn classes() -> impl Strategy<Value = Vec<CharacterClass>> {
    prop::collection::vec(prop::sample::select(CharacterClass::ALL), 0..4)
}

fn number() -> impl Strategy<Value = Option<u32>> {
    prop::option::of(prop_oneof![0..6_u32, any::<u32>()])
}

fn lists() -> impl Strategy<Value = Vec<TermList>> {
    let folds = prop::option::of(prop::collection::vec(prop::sample::select(Fold::ALL), 0..4));
    let list = (terms(), prop::sample::select(Matching::ALL), number(), folds);
    let list =
        list.prop_map(|(terms, matching, min_term, folds)| TermList { terms, matching, min_term, folds });
    prop::collection::vec(list, 0..3)
}

fn policies() -> impl Strategy<Value = PasswordPolicy> {
    let rule = prop::sample::select(Rule::ALL).prop_map(|rule| ServerRule { rule, number: 1 });
    let count = (prop::sample::select(CharacterClass::ALL), number(), number())
        .prop_map(|(class, min, max)| ClassCount { class, min, max });
    let pattern = (r"[abA1.\\dw^$|()\[\]*+?-]{0,8}", any::<bool>()).prop_map(|(pattern, must)| PatternRule {
        pattern,
        must,
        text: None,
    });
    let numbers = (any::<u8>(), any::<u8>(), prop::collection::vec(number(), 8), prop::option::of(0..6_u8));
    let of_terms = (terms(), terms(), lists(), prop::option::of(prop::sample::select(PersonalMatch::ALL)));
    let of_classes = (
        prop::option::of((0..6_u8, classes())),
        prop::collection::vec(count, 0..4),
        classes(),
        classes(),
        prop::collection::vec(rule, 0..4),
        prop::collection::vec(pattern, 0..3),
    );
    let characters = (
        prop::sample::select(AllowedCharacters::ALL),
        prop::option::of("[ -~é]{0,40}"),
        prop::option::of("[ -~é]{0,60}"),
        prop::option::of("[ -~é]{0,20}"),
    );
    (numbers, of_terms, of_classes, characters).prop_map(|(n, terms, classes, characters)| PasswordPolicy {
        min_length: n.0.into(),
        max_length: n.1.into(),
        max_utf16: n.2[0],
        max_bytes: n.2[1],
        classes: classes.0.map(|(at_least, of)| ClassRule { at_least, of }),
        class_counts: classes.1,
        symbols: characters.1,
        allowed: characters.0,
        allowed_characters: characters.2,
        forbidden_characters: characters.3,
        not_first: classes.2,
        not_last: classes.3,
        min_distinct: n.2[2],
        max_occurrences: n.2[3],
        max_repeats: n.2[4],
        max_sequence: n.2[5],
        max_keyboard_walk: n.2[6],
        forbidden_terms: terms.2,
        banned_terms: terms.0,
        personal_terms: terms.1,
        personal_match: terms.3,
        min_changed: n.2[7],
        min_strength: n.3,
        breached_range: None,
        patterns: classes.5,
        server_rules: classes.4,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn each_rule_is_listed_once_always_in_the_same_order_and_the_violations_are_the_unmet(
        policy in policies(), password in any::<String>(), other in any::<String>(),
        current in prop::option::of(any::<String>()), strength in prop::option::of(0..5_u8),
        breached in any::<Option<bool>>(),
    ) {
        let known = Known { current: current.as_deref(), strength, breached };
        let verdicts = evaluate(&policy, &password, known);
        prop_assert_eq!(&verdicts, &evaluate(&policy, &password, known));
        for (at, verdict) in verdicts.iter().enumerate() {
            let what = |it: &Verdict| (it.rule, it.class, if it.rule == Rule::Pattern { it.number } else { 0 });
            let again = verdicts[at + 1..].iter().any(|it| what(it) == what(verdict));
            prop_assert!(!again, "{:?} twice", verdict);
        }
        let unmet: Vec<Violation> = verdicts.iter().filter(|it| it.state == RuleState::Unmet)
            .map(|it| Violation { rule: it.rule, number: it.number, class: it.class }).collect();
        prop_assert_eq!(unmet, violations(&policy, &password, known));
        // Only what is refused silently until it happens may come and go with the password.
        let steady = |password: &str| -> Vec<(Rule, Option<CharacterClass>)> {
            let comes_and_goes = |rule| matches!(rule, Rule::ForbiddenCharacters | Rule::SameAsCurrent);
            let listed = evaluate(&policy, password, known).into_iter().map(|it| (it.rule, it.class));
            listed.filter(|it| !comes_and_goes(it.0)).collect()
        };
        prop_assert_eq!(steady(&password), steady(&other));
    }

    #[test]
    fn a_span_is_a_part_of_the_password_and_told_only_of_what_is_unmet(policy in policies(), password in "(.{0,3}|aaa|abc|qwe){0,9}") {
        let length = password.chars().count() as u32;
        for verdict in evaluate(&policy, &password, Known::default()) {
            if let Some(span) = verdict.span {
                prop_assert!(span.from <= span.to && span.to <= length, "{:?} of {}", verdict, length);
                prop_assert_eq!(verdict.state, RuleState::Unmet);
            }
        }
    }

    #[test]
    fn password_managers_can_read_every_policy(policy in policies()) {
        let text = policy.password_rules();
        let rules = password_rules_parser::parse_password_rules(&text, true);
        prop_assert!(rules.is_ok(), "{}: {:?}", text, rules);
    }

    #[test]
    fn more_characters_never_break_the_least_length(password in any::<String>(), suffix in any::<String>(), min_length in 0..60_u32) {
        let policy = PasswordPolicy { min_length, ..PasswordPolicy::nist() };
        let short = |password: &str| {
            violations(&policy, password, Known::default()).iter().any(|it| it.rule == Rule::MinLength)
        };
        prop_assert!(short(&password) || !short(&(password.clone() + &suffix)));
    }

    #[test]
    fn personal_terms_have_three_characters_or_more(
        matching in prop::sample::select(PersonalMatch::ALL), identifier in any::<String>(), name in any::<String>(),
    ) {
        let terms = personal_terms(matching, &[&identifier], Some(&name));
        prop_assert!(terms.iter().all(|term| term.chars().count() >= 3));
    }
}
