//! Anything that stands at least twice in a row.

use super::{Analysis, Pattern};

/// A repeat of `base` characters, `times` times.
#[derive(Clone, Copy)]
struct Repeat {
    base: usize,
    times: usize,
}

/// Finds repeats from left to right, of those at one place the longest (zxcvbn's rule: the longest base or the
/// shortest, whichever covers more). The guesses are those of the base, times how often; the base is analysed like a password.
pub(in super::super) fn find(analysis: &mut Analysis<'_>) {
    let text = analysis.text;
    let length = text.len();
    // For each place the repeats of the shortest and of the longest base.
    let mut shortest: Vec<Option<Repeat>> = vec![None; length];
    let mut longest = shortest.clone();
    for base in 1..=length / 2 {
        let mut same = 0;
        for at in (0..length - base).rev() {
            same = if text[at].plain == text[at + base].plain { same + 1 } else { 0 };
            if same >= base {
                let repeat = Some(Repeat { base, times: same / base + 1 });
                longest[at] = repeat;
                shortest[at] = shortest[at].or(repeat);
            }
        }
        analysis.steps.taken += length - base;
    }
    let mut from = 0;
    while from < length {
        let (Some(short), Some(long)) = (shortest[from], longest[from]) else {
            from += 1;
            continue;
        };
        let covers = |repeat: Repeat| repeat.base * repeat.times;
        let all = covers(short).max(covers(long));
        let base =
            if covers(long) > covers(short) { period(analysis, from, long.base, all) } else { short.base };
        let guesses = analysis.estimator.guesses(&text[from..from + base], analysis.steps);
        analysis.add(from, from + all, guesses * (all / base) as f64, Pattern::Repeat { single: base == 1 });
        from += all;
    }
}

/// The shortest base that `text[from..from + all]` is made of, if shorter than `base`.
fn period(analysis: &Analysis<'_>, from: usize, base: usize, all: usize) -> usize {
    let same = |period: usize| {
        (from..from + all - period).all(|at| analysis.text[at].plain == analysis.text[at + period].plain)
    };
    (1..base).find(|period| all.is_multiple_of(*period) && same(*period)).unwrap_or(base)
}
