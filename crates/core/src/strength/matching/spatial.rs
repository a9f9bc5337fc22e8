//! Walks over neighbouring keys.

use super::{Analysis, Pattern};
use crate::strength::guesses::spatial_guesses;

/// Where each ASCII character is on a keyboard: column in the low four bits, row in the next three, shift in the
/// highest; `NOWHERE` if it has no key.
type Keys = [u8; 128];
const NOWHERE: u8 = 0xFF;
const SHIFT: u8 = 0x80;

struct Keyboard {
    keys: Keys,
    /// Rows lean by half a key, so that a key has six neighbours; else eight.
    slanted: bool,
}

/// Puts a row of keys in its place: two characters a key (with and without shift) if the keyboard is slanted.
const fn row(mut keys: Keys, row: &[u8], y: u8, x: u8, slanted: bool) -> Keys {
    let mut at = 0;
    while at < row.len() {
        keys[row[at] as usize] = if slanted {
            (at % 2) as u8 * SHIFT + (y << 4) + x + (at / 2) as u8
        } else {
            (y << 4) + x + at as u8
        };
        at += 1;
    }
    keys
}

const fn keyboard(rows: [(&[u8], u8); 5], slanted: bool) -> Keyboard {
    let mut keys = [NOWHERE; 128];
    let mut y = 0;
    while y < 5 {
        keys = row(keys, rows[y].0, y as u8, rows[y].1, slanted);
        y += 1;
    }
    Keyboard { keys, slanted }
}

static KEYBOARDS: [Keyboard; 4] = [
    keyboard(
        [
            (b"`~1!2@3#4$5%6^7&8*9(0)-_=+", 0),
            (b"qQwWeErRtTyYuUiIoOpP[{]}\\|", 1),
            (b"aAsSdDfFgGhHjJkKlL;:'\"", 1),
            (b"zZxXcCvVbBnNmM,<.>/?", 1),
            (b"", 0),
        ],
        true,
    ),
    keyboard(
        [
            (b"`~1!2@3#4$5%6^7&8*9(0)[{]}", 0),
            (b"'\",<.>pPyYfFgGcCrRlL/?=+\\|", 1),
            (b"aAoOeEuUiIdDhHtTnNsS-_", 1),
            (b";:qQjJkKxXbBmMwWvVzZ", 1),
            (b"", 0),
        ],
        true,
    ),
    keyboard([(b"/*-", 1), (b"789+", 0), (b"456", 0), (b"123", 0), (b"0.", 1)], false),
    keyboard([(b"=/*", 1), (b"789-", 0), (b"456+", 0), (b"123", 0), (b"0.", 1)], false),
];

impl Keyboard {
    fn key(&self, c: u32) -> Option<u8> {
        self.keys.get(c as usize).copied().filter(|key| *key != NOWHERE)
    }

    /// The direction from one character's key to the other's, if they are neighbours.
    fn direction(&self, a: u32, b: u32) -> Option<(i8, i8)> {
        let (a, b) = (self.key(a)?, self.key(b)?);
        let x = (b & 15) as i8 - (a & 15) as i8;
        let y = (b >> 4 & 7) as i8 - (a >> 4 & 7) as i8;
        let near = (x, y) != (0, 0) && x.abs() <= 1 && y.abs() <= 1 && !(self.slanted && x == y);
        near.then_some((x, y))
    }
}

/// Finds walks of at least three keys on each keyboard.
pub(in super::super) fn find(analysis: &mut Analysis<'_>) {
    let length = analysis.text.len();
    for keyboard in &KEYBOARDS {
        let shifted = |c: u32| keyboard.key(c).is_some_and(|key| key & SHIFT != 0);
        let mut from = 0;
        while from + 1 < length {
            let (mut to, mut turns, mut last) = (from + 1, 0, None);
            let mut shifts = usize::from(shifted(analysis.plain(from)));
            while to < length {
                let direction = keyboard.direction(analysis.plain(to - 1), analysis.plain(to));
                if direction.is_none() {
                    break;
                }
                shifts += usize::from(shifted(analysis.plain(to)));
                turns += usize::from(direction != last);
                last = direction;
                to += 1;
            }
            analysis.steps.taken += to - from;
            if to - from > 2 {
                let guesses = spatial_guesses(to - from, turns, shifts, keyboard.slanted);
                analysis.add(from, to, guesses, Pattern::Spatial { straight: turns == 1 });
            }
            from = to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::KEYBOARDS;
    use crate::strength::guesses::{KEYBOARD, KEYPAD};

    #[test]
    fn the_averages_are_those_of_the_keyboards() {
        for (keyboard, known) in [(&KEYBOARDS[0], KEYBOARD), (&KEYBOARDS[2], KEYPAD)] {
            let keys: Vec<u32> = (0..128).filter(|c| keyboard.key(*c).is_some()).collect();
            // Both characters of a key are neighbours once.
            let unshifted = |c: &&u32| keyboard.key(**c).is_some_and(|key| key & super::SHIFT == 0);
            let pairs: usize = keys
                .iter()
                .map(|a| {
                    keys.iter().filter(unshifted).filter(|b| keyboard.direction(*a, **b).is_some()).count()
                })
                .sum();
            assert_eq!((keys.len() as f64, pairs as f64 / keys.len() as f64), known);
        }
    }

    #[test]
    fn neighbours_are_those_of_the_layout() {
        let near = |board: usize, a: char, b: char| KEYBOARDS[board].direction(a as u32, b as u32).is_some();
        assert!(
            near(0, 'g', 'y')
                && near(0, 'g', 'T')
                && near(0, 'g', 'v')
                && !near(0, 'g', 'n')
                && !near(0, 'g', 'r')
        );
        assert!(near(1, '/', 'l') && near(1, '/', ']') && near(1, 'a', ';') && !near(1, 'a', 'A'));
        assert!(near(2, '+', '6') && near(2, '5', '9') && near(3, '=', '7') && !near(2, '+', '3'));
    }
}
