//! Character classes: how many of the listed ones a password has.

use super::{CharacterClass, ClassRule};

/// The class of a character. Letters without case and the space are symbols, digits are the ASCII ones.
fn class(c: char) -> CharacterClass {
    if c.is_ascii_digit() {
        CharacterClass::Digit
    } else if c.is_lowercase() {
        CharacterClass::Lower
    } else if c.is_uppercase() {
        CharacterClass::Upper
    } else {
        CharacterClass::Symbol
    }
}

/// Whether enough classes are present. A class that is listed twice counts once.
pub(super) fn enough(rule: &ClassRule, password: &str) -> bool {
    let present =
        |wanted: &&CharacterClass| rule.of.contains(wanted) && password.chars().any(|c| class(c) == **wanted);
    CharacterClass::ALL.iter().filter(present).count() >= usize::from(rule.at_least)
}

#[cfg(test)]
mod tests {
    use super::enough;
    use crate::policy::{CharacterClass, ClassRule};

    #[test]
    fn three_of_four_are_counted_and_the_space_is_a_symbol() {
        let rule = ClassRule { at_least: 3, of: CharacterClass::ALL.to_vec() };
        assert!(enough(&rule, "aB3"));
        assert!(enough(&rule, "aB "));
        assert!(!enough(&rule, "ab3"));
    }

    #[test]
    fn a_class_listed_twice_counts_once() {
        let rule = ClassRule { at_least: 2, of: vec![CharacterClass::Lower, CharacterClass::Lower] };
        assert!(!enough(&rule, "aB3!"));
    }
}
