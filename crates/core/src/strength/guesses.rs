//! How many ways there are to write or draw something.

use super::fold::Unit;

/// Keys and average neighbours of a QWERTY keyboard (Dvorak's are close), both characters of a key counted.
pub(super) const KEYBOARD: (f64, f64) = (94.0, 432.0 / 94.0);
/// Keys and average neighbours of a number pad.
pub(super) const KEYPAD: (f64, f64) = (15.0, 76.0 / 15.0);

/// Ways to choose at least one and at most `most` of `of`.
pub(super) fn choices_up_to(of: usize, most: usize) -> f64 {
    let (mut sum, mut choices) = (0.0, 1.0);
    for chosen in 0..most {
        choices = choices * (of - chosen) as f64 / (chosen + 1) as f64;
        sum += choices;
    }
    sum
}

/// Ways to write a word in capitals as this one: 1 for none; 2 for the first, the last or all; else the ways to
/// choose as many capitals, or as many small letters if these are fewer.
pub(super) fn uppercase_variations(token: &[Unit]) -> f64 {
    let upper = token.iter().filter(|unit| unit.upper).count();
    let lower = token.iter().filter(|unit| unit.lower()).count();
    let at_an_end = [token.first(), token.last()].into_iter().flatten().any(|unit| unit.upper);
    match upper {
        0 => 1.0,
        1 if at_an_end => 2.0,
        _ if lower == 0 => 2.0,
        _ => choices_up_to(upper + lower, upper.min(lower)),
    }
}

/// Walks over a keyboard of at most `length` keys and `turns` turns, `shifts` of them with shift.
pub(super) fn spatial_guesses(length: usize, turns: usize, shifts: usize, keyboard: bool) -> f64 {
    let (keys, neighbours) = if keyboard { KEYBOARD } else { KEYPAD };
    let mut guesses = 0.0;
    for keys_walked in 2..=length {
        let (mut choices, mut ways) = (1.0, keys);
        for turn in 1..=turns.min(keys_walked - 1) {
            ways *= neighbours;
            guesses += choices * ways;
            choices = choices * (keys_walked - turn) as f64 / turn as f64;
        }
    }
    let plain = length - shifts;
    match shifts {
        0 => guesses,
        _ if plain == 0 => guesses * 2.0,
        _ => guesses * choices_up_to(length, shifts.min(plain)),
    }
}

#[cfg(test)]
mod tests {
    use super::{choices_up_to, spatial_guesses, uppercase_variations};
    use crate::strength::fold::units;

    #[test]
    fn choices_are_binomial_sums() {
        assert_eq!(
            [(5, 1), (5, 2), (5, 5), (3, 0)].map(|(of, most)| choices_up_to(of, most)),
            [5.0, 15.0, 31.0, 0.0]
        );
    }

    #[test]
    fn usual_capitals_double_the_guesses_and_others_cost_more() {
        for (word, ways) in [
            ("word", 1.0),
            ("Word", 2.0),
            ("worD", 2.0),
            ("WORD", 2.0),
            ("W0RD", 2.0),
            ("wOrd", 4.0),
            ("wORd", 10.0),
            ("A", 2.0),
        ] {
            assert_eq!(uppercase_variations(&units(word)), ways, "{word}");
        }
    }

    #[test]
    fn a_straight_row_is_cheap_and_turns_and_shifts_are_not() {
        let row = spatial_guesses(6, 1, 0, true);
        assert!((row - 5.0 * 432.0).abs() < 1e-6);
        assert!(spatial_guesses(6, 2, 0, true) > row && spatial_guesses(6, 1, 1, true) > row);
        assert_eq!(spatial_guesses(6, 1, 6, true), row * 2.0);
    }
}
