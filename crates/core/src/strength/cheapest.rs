//! The cheapest way to put a password together from what was found in it (zxcvbn's model: Wheeler, USENIX
//! Security 2016, §4): the least of `parts! × product of the guesses`, and at least `10,000^(parts - 1)`.
//! All guesses are log10.

use super::{Analysis, Kind};

/// Most parts that are tried; a password of more is taken as it stands, character by character.
const PARTS: usize = 12;

/// What the cheapest beginning of a password costs, and the longest find in it (its length and kind).
#[derive(Clone, Copy)]
struct Cell {
    guesses: f64,
    longest: Option<(usize, Kind)>,
}

const UNREACHED: Cell = Cell { guesses: f64::INFINITY, longest: None };

/// log10 of the guesses for `text[from..to]`, and the longest find that the cheapest way uses. The finds are sorted.
pub(super) fn cheapest(analysis: &mut Analysis<'_>, from: usize, to: usize) -> (f64, Option<(usize, Kind)>) {
    let width = PARTS + 1;
    // By end and number of parts: whether the last part is brute force or a find.
    let mut brute = vec![UNREACHED; (to - from + 1) * width];
    let mut known = brute.clone();
    known[0] = Cell { guesses: 0.0, longest: None };
    for end in from + 1..=to {
        let (row, before) = ((end - from) * width, (end - from - 1) * width);
        for parts in 1..=PARTS {
            let last = lesser(brute[before + parts], known[before + parts - 1]);
            brute[row + parts] = Cell { guesses: last.guesses + alphabet(analysis.text[end - 1]), ..last };
        }
        let first = analysis.found.partition_point(|found| found.to < end);
        let finds = analysis.found[first..].iter().take_while(|found| found.to == end).count();
        if !analysis.step((finds + 1) * PARTS) {
            continue;
        }
        for found in analysis.found[first..first + finds].iter().filter(|found| found.from >= from) {
            let start = (found.from - from) * width;
            for parts in 1..=PARTS {
                let last = lesser(brute[start + parts - 1], known[start + parts - 1]);
                let own = (end - found.from, found.kind);
                let longest = last.longest.filter(|other| other.0 >= own.0).or(Some(own));
                let cell = Cell { guesses: last.guesses + found.guesses, longest };
                known[row + parts] = lesser(known[row + parts], cell);
            }
        }
    }
    let (mut best, mut orders) = (UNREACHED, 0.0);
    for parts in 1..=PARTS {
        orders += f64::log10(parts as f64);
        let row = (to - from) * width + parts;
        let cell = lesser(known[row], brute[row]);
        best = lesser(best, Cell { guesses: (cell.guesses + orders).max(4.0 * (parts - 1) as f64), ..cell });
    }
    (best.guesses, best.longest)
}

fn lesser(a: Cell, b: Cell) -> Cell {
    if b.guesses < a.guesses { b } else { a }
}

/// log10 of the guesses for one character of brute force: 10 for ASCII (zxcvbn's figure, which allows for choices
/// that are not random), 30 for other alphabets and kana, 300 for Hangul syllables, 1,000 for Han and emoji.
fn alphabet(c: char) -> f64 {
    match c as u32 {
        0..=0x7F => 1.0,
        0xAC00..=0xD7A3 => 2.5,
        0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x1_F000.. => 3.0,
        _ => 1.5,
    }
}
