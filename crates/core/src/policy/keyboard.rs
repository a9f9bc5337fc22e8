//! Keyboard walks: keys side by side, in any direction and with turns, on the letters' rows of QWERTY, QWERTZ and
//! AZERTY. Shift does not matter; the same key twice ends a walk (that is a repeat).

use super::repeats::{Run, longest};

/// Rows of keys, from the digits down, each with its shifted form. A row is shifted half a key to the right of the
/// row above it.
type Layout = [[&'static str; 2]; 4];

const QWERTY: Layout = [
    ["1234567890-=", "!@#$%^&*()_+"],
    ["qwertyuiop[]", "QWERTYUIOP{}"],
    ["asdfghjkl;'", "ASDFGHJKL:\""],
    ["zxcvbnm,./", "ZXCVBNM<>?"],
];
const QWERTZ: Layout = [
    ["1234567890", "!\"§$%&/()="],
    ["qwertzuiopü+", "QWERTZUIOPÜ*"],
    ["asdfghjklöä#", "ASDFGHJKLÖÄ'"],
    ["yxcvbnm,.-", "YXCVBNM;:_"],
];
const AZERTY: Layout = [
    ["&é\"'(-è_çà)=", "1234567890°+"],
    ["azertyuiop^$", "AZERTYUIOP¨£"],
    ["qsdfghjklmù*", "QSDFGHJKLM%µ"],
    ["wxcvbn,;:!", "WXCVBN?./§"],
];

/// Longest walk, on whichever layout it is longest.
pub(super) fn longest_walk(password: &[char]) -> Run {
    let mut best = longest(password, |a, b| side_by_side(&QWERTY, a, b));
    let others = [
        longest(password, |a, b| side_by_side(&QWERTZ, a, b)),
        longest(password, |a, b| side_by_side(&AZERTY, a, b)),
    ];
    for walk in others {
        if walk.length > best.length {
            best = walk;
        }
    }
    best
}

fn side_by_side(layout: &Layout, a: char, b: char) -> Option<i32> {
    let (a, b) = (place(layout, a)?, place(layout, b)?);
    matches!(((a.0 - b.0).abs(), (a.1 - b.1).abs()), (0, 2) | (1, 1)).then_some(0)
}

/// Row, and place in it in half keys.
fn place(layout: &Layout, c: char) -> Option<(i32, i32)> {
    for (row, forms) in (0..).zip(layout) {
        for keys in forms {
            if let Some(at) = keys.chars().position(|key| key == c) {
                return Some((row, 2 * at as i32 + row));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::longest_walk;

    fn walk(password: &str) -> (usize, usize) {
        let run = longest_walk(&password.chars().collect::<Vec<_>>());
        (run.from, run.length)
    }

    #[test]
    fn keys_side_by_side_are_a_walk_with_turns_and_shift() {
        assert_eq!(walk("x9qwerty9x"), (2, 6));
        assert_eq!(walk("qazxsw"), (0, 6));
        assert_eq!(walk("ASDFfdsa"), (0, 4));
        assert_eq!(walk("!QAZ"), (0, 4));
        assert_eq!(walk("tree"), (0, 3));
    }

    #[test]
    fn other_layouts_have_walks_of_their_own() {
        assert_eq!(walk("qwertz"), (0, 6));
        assert_eq!(walk("azerty"), (0, 6));
        assert_eq!(walk("日本語"), (0, 1));
        assert_eq!(walk(""), (0, 0));
    }
}
