//! Runs: one character repeated, and neighbours in order such as `abcd` or `4321`.

/// Longest run of one and the same character.
pub(super) fn longest_repeat(password: &str) -> u32 {
    longest(password, |a, b| (a == b).then_some(0))
}

/// Longest run of ASCII letters or digits that each follow the one before, up or down, without regard to case.
/// A single character is a run of 1.
pub(super) fn longest_sequence(password: &str) -> u32 {
    longest(password, |a, b| {
        let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
        let alike =
            (a.is_ascii_digit() && b.is_ascii_digit()) || (a.is_ascii_lowercase() && b.is_ascii_lowercase());
        let step = b as i32 - a as i32;
        (alike && step.abs() == 1).then_some(step)
    })
}

/// Longest stretch in which `step` gives the same value for every pair of neighbours.
fn longest(password: &str, step: impl Fn(char, char) -> Option<i32>) -> u32 {
    let (mut best, mut run, mut last, mut before) = (0, 0, None, None);
    for c in password.chars() {
        let now = before.and_then(|before| step(before, c));
        run = match now {
            None => 1,
            Some(_) if now == last => run + 1,
            Some(_) => 2,
        };
        (best, last, before) = (u32::max(best, run), now, Some(c));
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{longest_repeat, longest_sequence};

    #[test]
    fn repeats_are_counted_character_by_character() {
        assert_eq!(longest_repeat(""), 0);
        assert_eq!(longest_repeat("abab"), 1);
        assert_eq!(longest_repeat("baaab"), 3);
    }

    #[test]
    fn sequences_go_up_and_down_but_do_not_turn() {
        assert_eq!(longest_sequence("xaBcD9"), 4);
        assert_eq!(longest_sequence("4321"), 4);
        assert_eq!(longest_sequence("1232"), 3);
        assert_eq!(longest_sequence("9:;"), 1);
    }
}
