//! Character classes: which a character is of, and how many of the listed ones a password has.

use super::{
    CharacterClass::{self, *},
    ClassRule, PasswordPolicy, characters,
};

/// Whether a character is of a class. Letters are Unicode's `Alphabetic`; digits are the ASCII ones.
pub(super) fn is_of(policy: &PasswordPolicy, class: CharacterClass, c: char) -> bool {
    let cased = c.is_lowercase() || c.is_uppercase();
    match class {
        Lower => c.is_lowercase(),
        Upper => c.is_uppercase(),
        Digit => c.is_ascii_digit(),
        Symbol => match &policy.symbols {
            Some(symbols) => characters::has(symbols, c),
            None => !(c.is_ascii_digit() || cased || c.is_alphabetic()),
        },
        OtherLetter => c.is_alphabetic() && !cased,
        Letter => c.is_alphabetic(),
        NonLetter => !c.is_alphabetic(),
    }
}

/// Whether enough classes are present. A class that is listed twice counts once.
pub(super) fn enough(policy: &PasswordPolicy, rule: &ClassRule, password: &[char]) -> bool {
    let present = |wanted: &&CharacterClass| {
        rule.of.contains(wanted) && password.iter().any(|c| is_of(policy, **wanted, *c))
    };
    CharacterClass::ALL.iter().filter(present).count() >= usize::from(rule.at_least)
}

/// Characters of a class.
pub(super) fn count(policy: &PasswordPolicy, class: CharacterClass, password: &[char]) -> usize {
    password.iter().filter(|c| is_of(policy, class, **c)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(policy: &PasswordPolicy, at_least: u8, of: &[CharacterClass], password: &str) -> bool {
        let password: Vec<char> = password.chars().collect();
        enough(policy, &ClassRule { at_least, of: of.to_vec() }, &password)
    }

    #[test]
    fn three_of_four_are_counted_and_the_space_is_a_symbol() {
        let policy = PasswordPolicy::nist();
        assert!(has(&policy, 3, &CharacterClass::FOUR, "aB3"));
        assert!(has(&policy, 3, &CharacterClass::FOUR, "aB "));
        assert!(!has(&policy, 3, &CharacterClass::FOUR, "ab3"));
    }

    #[test]
    fn letters_without_case_are_the_fifth_class_of_active_directory() {
        let policy = PasswordPolicy::nist();
        let five = [Lower, Upper, Digit, Symbol, OtherLetter];
        assert!(has(&policy, 3, &five, "日a1"));
        assert!(!has(&policy, 3, &CharacterClass::FOUR, "日a1"));
    }

    #[test]
    fn a_class_listed_twice_counts_once() {
        assert!(!has(&PasswordPolicy::nist(), 2, &[Lower, Lower], "aB3!"));
    }

    #[test]
    fn what_counts_as_a_symbol_can_be_said() {
        let policy = PasswordPolicy { symbols: Some("!?".into()), ..PasswordPolicy::nist() };
        assert!(has(&policy, 1, &[Symbol], "a!"));
        assert!(!has(&policy, 1, &[Symbol], "a#"));
    }

    #[test]
    fn every_character_is_of_exactly_one_of_the_five_and_a_letter_or_not() {
        let policy = PasswordPolicy::nist();
        for c in (0..0x3_0000).filter_map(char::from_u32) {
            let of = |class: &&CharacterClass| is_of(&policy, **class, c);
            // A few letters and signs, such as ª and Ⓐ, have case without being alphabetic and the other way round;
            // all of them are of one class.
            assert_eq!([Lower, Upper, Digit, Symbol, OtherLetter].iter().filter(of).count(), 1, "{c:?}");
            assert_eq!([Letter, NonLetter].iter().filter(of).count(), 1, "{c:?}");
        }
    }
}
