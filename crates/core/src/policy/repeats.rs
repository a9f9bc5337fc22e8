//! Repeats, runs of neighbours such as `abcd` or `4321`, and how many different characters there are.

/// A stretch of a password: where it begins and how many characters it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) from: usize,
    pub(super) length: usize,
}

/// Longest run of one and the same character.
pub(super) fn longest_repeat(password: &[char]) -> Run {
    longest(password, |a, b| (a == b).then_some(0))
}

/// Longest run of ASCII letters or digits that each follow the one before, up or down, without regard to case.
/// A single character is a run of 1.
pub(super) fn longest_sequence(password: &[char]) -> Run {
    longest(password, |a, b| {
        let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
        let alike =
            (a.is_ascii_digit() && b.is_ascii_digit()) || (a.is_ascii_lowercase() && b.is_ascii_lowercase());
        let step = b as i32 - a as i32;
        (alike && step.abs() == 1).then_some(step)
    })
}

/// First of the longest stretches in which `step` gives the same value for every pair of neighbours.
pub(super) fn longest(password: &[char], step: fn(char, char) -> Option<i32>) -> Run {
    let (mut best, mut run, mut last) = (Run::default(), Run::default(), None);
    for (at, c) in password.iter().enumerate() {
        let now = if at == 0 { None } else { step(password[at - 1], *c) };
        run = match now {
            None => Run { from: at, length: 1 },
            Some(_) if now == last => Run { length: run.length + 1, ..run },
            Some(_) => Run { from: at - 1, length: 2 },
        };
        last = now;
        if run.length > best.length {
            best = run;
        }
    }
    best
}

/// How many different characters there are, and how often the one that is there most often.
pub(super) fn variety(password: &[char]) -> (usize, usize) {
    // Each character's own places only: quadratic, but on a prefix that no policy's length exceeds.
    let (mut distinct, mut most) = (0, 0);
    for (at, c) in password.iter().enumerate() {
        if !password[..at].contains(c) {
            distinct += 1;
            most = most.max(password[at..].iter().filter(|other| *other == c).count());
        }
    }
    (distinct, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(find: fn(&[char]) -> Run, password: &str) -> (usize, usize) {
        let run = find(&password.chars().collect::<Vec<_>>());
        (run.from, run.length)
    }

    #[test]
    fn repeats_are_counted_character_by_character() {
        assert_eq!(of(longest_repeat, ""), (0, 0));
        assert_eq!(of(longest_repeat, "abab"), (0, 1));
        assert_eq!(of(longest_repeat, "baaab"), (1, 3));
    }

    #[test]
    fn sequences_go_up_and_down_but_do_not_turn() {
        assert_eq!(of(longest_sequence, "xaBcD9"), (1, 4));
        assert_eq!(of(longest_sequence, "4321"), (0, 4));
        assert_eq!(of(longest_sequence, "1232"), (0, 3));
        assert_eq!(of(longest_sequence, "9:;"), (0, 1));
    }

    #[test]
    fn different_characters_are_counted_and_the_commonest_is() {
        let of = |password: &str| variety(&password.chars().collect::<Vec<_>>());
        assert_eq!(of("abcabca"), (3, 3));
        assert_eq!(of("aA日日"), (3, 2));
        assert_eq!(of(""), (0, 0));
    }
}
