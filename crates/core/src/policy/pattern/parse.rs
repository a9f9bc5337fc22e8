//! From a pattern's text to a tree.

use super::{PatternProblem, Set};

/// Groups in one another.
const DEEPEST: usize = 20;

/// Most that a counted repetition may say.
const MOST: u32 = 1_000;

pub(super) enum Node {
    One(Set),
    Start,
    End,
    Row(Vec<Node>),
    Either(Vec<Node>),
    Repeat(Box<Node>, u32, Option<u32>),
}

struct Parser {
    text: Vec<char>,
    at: usize,
    depth: usize,
}

pub(super) fn parse(text: &str) -> Result<Node, PatternProblem> {
    let mut parser = Parser { text: text.chars().collect(), at: 0, depth: 0 };
    let node = parser.either()?;
    if parser.at < parser.text.len() { Err(parser.unexpected()) } else { Ok(node) }
}

impl Parser {
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

    fn either(&mut self) -> Result<Node, PatternProblem> {
        let mut choices = vec![self.row()?];
        while self.takes('|') {
            choices.push(self.row()?);
        }
        Ok(Node::Either(choices))
    }

    fn row(&mut self) -> Result<Node, PatternProblem> {
        let mut nodes = Vec::new();
        while self.next().is_some_and(|c| !matches!(c, '|' | ')')) {
            let one = self.one()?;
            nodes.push(self.repeated(one)?);
        }
        Ok(Node::Row(nodes))
    }

    fn one(&mut self) -> Result<Node, PatternProblem> {
        let c = self.take()?;
        Ok(match c {
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::One(Set { negated: true, ..Set::default() }),
            '[' => Node::One(self.set()?),
            '(' => self.group()?,
            '\\' => Node::One(self.escaped()?),
            '*' | '+' | '?' | '{' | '}' | ']' => {
                self.at -= 1;
                return Err(self.unexpected());
            }
            c => Node::One(single(c)),
        })
    }

    fn group(&mut self) -> Result<Node, PatternProblem> {
        if self.takes('?') && !self.takes(':') {
            return Err(self.unexpected());
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(PatternProblem::TooLarge);
        }
        let node = self.either()?;
        if !self.takes(')') {
            return Err(PatternProblem::Unfinished);
        }
        self.depth -= 1;
        Ok(node)
    }

    fn repeated(&mut self, node: Node) -> Result<Node, PatternProblem> {
        let (least, most) = match self.next() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(node),
            _ => return Ok(node),
        };
        self.at += 1;
        self.no_more(Node::Repeat(Box::new(node), least, most))
    }

    /// A repetition of a repetition is a lazy one elsewhere, or a mistake.
    fn no_more(&self, node: Node) -> Result<Node, PatternProblem> {
        if matches!(self.next(), Some('*' | '+' | '?' | '{')) { Err(self.unexpected()) } else { Ok(node) }
    }

    fn counted(&mut self, node: Node) -> Result<Node, PatternProblem> {
        self.at += 1;
        let least = self.number()?.ok_or_else(|| self.unexpected())?;
        let most = if self.takes(',') { self.number()? } else { Some(least) };
        if most.is_some_and(|most| most < least) || !self.takes('}') {
            return Err(self.unexpected());
        }
        self.no_more(Node::Repeat(Box::new(node), least, most))
    }

    fn number(&mut self) -> Result<Option<u32>, PatternProblem> {
        let mut number = None;
        while let Some(digit) = self.next().and_then(|c| c.to_digit(10)) {
            self.at += 1;
            let grown = number.unwrap_or(0) * 10 + digit;
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

fn single(c: char) -> Set {
    Set { ranges: vec![(c, c)], negated: false }
}

fn is_single(set: &Set) -> bool {
    !set.negated && matches!(set.ranges[..], [(from, to)] if from == to)
}
