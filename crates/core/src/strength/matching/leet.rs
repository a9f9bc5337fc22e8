//! Digits and signs that stand for letters (l33t).

use crate::strength::{fold::Unit, guesses::choices_up_to};

/// The letters that a sign may stand for (zxcvbn's table).
pub(super) fn readings(sign: char) -> &'static str {
    match sign {
        '4' | '@' => "a",
        '8' => "b",
        '(' | '{' | '[' | '<' => "c",
        '3' => "e",
        '6' | '9' => "g",
        '!' => "i",
        '1' | '|' => "il",
        '0' => "o",
        '$' | '5' => "s",
        '+' => "t",
        '7' => "lt",
        '%' => "x",
        '2' => "z",
        _ => "",
    }
}

/// Whether signs were read as letters, and how many ways there are to write a word with as many of them: for each
/// pair of sign and letter, the ways to choose which of the letters are replaced, at least 2. `None` for a single
/// sign, which is no word. `letters` is how the characters of `token` were read.
///
/// Without `differs` only what zxcvbn can read counts: one sign a letter and one letter a sign.
pub(super) fn variations(token: &[Unit], letters: &[char], differs: bool) -> Option<(bool, f64)> {
    let pairs = || token.iter().zip(letters);
    let mut variations = 1.0;
    let mut substituted = false;
    for (at, (unit, letter)) in pairs().enumerate() {
        if unit.letter == *letter {
            continue;
        }
        substituted = true;
        let same = |(other, read): &(&Unit, &char)| other.plain == unit.plain && *read == letter;
        if pairs().take(at).any(|pair| same(&pair)) {
            continue;
        }
        let signs = pairs().filter(same).count();
        let plain = token.iter().filter(|other| other.letter == *letter).count();
        variations *= if plain == 0 { 2.0 } else { choices_up_to(signs + plain, signs.min(plain)) };
        let other = |(other, read): (&Unit, &char)| {
            (other.plain == unit.plain) != (read == letter)
                && (other.letter != *read || other.plain == unit.plain)
        };
        if !differs && pairs().any(other) {
            return None;
        }
    }
    (!substituted || token.len() > 1).then_some((substituted, variations))
}

#[cfg(test)]
mod tests {
    use super::{readings, variations};
    use crate::strength::fold::units;

    fn ways(written: &str, word: &str) -> Option<(bool, f64)> {
        variations(&units(written), &word.chars().collect::<Vec<_>>(), true)
    }

    #[test]
    fn every_pair_of_sign_and_letter_has_its_ways() {
        assert_eq!(ways("password", "password"), Some((false, 1.0)));
        assert_eq!(ways("p4ssword", "password"), Some((true, 2.0)));
        assert_eq!(ways("p@ssw0rd", "password"), Some((true, 4.0)));
        assert_eq!(ways("b4nana", "banana"), Some((true, 3.0)));
        assert_eq!(ways("3ge11ng", "egeling"), Some((true, 8.0)));
        assert_eq!(ways("4", "a"), None);
    }

    #[test]
    fn what_zxcvbn_cannot_read_is_told_apart() {
        let zxcvbn =
            |written, word: &str| variations(&units(written), &word.chars().collect::<Vec<_>>(), false);
        assert_eq!(zxcvbn("3ge11ng", "egeling"), None);
        assert_eq!(zxcvbn("b4n@na", "banana"), None);
        assert_eq!(zxcvbn("p4ssw0rd", "password"), Some((true, 4.0)));
    }

    #[test]
    fn letters_stand_for_themselves() {
        assert!(('a'..='z').all(|letter| readings(letter).is_empty()));
    }
}
