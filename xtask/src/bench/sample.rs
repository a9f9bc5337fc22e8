//! The passwords of the measurement: made by a seeded script out of zxcvbn's own lists and the ways in which people
//! change words, so that anybody gets the same ones.

use super::random::Random;

pub(super) const SEED: u64 = 20_261_123;
/// How many of each recipe.
const EACH: usize = 180;
/// The lengths that a person types.
const SHORTEST: usize = 4;
const LONGEST: usize = 40;

pub(super) const PRINTABLE: &str =
    "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
pub(super) const LOWER_AND_DIGITS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
pub(super) const DIGITS: &str = "0123456789";
const ROWS: [&str; 8] = [
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1234567890",
    "qazwsxedcrfv",
    "1qaz2wsx3edc",
    "qweasdzxc",
    "poiuytrewq",
];

/// Makes passwords out of ranked lists.
pub(super) struct Maker<'a> {
    pub(super) random: Random,
    pub(super) lists: &'a [Vec<String>],
}

/// The sample, each password once.
pub(super) fn sample<'a>(lists: &'a [Vec<String>]) -> Vec<String> {
    let mut maker = Maker { random: Random::new(SEED), lists };
    let recipes: [fn(&mut Maker<'a>) -> String; 12] = [
        Maker::word,
        Maker::capitals,
        Maker::leet,
        Maker::digits_after,
        Maker::year_after,
        Maker::two_words,
        Maker::passphrase,
        Maker::walk,
        Maker::random_characters,
        Maker::as_people_do,
        Maker::mangled,
        Maker::date_or_run,
    ];
    let mut passwords = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for recipe in recipes {
        let mut made = 0;
        while made < EACH {
            let password = recipe(&mut maker);
            let fits = (SHORTEST..=LONGEST).contains(&password.chars().count());
            if fits && seen.insert(password.clone()) {
                passwords.push(password);
                made += 1;
            }
        }
    }
    passwords
}

impl Maker<'_> {
    /// A word of any list; common ones more often, as with people.
    pub(super) fn word(&mut self) -> String {
        let lists = self.lists;
        let list = self.random.of(lists);
        let at = self.random.below(list.len());
        let common = self.random.below(at + 1);
        list[if self.random.once_in(2) { common } else { at }].clone()
    }

    fn capitals(&mut self) -> String {
        let word = self.word();
        match self.random.below(4) {
            0 => word.to_uppercase(),
            1 => word
                .chars()
                .map(|c| if self.random.once_in(3) { c.to_ascii_uppercase() } else { c })
                .collect(),
            2 => {
                let mut letters: Vec<char> = word.chars().collect();
                if let Some(last) = letters.last_mut() {
                    last.make_ascii_uppercase();
                }
                letters.into_iter().collect()
            }
            _ => capital(&word),
        }
    }

    /// One sign for one letter throughout, as zxcvbn reads it.
    pub(super) fn leet(&mut self) -> String {
        let word = self.word();
        let pairs = [
            ('a', '4'),
            ('a', '@'),
            ('e', '3'),
            ('i', '1'),
            ('i', '!'),
            ('o', '0'),
            ('s', '5'),
            ('s', '$'),
            ('t', '7'),
            ('l', '1'),
            ('g', '9'),
        ];
        let (one, other) = (*self.random.of(&pairs), *self.random.of(&pairs));
        word.chars()
            .map(|c| {
                if c == one.0 {
                    one.1
                } else if c == other.0 && one.1 != other.1 {
                    other.1
                } else {
                    c
                }
            })
            .collect()
    }

    fn digits_after(&mut self) -> String {
        let (word, count) = (self.word(), self.random.between(1, 4));
        word + &self.random.text(DIGITS, count)
    }

    fn year(&mut self) -> usize {
        self.random.between(1950, 2026)
    }

    fn year_after(&mut self) -> String {
        let word = if self.random.once_in(2) { self.word() } else { self.capitals() };
        format!("{word}{}", self.year())
    }

    fn two_words(&mut self) -> String {
        let separator = *self.random.of(&["", "", "-", "_", ".", " ", "1", "&"]);
        format!("{}{separator}{}", self.word(), self.word())
    }

    fn passphrase(&mut self) -> String {
        let count = self.random.between(3, 5);
        let separator = *self.random.of(&["", "-", " "]);
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(separator)
    }

    fn walk(&mut self) -> String {
        let row = *self.random.of(&ROWS);
        let length = self.random.between(4, row.len());
        let from = self.random.between(0, row.len() - length);
        let walk = row[from..from + length].to_owned();
        match self.random.below(4) {
            0 => walk + &self.word(),
            1 => walk + &self.random.text(DIGITS, 2),
            2 => capital(&walk),
            _ => walk,
        }
    }

    fn random_characters(&mut self) -> String {
        let alphabet = *self.random.of(&[PRINTABLE, LOWER_AND_DIGITS, DIGITS]);
        let length = self.random.between(4, 20);
        self.random.text(alphabet, length)
    }

    fn as_people_do(&mut self) -> String {
        let word = capital(&self.word());
        let number = if self.random.once_in(2) {
            self.year().to_string()
        } else {
            self.random.below(1000).to_string()
        };
        format!("{word}{number}{}", self.random.of(&["!", "!", ".", "?", "#", "!!", "*", ""]))
    }

    fn mangled(&mut self) -> String {
        let mut letters: Vec<char> = self.word().chars().collect();
        let at = self.random.below(letters.len().max(1)).min(letters.len().saturating_sub(1));
        match self.random.below(5) {
            0 => letters.reverse(),
            1 => letters.extend(letters.clone()),
            2 => letters.insert(at, *self.random.of(&['x', '1', '_', 'e', '!'])),
            3 => drop(letters.remove(at)),
            _ => letters[at] = *self.random.of(&['q', '9', '*', 'a']),
        }
        letters.into_iter().collect()
    }

    fn date_or_run(&mut self) -> String {
        let (day, month, year) = (self.random.between(1, 28), self.random.between(1, 12), self.year());
        match self.random.below(6) {
            0 => format!("{day:02}{month:02}{year}"),
            1 => format!("{day}.{month}.{year}"),
            2 => format!("{year}-{month:02}-{day:02}"),
            3 => format!("{}{day:02}{month:02}{:02}", self.word(), year % 100),
            4 => {
                let length = self.random.between(4, 9);
                let from = self.random.below(26 - length);
                "abcdefghijklmnopqrstuvwxyz"[from..from + length].to_owned() + &self.random.text(DIGITS, 1)
            }
            _ => {
                let (part, times) = (self.random.between(1, 4), self.random.between(3, 6));
                self.random.text(LOWER_AND_DIGITS, part).repeat(times)
            }
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::sample;

    #[test]
    fn the_sample_is_large_distinct_and_the_same_every_time() {
        let list: Vec<String> = (0..3000).map(|n| format!("word{n:x}")).collect();
        let lists = [list.clone(), list];
        let passwords = sample(&lists);
        assert!(passwords.len() >= 2000);
        assert_eq!(passwords, sample(&lists));
        assert!(passwords.iter().all(|password| (4..=40).contains(&password.chars().count())));
    }
}
