//! Years from 1900 to the next one.

use super::{Analysis, Pattern};

/// Guesses for one sign at the very end, after a year: `!` and few others.
const ENDING: f64 = 8.0;

/// Finds years, and a year with one sign that ends the password: `2026!` is what forced changes and rules make.
/// zxcvbn 4.4.2 knows years to 2019, and the sign costs it another part.
pub(in super::super) fn find(analysis: &mut Analysis<'_>) {
    let differs = analysis.estimator.differs();
    let latest = if differs { analysis.estimator.this_year() + 1 } else { 2019 };
    let mut from = 0;
    while from + 4 <= analysis.text.len() {
        let year = analysis.number(from, from + 4).filter(|year| (1900..=latest).contains(year));
        let Some(year) = year else {
            from += 1;
            continue;
        };
        let space = analysis.year_space(year);
        analysis.add(from, from + 4, space, Pattern::Year);
        let end = analysis.text.get(from + 4).is_some_and(|unit| unit.plain.is_ascii_punctuation());
        if differs && end && from + 5 == analysis.text.len() {
            analysis.add(from, from + 5, space * ENDING, Pattern::Year);
        }
        from += 4;
    }
}
