//! How easily a password is guessed: a small estimator of our own after zxcvbn's model (Wheeler, USENIX Security
//! 2016). It differs on purpose: marks, width and look-alikes are folded away, substitutions are read where they
//! stand, the person's words joined together count as one part, years reach 2099, and characters of large
//! scripts cost more. Advice, not policy, unless the policy sets a least strength.

mod cheapest;
mod dictionary;
mod patterns;
mod words;

pub use words::Words;

use crate::{fold::fold_char, wire::words};

/// Characters that are looked at; what follows them can only add strength.
const ANALYSED: usize = 256;

/// Steps after which no more is looked for. What is missed makes the answer too high, never late.
const STEPS: usize = 400_000;

words! {
    /// What makes a password easy to guess: the largest part that was recognised.
    pub enum Warning {
        /// It is one of the commonest passwords.
        CommonPassword = "common-password",
        /// Much of it is one common word.
        SingleWord = "single-word",
        /// It is made of the person's own words or the organisation's.
        Personal = "personal",
        /// A run such as `abcd` or `2468`.
        Sequence = "sequence",
        /// The same again and again.
        Repeat = "repeat",
        /// Keys side by side.
        KeyboardWalk = "keyboard-walk",
        /// A date or a year.
        Date = "date",
    }
}

/// How easily a password is guessed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    /// 0 to 4: below 10^3, 10^6, 10^8, 10^10 guesses, or more (zxcvbn's steps).
    pub score: u8,
    /// Guesses, as log10.
    pub log10_guesses: f32,
    /// Why it is weak, where the score is 2 or less and something was recognised.
    pub warning: Option<Warning>,
}

/// Estimates with the built-in words. `inputs` are the person's and the organisation's words.
pub fn estimate(password: &str, inputs: &[&str]) -> Strength {
    estimate_with(Words::built_in(), password, inputs)
}

/// Estimates with other words than the built-in ones.
pub fn estimate_with(words: &Words, password: &str, inputs: &[&str]) -> Strength {
    analyse(words, password, inputs).0
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    Personal,
    Sequence,
    Repeat,
    KeyboardWalk,
    Date,
}

/// A recognised part `text[from..to]`; guesses are log10.
#[derive(Clone, Copy)]
struct Found {
    from: usize,
    to: usize,
    guesses: f64,
    kind: Kind,
}

/// A password under analysis.
struct Analysis<'a> {
    /// Folded.
    text: &'a [char],
    /// Which characters were capitals.
    cased: &'a [bool],
    found: Vec<Found>,
    steps: usize,
}

impl Analysis<'_> {
    /// Counts steps; `false` once there were too many.
    fn step(&mut self, count: usize) -> bool {
        let allowed = self.steps + count <= STEPS;
        if allowed {
            self.steps += count;
        }
        allowed
    }

    fn add(&mut self, found: Found) {
        self.found.push(found);
    }

    fn sort(&mut self) {
        let by_start = ordered(&self.found, |found| found.from);
        self.found = ordered(&by_start, |found| found.to);
    }
}

/// The same parts in the order of a position, those of one position as they were: a counting sort, since positions are
/// few and every sort of the standard library is 3 kB.
fn ordered(found: &[Found], position: fn(&Found) -> usize) -> Vec<Found> {
    let mut ends = [0_usize; ANALYSED + 2];
    for one in found {
        ends[position(one) + 1] += 1;
    }
    for at in 1..ends.len() {
        ends[at] += ends[at - 1];
    }
    let mut sorted = found.to_vec();
    for one in found {
        let place = &mut ends[position(one)];
        sorted[*place] = *one;
        *place += 1;
    }
    sorted
}

/// The strength and the steps that it took.
fn analyse(words: &Words, password: &str, inputs: &[&str]) -> (Strength, usize) {
    let read = |c: char| fold_char(c).map(|folded| (folded, c.is_uppercase()));
    let (text, cased): (Vec<char>, Vec<bool>) = password.chars().filter_map(read).take(ANALYSED).unzip();
    let mut analysis = Analysis { text: &text, cased: &cased, found: Vec::new(), steps: 0 };
    dictionary::find(&mut analysis, &Words::new(inputs.iter().copied()), Kind::Personal);
    dictionary::join_personal(&mut analysis);
    dictionary::find(&mut analysis, words, Kind::Word);
    patterns::sequences(&mut analysis);
    patterns::keyboard_walks(&mut analysis);
    patterns::dates(&mut analysis);
    patterns::repeats(&mut analysis);
    analysis.sort();
    let (guesses, longest) = match text.len() {
        0 => (0.0, None),
        length => cheapest::cheapest(&mut analysis, 0, length),
    };
    let score = [3.0, 6.0, 8.0, 10.0].iter().filter(|step| guesses >= **step).count() as u8;
    let warning = longest.filter(|_| score <= 2).map(|(length, kind)| match kind {
        Kind::Word if length == text.len() => Warning::CommonPassword,
        Kind::Word => Warning::SingleWord,
        Kind::Personal => Warning::Personal,
        Kind::Sequence => Warning::Sequence,
        Kind::Repeat => Warning::Repeat,
        Kind::KeyboardWalk => Warning::KeyboardWalk,
        Kind::Date => Warning::Date,
    });
    (Strength { score, log10_guesses: guesses as f32, warning }, analysis.steps)
}

#[cfg(test)]
mod tests;
