//! Characters at equal distances: `abcd`, `9753`.

use super::{Analysis, Pattern};

/// Greatest distance between two characters of a sequence.
const MOST: i64 = 5;

/// Finds sequences: three characters or more, or two neighbours.
pub(in super::super) fn find(analysis: &mut Analysis<'_>) {
    let length = analysis.text.len();
    let delta = |analysis: &Analysis<'_>, at: usize| {
        i64::from(analysis.plain(at)) - i64::from(analysis.plain(at - 1))
    };
    let mut from = 0;
    while from + 1 < length {
        let step = delta(analysis, from + 1);
        let mut last = from + 1;
        while last + 1 < length && delta(analysis, last + 1) == step {
            last += 1;
        }
        if (last - from > 1 || step.abs() == 1) && (1..=MOST).contains(&step.abs()) {
            let start = match char::from_u32(analysis.plain(from)) {
                Some('a' | 'A' | 'z' | 'Z' | '0' | '1' | '9') => 4.0,
                Some('0'..='9') => 10.0,
                _ => 26.0,
            };
            let turned = if step < 0 { 2.0 } else { 1.0 };
            analysis.add(from, last + 1, start * turned * (last + 1 - from) as f64, Pattern::Sequence);
        }
        analysis.steps.taken += last - from;
        from = last;
    }
}
