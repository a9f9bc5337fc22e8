//! Patterns: the small part of regular expressions that organisations bring along from the product they had before, decided
//! alike in browser and server, in a time that grows with the length of pattern times password and never faster.
//!
//! `abc` characters · `.` any character · `[a-z_]` `[^0-9]` sets · `\d` `\w` `\s` and their opposites `\D` `\W` `\S`
//! (ASCII digits, letters, digits and `_`, white space) · `\` before a sign takes it as it is · `^` `$` the ends ·
//! `( )` and `(?: )` groups · `|` alternatives · `*` `+` `?` `{2}` `{2,}` `{2,4}` repetitions. Case counts. Everything else
//! (looking around, references back, flags, lazy repetitions) is refused: `(?=.*[A-Z])(?=.*\d).+` is better said by a
//! policy's own rules.

mod parse;

/// Steps that a pattern may have once its repetitions are written out.
const LONGEST: usize = 2_000;

/// Why a text is no pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternProblem {
    /// Something that does not belong there, or that is not known, at this character (from 0).
    Unexpected(usize),
    /// It ends too early.
    Unfinished,
    /// Too long once its repetitions are written out, or too many groups in one another.
    TooLarge,
}

/// A set of characters.
#[derive(Clone, Debug, Default)]
struct Set {
    ranges: Vec<(char, char)>,
    negated: bool,
}

impl Set {
    fn has(&self, c: char) -> bool {
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) != self.negated
    }
}

/// One step of a program (K. Thompson, Regular Expression Search Algorithm, CACM 11(6), 1968). Jumps are counted from
/// themselves, so that a part of a program can be copied.
#[derive(Clone, Debug)]
enum Step {
    One(Set),
    /// Goes on with the next step, and with the one so many on.
    Either(isize),
    Go(isize),
    Start,
    End,
    Found,
}

/// A pattern that can be looked for.
#[derive(Debug)]
pub struct Pattern(Vec<Step>);

impl Pattern {
    /// Reads a pattern.
    pub fn read(text: &str) -> Result<Self, PatternProblem> {
        parse::parse(text).map(Self)
    }

    /// Whether the pattern is anywhere in the password.
    pub fn is_in(&self, password: &[char]) -> bool {
        let (mut now, mut next) = (Places::new(self.0.len()), Places::new(self.0.len()));
        for at in 0..=password.len() {
            self.reach(&mut now, 0, at, password.len());
            if now.found {
                return true;
            }
            let Some(c) = password.get(at) else { break };
            next.clear();
            for place in &now.list {
                if matches!(self.0.get(*place), Some(Step::One(set)) if set.has(*c)) {
                    self.reach(&mut next, place + 1, at + 1, password.len());
                }
            }
            std::mem::swap(&mut now, &mut next);
        }
        false
    }

    /// Adds a place and every other that is reached from it without a character.
    fn reach(&self, places: &mut Places, from: usize, at: usize, end: usize) {
        let mut waiting = vec![from];
        while let Some(place) = waiting.pop() {
            let Some(seen) = places.seen.get_mut(place).filter(|seen| !**seen) else { continue };
            *seen = true;
            match self.0.get(place) {
                Some(Step::One(_)) => places.list.push(place),
                Some(Step::Either(on)) => waiting.extend([place + 1, place.wrapping_add_signed(*on)]),
                Some(Step::Go(on)) => waiting.push(place.wrapping_add_signed(*on)),
                Some(Step::Start) if at == 0 => waiting.push(place + 1),
                Some(Step::End) if at == end => waiting.push(place + 1),
                Some(Step::Found) => places.found = true,
                Some(Step::Start | Step::End) | None => {}
            }
        }
    }
}

/// Where a search is.
struct Places {
    seen: Vec<bool>,
    list: Vec<usize>,
    found: bool,
}

impl Places {
    fn new(size: usize) -> Self {
        Self { seen: vec![false; size], list: Vec::new(), found: false }
    }

    fn clear(&mut self) {
        self.seen.fill(false);
        self.list.clear();
        self.found = false;
    }
}

#[cfg(test)]
mod tests;
