//! Long strings that make estimators slow, though nobody means harm: a pasted key, a held key, a passphrase.

use super::random::Random;
use super::sample::{DIGITS, LOWER_AND_DIGITS, Maker, PRINTABLE, SEED};

const SYMBOLS: &str = "!@#$%^&*()-_=+[]{};:,.<>?/|~";
const LEET_SYMBOLS: &str = "4@8({[<3691!|0$5+7%2";

/// The strings of one length, each with its kind.
pub(super) fn hostile(lists: &[Vec<String>], length: usize) -> Vec<(String, String)> {
    let mut maker = Maker { random: Random::new(SEED + length as u64), lists };
    let mut words = |leet: bool| {
        let mut text = String::new();
        while text.len() < length {
            text.push_str(&if leet { maker.leet() } else { maker.word() });
        }
        text.chars().take(length).collect::<String>()
    };
    let (plain, leet) = (words(false), words(true));
    let random = &mut maker.random;
    let mut set = vec![("words", plain), ("l33t words", leet)];
    for _ in 0..3 {
        set.push(("random", random.text(PRINTABLE, length)));
    }
    set.push(("l33t symbols", random.text(LEET_SYMBOLS, length)));
    set.push(("l33t symbols and letters", random.text("4@8(3691!|0$5+7%2aeiostlgzbcx", length)));
    set.push(("symbols", random.text(SYMBOLS, length)));
    set.push(("digits", random.text(DIGITS, length)));
    set.push(("lower case and digits", random.text(LOWER_AND_DIGITS, length)));
    set.push(("one character", "a".repeat(length)));
    set.push(("one digit", "1".repeat(length)));
    set.push(("ab1", "ab1".repeat(length).chars().take(length).collect()));
    set.push(("two halves", random.text(LOWER_AND_DIGITS, length / 2).repeat(2)));
    set.push(("walks", "qwertyuiop1qaz2wsx".repeat(length).chars().take(length).collect()));
    set.into_iter().map(|(kind, text)| (kind.to_owned(), text)).collect()
}

#[cfg(test)]
mod tests {
    use super::hostile;

    #[test]
    fn hostile_strings_have_exactly_their_length() {
        let lists = [vec!["password".to_owned(), "monkey".to_owned()]];
        for length in [100, 256] {
            assert!(hostile(&lists, length).iter().all(|(_, text)| text.chars().count() == length));
        }
    }
}
