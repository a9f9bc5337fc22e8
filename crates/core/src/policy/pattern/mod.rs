//! Patterns: the small part of regular expressions that organisations bring along from the product they had before, decided
//! alike in browser and server, in a time that grows with the length of pattern times password and never faster.
//!
//! `abc` characters · `.` any character · `[a-z_]` `[^0-9]` sets · `\d` `\w` `\s` and their opposites `\D` `\W` `\S`
//! (ASCII digits, letters, digits and `_`, white space) · `\` before a sign takes it as it is · `^` `$` the ends ·
//! `( )` and `(?: )` groups · `|` alternatives · `*` `+` `?` `{2}` `{2,}` `{2,4}` repetitions. Case counts. Everything else
//! (looking around, references back, flags, lazy repetitions) is refused: `(?=.*[A-Z])(?=.*\d).+` is better said by a
//! policy's own rules.

mod parse;

use parse::Node;

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

/// One step of a program (K. Thompson, Regular Expression Search Algorithm, CACM 11(6), 1968).
#[derive(Debug)]
enum Step {
    One(Set),
    Either(usize, usize),
    Go(usize),
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
        let mut pattern = Self(Vec::new());
        pattern.write(&parse::parse(text)?)?;
        pattern.push(Step::Found)?;
        Ok(pattern)
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
                Some(Step::Either(one, other)) => waiting.extend([*one, *other]),
                Some(Step::Go(to)) => waiting.push(*to),
                Some(Step::Start) if at == 0 => waiting.push(place + 1),
                Some(Step::End) if at == end => waiting.push(place + 1),
                Some(Step::Found) => places.found = true,
                Some(Step::Start | Step::End) | None => {}
            }
        }
    }

    fn push(&mut self, step: Step) -> Result<usize, PatternProblem> {
        if self.0.len() == LONGEST {
            return Err(PatternProblem::TooLarge);
        }
        self.0.push(step);
        Ok(self.0.len() - 1)
    }

    fn write(&mut self, node: &Node) -> Result<(), PatternProblem> {
        match node {
            Node::One(set) => self.push(Step::One(set.clone())).map(|_| ()),
            Node::Start => self.push(Step::Start).map(|_| ()),
            Node::End => self.push(Step::End).map(|_| ()),
            Node::Row(nodes) => nodes.iter().try_for_each(|node| self.write(node)),
            Node::Either(nodes) => self.write_either(nodes),
            Node::Repeat(node, least, most) => self.write_repeat(node, *least, *most),
        }
    }

    fn write_either(&mut self, nodes: &[Node]) -> Result<(), PatternProblem> {
        let Some((last, others)) = nodes.split_last() else { return Ok(()) };
        let mut ends = Vec::new();
        for node in others {
            let choice = self.push(Step::Either(0, 0))?;
            self.write(node)?;
            ends.push(self.push(Step::Go(0))?);
            self.0[choice] = Step::Either(choice + 1, self.0.len());
        }
        self.write(last)?;
        for end in ends {
            self.0[end] = Step::Go(self.0.len());
        }
        Ok(())
    }

    fn write_repeat(&mut self, node: &Node, least: u32, most: Option<u32>) -> Result<(), PatternProblem> {
        for _ in 0..least {
            self.write(node)?;
        }
        let Some(most) = most else {
            let choice = self.push(Step::Either(0, 0))?;
            self.write(node)?;
            self.push(Step::Go(choice))?;
            self.0[choice] = Step::Either(choice + 1, self.0.len());
            return Ok(());
        };
        let mut choices = Vec::new();
        for _ in least..most {
            choices.push(self.push(Step::Either(0, 0))?);
            self.write(node)?;
        }
        for choice in choices {
            self.0[choice] = Step::Either(choice + 1, self.0.len());
        }
        Ok(())
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
