//! The estimator: its words, and the way from a password to its strength.

use super::{
    Strength, feedback,
    fold::{Unit, units},
    matching::{Analysis, Match, date, dictionary, personal, repeat, sequence, spatial, year},
    search::cheapest,
    steps::Steps,
    words::Words,
};

/// Estimates strengths. Keep one: its words take longer to read than an estimate takes.
pub struct Estimator {
    this_year: u16,
    /// The person's, the general ones, and others besides.
    lists: Vec<Words>,
    basic: bool,
    #[cfg(feature = "encode")]
    like_zxcvbn: bool,
}

impl Estimator {
    /// Knows the built-in words alone. Years near to `this_year` are guessed first.
    pub fn new(this_year: u16) -> Self {
        Self {
            this_year,
            lists: vec![Words::of(&[]), Words::built_in()],
            basic: true,
            #[cfg(feature = "encode")]
            like_zxcvbn: false,
        }
    }

    /// Takes other words in place of the general ones: the small file for the built-in, the full file for the small.
    pub fn set_words(&mut self, words: Words) {
        self.lists[1] = words;
        self.basic = false;
    }

    /// Takes words besides the others: those of a language.
    pub fn add_words(&mut self, words: Words) {
        self.lists.push(words);
    }

    /// Takes the words of the person and the organisation, likeliest first, in place of those before. A full name
    /// or a mail address counts as a whole and in its parts.
    pub fn set_inputs(&mut self, inputs: &[&str]) {
        self.lists[0] = Words::of(inputs);
    }

    /// How hard a password is to guess.
    pub fn estimate(&self, password: &str) -> Strength {
        self.estimate_counted(password).0
    }

    /// The same with the steps that it took, for tests and benchmarks: at most
    /// [`most_steps`](super::most_steps) of its length in characters.
    pub fn estimate_counted(&self, password: &str) -> (Strength, usize) {
        let text = units(password);
        let mut steps = Steps::new(text.len());
        let (guesses, sequence) = self.analyse(&text, &mut steps);
        // zxcvbn's steps: 10^3, 10^6, 10^8, 10^10 and a little, so that rounding does not matter.
        let score = [1e3, 1e6, 1e8, 1e10].iter().filter(|step| guesses >= **step + 5.0).count() as u8;
        let (warning, suggestions) = feedback::feedback(score, &text, &sequence);
        let strength =
            Strength { score, log10_guesses: guesses.log10(), warning, suggestions, basic: self.basic };
        (strength, steps.taken)
    }

    /// Lets the deliberate differences from zxcvbn 4.4.2 that concern ASCII go, to measure the rest.
    #[cfg(feature = "encode")]
    pub fn like_zxcvbn(&mut self) {
        self.like_zxcvbn = true;
    }

    /// Whether the deliberate differences from zxcvbn are on.
    pub(super) fn differs(&self) -> bool {
        #[cfg(feature = "encode")]
        return !self.like_zxcvbn;
        #[cfg(not(feature = "encode"))]
        true
    }

    pub(super) fn this_year(&self) -> u32 {
        self.this_year.into()
    }

    pub(super) fn lists(&self) -> &[Words] {
        &self.lists
    }

    /// The guesses for what a repeat repeats.
    pub(super) fn guesses(&self, text: &[Unit], steps: &mut Steps) -> f64 {
        self.analyse(text, steps).0
    }

    /// If the bounds do not let all words be found, only the part of the text counts in which they were: a longer
    /// one can only be stronger.
    fn analyse(&self, text: &[Unit], steps: &mut Steps) -> (f64, Vec<Match>) {
        let mut analysis = Analysis { estimator: self, text, matches: Vec::new(), steps };
        let searched = dictionary::find(&mut analysis);
        if self.differs() {
            personal::join(&mut analysis);
        }
        spatial::find(&mut analysis);
        repeat::find(&mut analysis);
        sequence::find(&mut analysis);
        year::find(&mut analysis);
        date::find(&mut analysis);
        let Analysis { mut matches, steps, .. } = analysis;
        matches.retain(|found| found.to <= searched);
        cheapest(&text[..searched], &matches, steps)
    }
}
