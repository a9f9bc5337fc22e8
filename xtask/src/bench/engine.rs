//! Our estimator with the full words, as native code, for fuzzing.

use std::fs;

use sspr_core::strength::{Estimator, Words, most_steps};

use crate::trouble::{Doing, Outcome, Trouble};
use crate::words;

/// A year that does not change, so that a seed always gives the same answers.
const YEAR: u16 = 2026;

/// The estimator.
pub(super) struct Engine(Estimator);

impl Engine {
    pub(super) fn with_full_words() -> Outcome<Engine> {
        let file = words::folder().join("full.words");
        let bytes = fs::read(&file).doing(|| format!("read {}", file.display()))?;
        let words = Words::read(&bytes)
            .map_err(|problem| Trouble::new(format!("The full words are damaged: {problem:?}")))?;
        let mut estimator = Estimator::new(YEAR);
        estimator.set_words(words);
        Ok(Engine(estimator))
    }

    /// The same without the deliberate differences from zxcvbn.
    pub(super) fn like_zxcvbn(mut self) -> Engine {
        self.0.like_zxcvbn();
        self
    }

    /// The score, the guesses as log10, and the steps that they took.
    pub(super) fn counted(&self, password: &str) -> (u8, f64, usize) {
        let (strength, steps) = self.0.estimate_counted(password);
        (strength.score, strength.log10_guesses, steps)
    }

    /// The steps that the estimator promises not to exceed for a password.
    pub(super) fn most_steps(password: &str) -> usize {
        most_steps(password.chars().count())
    }
}
