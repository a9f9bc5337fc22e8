//! Patterns that need no list: sequences, keyboard walks, years, dates and repeats.

use super::{Analysis, Found, Kind, cheapest::cheapest};

/// Runs of at least three characters with one step between neighbours, up to 5 apart (zxcvbn's rule).
pub(super) fn sequences(analysis: &mut Analysis<'_>) {
    let text = analysis.text;
    let step = |i: usize| {
        let alike = text[i].is_ascii_digit() == text[i + 1].is_ascii_digit();
        let step = text[i + 1] as i32 - text[i] as i32;
        (alike && text[i].is_alphanumeric() && (1..=5).contains(&step.abs())).then_some(step)
    };
    let mut from = 0;
    while from + 2 < text.len() {
        let first = step(from);
        let mut to = from + 1;
        while first.is_some() && to + 1 < text.len() && step(to) == first {
            to += 1;
        }
        if to >= from + 2 {
            let start = match text[from] {
                'a' | 'z' | '0' | '1' | '9' => 4.0,
                '0'..='9' => 10.0,
                _ => 26.0,
            };
            let turn = if first < Some(0) { 2.0 } else { 1.0 };
            let guesses = f64::log10(start * turn * (to + 1 - from) as f64);
            analysis.add(Found { from, to: to + 1, guesses, kind: Kind::Sequence });
        }
        from = to;
    }
}

const ROWS: [&str; 4] = ["`1234567890-=", " qwertyuiop[]\\", " asdfghjkl;'", " zxcvbnm,./"];
const SHIFTED: [&str; 4] = ["~!@#$%^&*()_+", " QWERTYUIOP{}|", " ASDFGHJKL:\"", " ZXCVBNM<>?"];

/// Column and row of a key of a US keyboard, and whether shift is held. Rows lean right by half a key.
fn key(c: char) -> Option<(i32, i32)> {
    if c == ' ' {
        return None;
    }
    (0..4).find_map(|row| {
        let column = ROWS[row].find(c).or_else(|| SHIFTED[row].find(c))?;
        Some((column as i32, row as i32))
    })
}

/// Walks over at least three neighbouring keys. Guesses by zxcvbn: 94 starts, 4.6 neighbours for every turn.
pub(super) fn keyboard_walks(analysis: &mut Analysis<'_>) {
    let text = analysis.text;
    let direction = |i: usize| {
        let (a, b) = (key(text[i])?, key(text[i + 1])?);
        let (x, y) = (b.0 - a.0, b.1 - a.1);
        matches!((x, y), (-1 | 1, 0) | (0 | 1, -1) | (-1 | 0, 1)).then_some((x, y))
    };
    let mut from = 0;
    while from + 2 < text.len() {
        let (mut to, mut turns, mut last) = (from, 0, None);
        while to + 1 < text.len() {
            let Some(now) = direction(to) else { break };
            turns += i32::from(last != Some(now));
            last = Some(now);
            to += 1;
        }
        if to >= from + 2 {
            let guesses = f64::log10(94.0 * (to + 1 - from) as f64) + f64::from(turns) * 4.6f64.log10();
            analysis.add(Found { from, to: to + 1, guesses, kind: Kind::KeyboardWalk });
        }
        from = to.max(from + 1);
    }
}

/// Years 1900 to 2099, and days with a year: 6 or 8 digits, or three numbers with one sign between them. Core has
/// no clock, so every year costs the same 100 guesses (zxcvbn: the distance from today, at least 20), and a day
/// 365 times as much; the sign costs another factor of 4.
pub(super) fn dates(analysis: &mut Analysis<'_>) {
    let text = analysis.text;
    for from in 0..text.len() {
        for length in [4, 6, 8, 10] {
            let Some(part) = text.get(from..from + length) else { break };
            let guesses = match length {
                4 if year(part) => 2.0,
                6 if day_and_month(&part[..2], &part[2..4]) || day_and_month(&part[2..4], &part[4..]) => 4.56,
                8 if year(&part[4..]) && day_and_month(&part[..2], &part[2..4]) => 4.56,
                8 if year(&part[..4]) && day_and_month(&part[4..6], &part[6..]) => 4.56,
                8 if sign(part[2]) && part[2] == part[5] && day_and_month(&part[..2], &part[3..5]) => 5.16,
                10 if sign(part[2])
                    && part[2] == part[5]
                    && year(&part[6..])
                    && day_and_month(&part[..2], &part[3..5]) =>
                {
                    5.16
                }
                10 if sign(part[4])
                    && part[4] == part[7]
                    && year(&part[..4])
                    && day_and_month(&part[5..7], &part[8..]) =>
                {
                    5.16
                }
                _ => continue,
            };
            let digits = part.iter().filter(|c| c.is_ascii_digit()).count();
            if digits == length || (length >= 8 && digits + 2 == length) {
                analysis.add(Found { from, to: from + length, guesses, kind: Kind::Date });
            }
        }
    }
}

fn sign(c: char) -> bool {
    matches!(c, '.' | '-' | '/' | ' ' | '_')
}

fn number(digits: &[char]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, c| Some(sum * 10 + c.to_digit(10)?))
}

fn year(digits: &[char]) -> bool {
    number(digits).is_some_and(|year| (1900..=2099).contains(&year))
}

fn day_and_month(a: &[char], b: &[char]) -> bool {
    let (Some(a), Some(b)) = (number(a), number(b)) else { return false };
    (1..=31).contains(&a) && (1..=31).contains(&b) && a.min(b) <= 12
}

/// Anything that stands at least twice in a row: the guesses of one, times how often. Runs after the others,
/// whose finds it counts by.
pub(super) fn repeats(analysis: &mut Analysis<'_>) {
    let text = analysis.text;
    analysis.sort();
    let mut repeats = Vec::new();
    for base in 1..=text.len() / 2 {
        let mut from = 0;
        while from + base < text.len() {
            let same = (from..text.len() - base).take_while(|i| text[*i] == text[i + base]).count();
            if !analysis.step(same + 1) {
                break;
            }
            let times = same / base + 1;
            if times >= 2 && times * base >= 3 {
                let one = cheapest(analysis, from, from + base).0;
                let guesses = one + f64::log10(times as f64);
                repeats.push(Found { from, to: from + times * base, guesses, kind: Kind::Repeat });
            }
            from += same + 1;
        }
    }
    analysis.found.extend(repeats);
}
