//! What holds for every password and every policy.

use proptest::prelude::*;
use sspr_core::policy::*;
use sspr_core::strength::estimate;

fn policies() -> impl Strategy<Value = PasswordPolicy> {
    let terms = || prop::collection::vec(".{0,6}", 0..4);
    let rule = prop::sample::select(Rule::ALL).prop_map(|rule| ServerRule { rule, number: 1 });
    let classes = (0..6u8, prop::collection::vec(prop::sample::select(CharacterClass::ALL), 0..5));
    let numbers = (
        any::<u8>(),
        any::<u8>(),
        prop::option::of(0..5u32),
        prop::option::of(0..5u32),
        prop::option::of(0..6u8),
    );
    let lists = (terms(), terms(), prop::collection::vec(rule, 0..4));
    let kinds = (prop::option::of(classes), prop::sample::select(AllowedCharacters::ALL));
    (numbers, lists, kinds).prop_map(
        |(n, (banned_terms, personal_terms, server_rules), (classes, allowed))| PasswordPolicy {
            min_length: n.0.into(),
            max_length: n.1.into(),
            classes: classes.map(|(at_least, of)| ClassRule { at_least, of }),
            allowed,
            max_repeats: n.2,
            max_sequence: n.3,
            banned_terms,
            personal_terms,
            min_strength: n.4,
            server_rules,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn evaluate_and_violations_agree(policy in policies(), password in any::<String>()) {
        let verdicts = evaluate(&policy, &password);
        let unmet: Vec<_> = verdicts.iter().filter(|v| v.state == RuleState::Unmet).map(|v| (v.rule, v.number)).collect();
        let violations: Vec<_> = violations(&policy, &password).iter().map(|v| (v.rule, v.number)).collect();
        prop_assert_eq!(unmet, violations);
        for (at, verdict) in verdicts.iter().enumerate() {
            prop_assert!(verdicts[at + 1..].iter().all(|other| other.rule != verdict.rule));
        }
        prop_assert!(policy.password_rules().starts_with("minlength: "));
    }

    #[test]
    fn more_characters_never_break_the_least_length(password in any::<String>(), suffix in any::<String>(), min_length in 0..60u32) {
        let policy = PasswordPolicy { min_length, ..PasswordPolicy::nist() };
        let short = |password: &str| violations(&policy, password).iter().any(|v| v.rule == Rule::MinLength);
        prop_assert!(short(&password) || !short(&(password.clone() + &suffix)));
    }

    #[test]
    fn a_strength_is_sound_and_the_same_every_time(password in any::<String>(), inputs in prop::collection::vec(".{0,9}", 0..4)) {
        let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
        let strength = estimate(&password, &inputs);
        prop_assert!(strength.score <= 4 && strength.log10_guesses.is_finite() && strength.log10_guesses >= 0.0);
        prop_assert_eq!(strength, estimate(&password, &inputs));
    }

    #[test]
    fn a_password_made_of_the_persons_words_is_weak(first in "[a-z]{3,9}", last in "[A-Z]{3,9}") {
        let joined = first.clone() + &last;
        prop_assert!(estimate(&joined, &[&first, &last]).score <= 1);
    }

    #[test]
    fn personal_terms_have_three_characters_or_more(identifier in any::<String>(), name in any::<String>()) {
        prop_assert!(personal_terms(&[&identifier], Some(&name)).iter().all(|term| term.chars().count() >= 3));
    }
}
