//! How hard a password is to guess: advice, not policy, unless the policy sets a least strength.
//!
//! The model is zxcvbn's (Wheeler, USENIX Security 2016; version 4.4.2 is the reference): find everything in the
//! password that an attacker would try first, price it in guesses, and take the cheapest way to put the password
//! together. Where that model is known to be wrong ours differs on purpose; `docs/strength.md` lists every difference.
//!
//! The way of a password: `fold` (what each character counts as) → `matching` (one file a pattern; words are
//! found in the tries of `words`) → `search` (the cheapest way) → `feedback`. `steps` bounds the work.

mod estimator;
mod feedback;
mod fold;
mod guesses;
mod matching;
mod search;
mod steps;
#[cfg(test)]
mod tests;
mod words;

pub use estimator::Estimator;
pub use feedback::{Suggestion, Suggestions, Warning};
pub use steps::most_steps;
#[cfg(feature = "encode")]
pub use words::encode;
pub use words::{Class, Words, WordsProblem};

/// How hard a password is to guess.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    /// 0 to 4: below 10^3, 10^6, 10^8, 10^10 guesses, or more.
    pub score: u8,
    /// Guesses, as log10.
    pub log10_guesses: f64,
    /// Why it is weak, where the score is 2 or less and something was recognised.
    pub warning: Option<Warning>,
    /// What would make it better, where the score is 2 or less.
    pub suggestions: Suggestions,
    /// Only the built-in words were known: a basic check, which misses most words.
    pub basic: bool,
}

/// Estimates one password. Years near to `this_year` are guessed first; `inputs` are the person's and the
/// organisation's words. Knows the built-in words alone; an [`Estimator`] knows more and, when kept, is faster.
pub fn estimate(password: &str, inputs: &[&str], this_year: u16) -> Strength {
    let mut estimator = Estimator::new(this_year);
    estimator.set_inputs(inputs);
    estimator.estimate(password)
}
