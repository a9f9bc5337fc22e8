//! A password that a policy takes, made at random.

use super::{CharacterClass, Known, PasswordPolicy, RuleState, Verdict, characters, classes, evaluate};

/// What suggestions are made of: no letters and digits that are read as others, and symbols that every keyboard has.
const LETTERS: &str = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
const DIGITS: &str = "23456789";
const SYMBOLS: &str = "-_.+=";

/// Characters of a suggestion, where the policy lets it have so many: over 90 bits, far beyond guessing.
const LENGTH: u32 = 16;

/// Suggestions that are made before a policy counts as impossible. A policy that asks for four classes refuses about
/// one in four.
const TRIES: u32 = 200;

/// A password that breaks none of the rules that can be decided here; `None` where there is hardly any such password, or
/// only ones of other characters than ours. `random` gives bytes from a cryptographic generator.
pub fn suggest(policy: &PasswordPolicy, mut random: impl FnMut() -> u8) -> Option<String> {
    let alphabet: Vec<char> = [LETTERS, DIGITS, SYMBOLS]
        .iter()
        .flat_map(|it| it.chars())
        .filter(|c| may_appear(policy, *c))
        .collect();
    let most = [Some(policy.max_length), policy.max_utf16, policy.max_bytes].into_iter().flatten().min()?;
    let length = LENGTH.max(policy.min_length).min(most);
    (0..TRIES).find_map(|_| {
        let made: Option<String> = (0..length).map(|_| pick(&alphabet, &mut random)).collect();
        let made = made?;
        let broken = |it: &Verdict| it.state == RuleState::Unmet;
        (!evaluate(policy, &made, Known::default()).iter().any(broken)).then_some(made)
    })
}

/// Every character with the same chance: bytes beyond the last whole multiple of the alphabet are drawn again.
fn pick(alphabet: &[char], random: &mut impl FnMut() -> u8) -> Option<char> {
    let size = u8::try_from(alphabet.len()).ok().filter(|size| *size > 0)?;
    let fair = u8::MAX - u8::MAX % size;
    // A generator that never gives a fair byte is broken; its suggestion would be worthless.
    let byte = (0..64).map(|_| random()).find(|byte| *byte < fair)?;
    alphabet.get(usize::from(byte % size)).copied()
}

fn may_appear(policy: &PasswordPolicy, c: char) -> bool {
    let unwanted = |class: &CharacterClass| classes::is_of(policy, *class, c);
    !characters::left_out(policy, c)
        && !policy.class_counts.iter().any(|rule| rule.max == Some(0) && unwanted(&rule.class))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{ClassCount, ClassRule, Rule, ServerRule, Violation, violations};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Bytes of a fixed sequence (xorshift), as good as random ones here.
    fn seeded(mut state: u64) -> impl FnMut() -> u8 {
        move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        }
    }

    #[test]
    fn both_ready_policies_get_one_of_sixteen_characters() {
        for policy in [PasswordPolicy::nist(), PasswordPolicy::composition()] {
            let made = suggest(&policy, seeded(7)).expect("a suggestion");
            assert_eq!(made.chars().count(), 16, "{made}");
        }
    }

    #[test]
    fn suggestions_differ_and_use_the_whole_alphabet() {
        let (policy, mut random) = (PasswordPolicy::composition(), seeded(11));
        let made: BTreeSet<String> = (0..500).filter_map(|_| suggest(&policy, &mut random)).collect();
        assert_eq!(made.len(), 500);
        let used: BTreeSet<char> = made.iter().flat_map(|it| it.chars()).collect();
        assert_eq!(used.len(), LETTERS.len() + DIGITS.len() + SYMBOLS.len());
    }

    #[test]
    fn a_store_that_takes_few_characters_gets_few() {
        let policy = PasswordPolicy { max_length: 12, ..PasswordPolicy::composition() };
        assert_eq!(suggest(&policy, seeded(3)).map(|it| it.len()), Some(12));
        let policy = PasswordPolicy { min_length: 30, ..PasswordPolicy::nist() };
        assert_eq!(suggest(&policy, seeded(3)).map(|it| it.len()), Some(30));
    }

    #[test]
    fn what_cannot_be_met_gets_none() {
        let policy = PasswordPolicy { allowed_characters: Some("日本".into()), ..PasswordPolicy::nist() };
        assert_eq!(suggest(&policy, seeded(3)), None);
        assert_eq!(suggest(&PasswordPolicy::nist(), || 255), None);
    }

    proptest! {
        #[test]
        fn a_suggestion_breaks_no_rule(
            seed in 1..u64::MAX, min in 8..64_u32, at_least in 0..5_u8, digits in 0..4_u32, repeats in 1..4_u32,
            no_symbols in any::<bool>(),
        ) {
            let max = no_symbols.then_some(0);
            let policy = PasswordPolicy {
                min_length: min,
                classes: Some(ClassRule {
                    at_least: at_least.min(4 - u8::from(no_symbols)),
                    of: CharacterClass::FOUR.to_vec(),
                }),
                class_counts: vec![
                    ClassCount { class: CharacterClass::Digit, min: Some(digits), max: None },
                    ClassCount { class: CharacterClass::Symbol, min: None, max },
                ],
                max_repeats: Some(repeats),
                not_first: vec![CharacterClass::Digit],
                ..PasswordPolicy::nist()
            };
            if let Some(made) = suggest(&policy, seeded(seed)) {
                prop_assert_eq!(violations(&policy, &made, Known::default()), Vec::<Violation>::new());
            } else {
                // Only where one character after another must differ over a great length do 200 tries not suffice.
                prop_assert!(repeats == 1 && min > 16 || digits > 2, "{:?}", policy);
            }
        }
    }

    #[test]
    fn rules_of_the_server_are_left_to_it() {
        let mut policy = PasswordPolicy::nist();
        policy.server_rules.push(ServerRule { rule: Rule::Breached, number: 0 });
        assert!(suggest(&policy, seeded(5)).is_some());
    }
}
