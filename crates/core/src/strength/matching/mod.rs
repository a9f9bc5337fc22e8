//! What can be recognised in a password. One file a matcher; each adds its [`Match`]es to the [`Analysis`].

pub(super) mod date;
pub(super) mod dictionary;
mod leet;
pub(super) mod personal;
pub(super) mod repeat;
pub(super) mod sequence;
pub(super) mod spatial;
pub(super) mod year;

use super::{estimator::Estimator, fold::Unit, steps::Steps, words::Class};

/// What a part of a password is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Pattern {
    /// Nothing that is known.
    BruteForce,
    /// A word of a list.
    Word { class: Class, rank: u32, reversed: bool, leet: bool },
    /// A walk over neighbouring keys; `straight` if it never turns.
    Spatial { straight: bool },
    /// The same again and again; `single` if it is one character.
    Repeat { single: bool },
    /// Characters at equal distances.
    Sequence,
    /// A year of the last decades.
    Year,
    /// A day with its year.
    Date,
}

/// A recognised part `text[from..to]`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) guesses: f64,
    pub(super) pattern: Pattern,
}

/// A password, or a part of one, under analysis.
pub(super) struct Analysis<'a> {
    pub(super) estimator: &'a Estimator,
    pub(super) text: &'a [Unit],
    pub(super) matches: Vec<Match>,
    pub(super) steps: &'a mut Steps,
}

impl Analysis<'_> {
    /// Adds a match. A part of a password costs at least 50 guesses, one character at least 10.
    pub(super) fn add(&mut self, from: usize, to: usize, guesses: f64, pattern: Pattern) {
        let least = match to - from {
            all if all == self.text.len() => 1.0,
            1 => 10.0,
            _ => 50.0,
        };
        self.matches.push(Match { from, to, guesses: guesses.max(least), pattern });
    }

    /// The character at a place, as a keyboard or a calendar reads it; 0 behind the end.
    pub(super) fn plain(&self, at: usize) -> u32 {
        self.text.get(at).map_or(0, |unit| unit.plain as u32)
    }

    /// The number that the digits `text[from..to]` make; `None` if they are not all digits, or too many.
    pub(super) fn number(&self, from: usize, to: usize) -> Option<u32> {
        let digits = self.text.get(from..to).filter(|digits| digits.len() < 9)?;
        digits.iter().try_fold(0, |sum, unit| Some(sum * 10 + unit.plain.to_digit(10)?))
    }

    /// Guesses for a year: its distance from today, at least 20.
    pub(super) fn year_space(&self, year: u32) -> f64 {
        f64::from(year.abs_diff(self.estimator.this_year()).max(20))
    }
}

/// The matches in the order of a position, those of one position as they were: a counting sort, since positions
/// are few and a sort of the standard library is 3 kB of module.
pub(super) fn ordered(matches: &[Match], length: usize, position: fn(&Match) -> usize) -> Vec<Match> {
    let mut places = vec![0_usize; length + 2];
    for one in matches {
        places[position(one) + 1] += 1;
    }
    for at in 1..places.len() {
        places[at] += places[at - 1];
    }
    let mut sorted = matches.to_vec();
    for one in matches {
        let place = &mut places[position(one)];
        sorted[*place] = *one;
        *place += 1;
    }
    sorted
}
