//! From a pattern's text to a program.

use super::{LONGEST, PatternProblem, Set, Step};

/// Groups in one another.
const DEEPEST: usize = 20;

/// Most that a counted repetition may say.
const MOST: usize = 1_000;

struct Parser {
    text: Vec<char>,
    at: usize,
    depth: usize,
    steps: Vec<Step>,
}

pub(super) fn parse(text: &str) -> Result<Vec<Step>, PatternProblem> {
    let mut parser = Parser { text: text.chars().collect(), at: 0, depth: 0, steps: Vec::new() };
    parser.either()?;
    if parser.at < parser.text.len() {
        return Err(parser.unexpected());
    }
    parser.add(&[Step::Found])?;
    Ok(parser.steps)
}

impl Parser {
    fn add(&mut self, steps: &[Step]) -> Result<(), PatternProblem> {
        if self.steps.len() + steps.len() > LONGEST {
            return Err(PatternProblem::TooLarge);
        }
        self.steps.extend_from_slice(steps);
        Ok(())
    }

    fn next(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn take(&mut self) -> Result<char, PatternProblem> {
        let c = self.next().ok_or(PatternProblem::Unfinished)?;
        self.at += 1;
        Ok(c)
    }

    fn takes(&mut self, c: char) -> bool {
        let fits = self.next() == Some(c);
        self.at += usize::from(fits);
        fits
    }

    fn unexpected(&self) -> PatternProblem {
        PatternProblem::Unexpected(self.at)
    }

    fn either(&mut self) -> Result<(), PatternProblem> {
        let (mut ends, mut from) = (Vec::new(), self.steps.len());
        loop {
            self.row()?;
            if !self.takes('|') {
                break;
            }
            ends.push(self.steps.len() + 1);
            self.add(&[Step::Go(0)])?;
            self.steps.insert(from, Step::Either(distance(from, self.steps.len() + 1)));
            from = self.steps.len();
        }
        for end in ends {
            self.steps[end] = Step::Go(distance(end, self.steps.len()));
        }
        Ok(())
    }

    fn row(&mut self) -> Result<(), PatternProblem> {
        while self.next().is_some_and(|c| !matches!(c, '|' | ')')) {
            let from = self.steps.len();
            self.one()?;
            self.repeated(from)?;
        }
        Ok(())
    }

    fn one(&mut self) -> Result<(), PatternProblem> {
        let step = match self.take()? {
            '^' => Step::Start,
            '$' => Step::End,
            '.' => Step::One(Set { negated: true, ..Set::default() }),
            '[' => Step::One(self.set()?),
            '(' => return self.group(),
            '\\' => Step::One(self.escaped()?),
            '*' | '+' | '?' | '{' | '}' | ']' => {
                self.at -= 1;
                return Err(self.unexpected());
            }
            c => Step::One(single(c)),
        };
        self.add(&[step])
    }

    fn group(&mut self) -> Result<(), PatternProblem> {
        if self.takes('?') && !self.takes(':') {
            return Err(self.unexpected());
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(PatternProblem::TooLarge);
        }
        self.either()?;
        if !self.takes(')') {
            return Err(PatternProblem::Unfinished);
        }
        self.depth -= 1;
        Ok(())
    }

    /// Writes out what repeats the steps from `from` on.
    fn repeated(&mut self, from: usize) -> Result<(), PatternProblem> {
        let Some(sign @ ('*' | '+' | '?' | '{')) = self.next() else { return Ok(()) };
        self.at += 1;
        let (least, most) = match sign {
            '*' => (0, None),
            '+' => (1, None),
            '?' => (0, Some(1)),
            _ => self.counted()?,
        };
        // A repetition of a repetition is a lazy one elsewhere, or a mistake.
        if matches!(self.next(), Some('*' | '+' | '?' | '{')) {
            return Err(self.unexpected());
        }
        let piece = self.steps.split_off(from);
        let length = piece.len();
        for _ in 0..least {
            self.add(&piece)?;
        }
        let more = most.map_or(1, |most| most - least);
        for left in (1..=more).rev() {
            let beyond = if most.is_some() { left * (length + 1) } else { length + 2 };
            self.add(&[Step::Either(beyond as isize)])?;
            self.add(&piece)?;
        }
        if most.is_none() {
            self.add(&[Step::Go(-(length as isize + 1))])?;
        }
        Ok(())
    }

    fn counted(&mut self) -> Result<(usize, Option<usize>), PatternProblem> {
        let least = self.number()?.ok_or_else(|| self.unexpected())?;
        let most = if self.takes(',') { self.number()? } else { Some(least) };
        if most.is_some_and(|most| most < least) || !self.takes('}') {
            return Err(self.unexpected());
        }
        Ok((least, most))
    }

    fn number(&mut self) -> Result<Option<usize>, PatternProblem> {
        let mut number = None;
        while let Some(digit) = self.next().and_then(|c| c.to_digit(10)) {
            self.at += 1;
            let grown = number.unwrap_or(0) * 10 + digit as usize;
            number = Some(grown);
            if grown > MOST {
                return Err(PatternProblem::TooLarge);
            }
        }
        Ok(number)
    }

    fn set(&mut self) -> Result<Set, PatternProblem> {
        let mut set = Set { negated: self.takes('^'), ..Set::default() };
        loop {
            let from = match self.take()? {
                ']' => return Ok(set),
                // Sets of sets and classes by name mean different things elsewhere.
                '[' => {
                    self.at -= 1;
                    return Err(self.unexpected());
                }
                '\\' => match self.escaped()? {
                    one if is_single(&one) => one.ranges[0].0,
                    several if !several.negated => {
                        set.ranges.extend(several.ranges);
                        continue;
                    }
                    _ => return Err(self.unexpected()),
                },
                c => c,
            };
            let mut to = from;
            if self.next() == Some('-') && self.text.get(self.at + 1).is_some_and(|c| *c != ']') {
                self.at += 1;
                to = match self.take()? {
                    '\\' => {
                        Some(self.escaped()?).filter(is_single).ok_or_else(|| self.unexpected())?.ranges[0].0
                    }
                    c => c,
                };
                if to < from {
                    return Err(self.unexpected());
                }
            }
            set.ranges.push((from, to));
        }
    }

    fn escaped(&mut self) -> Result<Set, PatternProblem> {
        let c = self.take()?;
        let ranges = match c.to_ascii_lowercase() {
            'd' => vec![('0', '9')],
            'w' => vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
            's' => vec![('\t', '\r'), (' ', ' ')],
            _ if c.is_ascii_punctuation() || c == ' ' => return Ok(single(c)),
            _ => {
                self.at -= 1;
                return Err(self.unexpected());
            }
        };
        Ok(Set { ranges, negated: c.is_ascii_uppercase() })
    }
}

/// How far a jump goes. Programs are too short for any other answer.
fn distance(from: usize, to: usize) -> isize {
    to as isize - from as isize
}

fn single(c: char) -> Set {
    Set { ranges: vec![(c, c)], negated: false }
}

fn is_single(set: &Set) -> bool {
    !set.negated && matches!(set.ranges[..], [(from, to)] if from == to)
}
