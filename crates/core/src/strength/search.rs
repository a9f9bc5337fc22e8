//! The cheapest way to put a password together from matches and brute force (Wheeler, USENIX Security 2016, §4):
//! the least of `parts! × product of guesses + 10,000^(parts − 1)`.

use super::{
    fold::Unit,
    matching::{Match, Pattern, ordered},
    steps::{PARTS, Steps},
};

/// In `Cell::last`: the last part is brute force, and the rest is where it begins. Else the number of a match.
const BRUTE: u32 = 1 << 31;

/// The best way to a place with a number of parts.
#[derive(Clone, Copy)]
struct Cell {
    /// The measure above; infinite if there is no such way.
    measure: f64,
    /// Product of the guesses.
    product: f64,
    last: u32,
    /// The least measure with as many parts or fewer.
    least: f64,
}

struct Table {
    width: usize,
    cells: Vec<Cell>,
    /// For each number of parts: its orders, and what growing to it costs.
    terms: Vec<(f64, f64)>,
    /// For each place: most parts so far.
    most: Vec<usize>,
}

impl Table {
    fn new(length: usize) -> Self {
        let width = length.min(PARTS) + 1;
        let none = Cell { measure: f64::INFINITY, product: 0.0, last: 0, least: f64::INFINITY };
        let mut terms = vec![(1.0, 0.0), (1.0, 1.0)];
        for parts in 2..width {
            let (orders, growth) = terms[parts - 1];
            terms.push((orders * parts as f64, growth * 1e4));
        }
        Self { width, cells: vec![none; width * length], terms, most: vec![0; length] }
    }

    fn at(&self, end: usize, parts: usize) -> &Cell {
        &self.cells[end * self.width + parts]
    }

    /// Takes a way to `end` unless one with as many parts or fewer is as good.
    fn offer(&mut self, end: usize, parts: usize, product: f64, last: u32) {
        if parts >= self.width {
            return;
        }
        let (orders, growth) = self.terms[parts];
        let measure = orders * product + growth;
        let cells = &mut self.cells[end * self.width + parts..(end + 1) * self.width];
        if measure >= cells[0].least {
            return;
        }
        cells[0] = Cell { measure, product, last, ..cells[0] };
        for cell in cells.iter_mut().take_while(|cell| cell.least > measure) {
            cell.least = measure;
        }
        self.most[end] = self.most[end].max(parts);
    }

    /// Goes on from every way that ends before `from` with a last part of `guesses`; for brute force only from those
    /// that do not end so already.
    fn extend(&mut self, from: usize, end: usize, guesses: f64, last: u32, steps: &mut Steps) {
        let Some(before) = from.checked_sub(1) else {
            steps.taken += 1;
            return self.offer(end, 1, guesses, last);
        };
        steps.taken += self.most[before];
        for parts in 1..=self.most[before] {
            let cell = *self.at(before, parts);
            if cell.measure < f64::INFINITY && cell.last & last & BRUTE == 0 {
                self.offer(end, parts + 1, cell.product * guesses, last);
            }
        }
    }
}

/// The guesses for a text and the parts of the cheapest way.
pub(super) fn cheapest(text: &[Unit], matches: &[Match], steps: &mut Steps) -> (f64, Vec<Match>) {
    let length = text.len();
    let matches = ordered(&ordered(matches, length, |one| one.from), length, |one| one.to);
    let mut table = Table::new(length);
    let mut brute = vec![1.0; length];
    let mut ends_in_match = vec![true; length + 1];
    let mut next = 0;
    for (end, unit) in text.iter().enumerate() {
        while let Some(found) = matches.get(next).filter(|found| found.to == end + 1) {
            table.extend(found.from, end, found.guesses, next as u32, steps);
            next += 1;
        }
        ends_in_match[end + 1] = table.most[end] > 0;
        for from in 0..=end {
            brute[from] = f64::min(brute[from] * unit.cardinality, f64::MAX);
            if ends_in_match[from] {
                // One more for a single character, so that a match of it comes first.
                let guesses = if from == end { brute[from] + 1.0 } else { brute[from] };
                table.extend(from, end, guesses, BRUTE | from as u32, steps);
            }
        }
    }
    unwind(&table, &matches, length)
}

fn unwind(table: &Table, matches: &[Match], length: usize) -> (f64, Vec<Match>) {
    let Some(last) = length.checked_sub(1) else { return (1.0, Vec::new()) };
    let mut parts = 1;
    for more in 2..table.width {
        if table.at(last, more).measure < table.at(last, parts).measure {
            parts = more;
        }
    }
    let guesses = table.at(last, parts).measure.min(f64::MAX);
    let mut sequence = Vec::with_capacity(parts);
    let mut to = length;
    while let Some(end) = to.checked_sub(1).filter(|_| parts > 0) {
        let cell = table.at(end, parts);
        let part = match cell.last & BRUTE {
            0 => matches[cell.last as usize],
            _ => Match {
                from: (cell.last & !BRUTE) as usize,
                to,
                guesses: cell.product,
                pattern: Pattern::BruteForce,
            },
        };
        to = part.from;
        parts -= 1;
        sequence.push(part);
    }
    sequence.reverse();
    (guesses, sequence)
}
