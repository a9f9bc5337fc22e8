//! Days with their year: `1.1.91`, `13-12-2011`, `23112026`. Any order that has the year first or last.

use super::{Analysis, Pattern};

/// Finds dates; of those within each other only the longest.
pub(in super::super) fn find(analysis: &mut Analysis<'_>) {
    let length = analysis.text.len();
    let mut covered = 0;
    for from in 0..length {
        let mut longest = None;
        for to in from + 4..=(from + 10).min(length) {
            analysis.steps.taken += 1;
            if let Some(found) = without_sign(analysis, from, to).or_else(|| with_sign(analysis, from, to)) {
                longest = Some((to, found));
            }
        }
        if let Some((to, (year, factor))) = longest.filter(|(to, _)| *to > covered) {
            covered = to;
            let guesses = analysis.year_space(year) * 365.0 * factor;
            analysis.add(from, to, guesses, Pattern::Date);
        }
    }
}

/// Where the second and the third number begin, by the number of digits.
fn splits(digits: usize) -> &'static [(usize, usize)] {
    match digits {
        4 => &[(1, 2), (2, 3)],
        5 => &[(1, 3), (2, 3)],
        6 => &[(1, 2), (2, 4), (4, 5)],
        7 => &[(1, 3), (2, 3), (4, 5), (4, 6)],
        8 => &[(2, 4), (4, 6)],
        _ => &[],
    }
}

/// The year nearest to today of all ways to split the digits.
fn without_sign(analysis: &Analysis<'_>, from: usize, to: usize) -> Option<(u32, f64)> {
    let mut nearest: Option<u32> = None;
    let distance = |year: u32| year.abs_diff(analysis.estimator.this_year());
    for (second, third) in splits(to - from) {
        let numbers = [
            analysis.number(from, from + second)?,
            analysis.number(from + second, from + third)?,
            analysis.number(from + third, to)?,
        ];
        if let Some(year) = year(numbers)
            && nearest.is_none_or(|other| distance(year) < distance(other))
        {
            nearest = Some(year);
        }
    }
    nearest.map(|year| (year, 1.0))
}

/// Three numbers with the same sign between them. The sign is one of about four.
fn with_sign(analysis: &Analysis<'_>, from: usize, to: usize) -> Option<(u32, f64)> {
    let is_sign = |at: usize| {
        let c = char::from_u32(analysis.plain(at))?;
        (matches!(c, '/' | '\\' | '_' | '.' | '-') || c.is_ascii_whitespace()).then_some(c)
    };
    let first = (from + 1..from + 5).find(|at| is_sign(*at).is_some())?;
    let second = (first + 2..first + 4).find(|at| is_sign(*at) == is_sign(first))?;
    if second >= to || !(1..=4).contains(&(to - second - 1)) {
        return None;
    }
    let numbers = [
        analysis.number(from, first)?,
        analysis.number(first + 1, second)?,
        analysis.number(second + 1, to)?,
    ];
    year(numbers).map(|year| (year, 4.0))
}

/// The year of three numbers, if they can be a day, a month and a year with the year first or last.
fn year(numbers: [u32; 3]) -> Option<u32> {
    let [first, middle, last] = numbers;
    let above = |limit| numbers.iter().filter(|number| **number > limit).count();
    if !(1..=31).contains(&middle)
        || numbers.iter().any(|number| (100..1000).contains(number) || *number > 2050)
        || above(31) >= 2
        || above(12) == 3
        || numbers.iter().filter(|number| **number == 0).count() >= 2
    {
        return None;
    }
    let pairs = [(last, (first, middle)), (first, (middle, last))];
    if let Some((year, pair)) = pairs.iter().find(|(year, _)| *year >= 1000) {
        return day_and_month(*pair).then_some(*year);
    }
    let (year, _) = pairs.iter().find(|(_, pair)| day_and_month(*pair))?;
    Some(match *year {
        0..=50 => year + 2000,
        51..=99 => year + 1900,
        year => year,
    })
}

fn day_and_month((a, b): (u32, u32)) -> bool {
    let ok = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
    ok(a, b) || ok(b, a)
}

#[cfg(test)]
mod tests {
    use super::year;

    #[test]
    fn the_year_stands_first_or_last_and_may_be_short() {
        for (numbers, found) in [
            ([23, 11, 2026], Some(2026)),
            ([1991, 1, 31], Some(1991)),
            ([1, 2, 91], Some(1991)),
            ([5, 4, 20], Some(2020)),
            ([50, 1, 2], Some(2050)),
            ([13, 13, 13], None),
            ([1, 32, 5], None),
            ([1, 0, 5], None),
            ([1, 2, 2051], None),
            ([1, 2, 345], None),
            ([2000, 13, 14], None),
        ] {
            assert_eq!(year(numbers), found, "{numbers:?}");
        }
    }
}
