//! The writer of the file of words, for tools (cargo feature `encode`).

use super::{
    Class,
    format::{LONGEST, MAGIC},
};
use crate::strength::fold::letter;
use std::collections::BTreeMap;

/// Makes a file of words as [`Words::read`](super::Words::read) takes it. Words are folded; one that comes again
/// keeps its least rank; one of more than 31 bytes or with control characters is left out. Ranks count from 1 in
/// the word's own list and are rounded, the less common the more.
pub fn encode(words: &[(String, Class, u32)]) -> Vec<u8> {
    let mut sorted = BTreeMap::new();
    for (word, class, rank) in words {
        let word: String = word.chars().filter_map(letter).collect();
        if word.is_empty() || word.len() > LONGEST || word.bytes().any(|byte| byte < 32) {
            continue;
        }
        let kind = ((*rank).max(1), *class as u8);
        sorted.entry(word).and_modify(|known| *known = kind.min(*known)).or_insert(kind);
    }
    let mut kinds: Vec<(u8, u32)> = sorted.values().map(|(rank, class)| (*class, rounded(*rank))).collect();
    let labels = kinds.clone();
    kinds.sort_unstable();
    kinds.dedup();
    debug_assert!(kinds.len() <= 254);

    let mut file = MAGIC.to_vec();
    file.push(kinds.len() as u8);
    for (class, rank) in &kinds {
        file.push(*class);
        file.extend(&rank.to_le_bytes()[..3]);
    }
    let (mut text, mut before) = (Vec::new(), "");
    for word in sorted.keys() {
        let shared = word.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        text.push((before.len() - shared) as u8);
        text.extend(&word.as_bytes()[shared..]);
        before = word;
    }
    file.extend((text.len() as u32).to_le_bytes());
    file.extend(text);
    file.extend(labels.iter().map(|kind| kinds.binary_search(kind).unwrap_or(0) as u8));
    file
}

/// Where steps of ranks end, and how many steps an octave has below. Steps end where a score changes for the commonest
/// shapes: 1,003 for the word alone, 501 and 250 with a capital or a sign; 9,900 with a year, 4,950 with a capital as
/// well or with two digits, 2,475 with both. Warnings change after 10 and 100. Measured on 18,000 passwords: scores as
/// zxcvbn's for 99.68 %, in 218 kB; with two steps an octave throughout 99.39 % in 217 kB, with three 224 kB.
const STEPS: [(u32, f64); 9] = [
    (16, f64::INFINITY),
    (100, 8.0),
    (250, 4.0),
    (501, 4.0),
    (1003, 4.0),
    (2475, 2.0),
    (4950, 2.0),
    (9900, 2.0),
    (0xFF_FFFF, 2.25),
];

/// The rank that stands for all ranks near `rank`.
fn rounded(rank: u32) -> u32 {
    let mut from = 1;
    for (to, steps) in STEPS {
        if rank <= to {
            let (from, ratio) = (f64::from(from), f64::from(rank) / f64::from(from));
            let step = (ratio.log2() * steps).floor();
            // The middle of the step, all of whose ranks are equally likely.
            let [low, high] =
                [step, step + 1.0].map(|step| (from * (step / steps).exp2()).min(f64::from(to)));
            return if steps.is_finite() { f64::midpoint(low, high) as u32 } else { rank };
        }
        from = to + 1;
    }
    0xFF_FFFF
}

#[cfg(test)]
mod tests {
    use super::{super::Words, Class, encode, rounded};

    #[test]
    fn what_is_written_is_read_again() {
        let words = [("Straße", Class::Word, 9), ("anna", Class::Name, 2), ("ANNA", Class::Password, 100)]
            .map(|(word, class, rank)| (word.to_owned(), class, rank));
        let words = Words::read(&encode(&words)).expect("our own file");
        assert_eq!(words.find("anna").map(|word| (word.class, word.rank)), Some((Class::Name, 2)));
        assert!(words.find("strase").is_some());
    }

    #[test]
    fn words_that_no_file_can_hold_are_left_out() {
        let words = ["", "\u{301}", "a\nb", &"x".repeat(32)].map(|word| (word.to_owned(), Class::Word, 1));
        assert_eq!(Words::read(&encode(&words)).map(|words| words.kinds.len()), Ok(0));
    }

    #[test]
    fn rounding_keeps_the_order_and_the_thresholds() {
        let mut labels = std::collections::BTreeSet::new();
        for rank in 1..40_000 {
            assert!(rounded(rank) <= rounded(rank + 1));
            assert!(
                f64::from(rounded(rank)) / f64::from(rank) < 1.25
                    && f64::from(rank) / f64::from(rounded(rank)) < 1.25
            );
            for limit in [10, 100, 250, 501, 1003, 2475, 4950, 9900] {
                assert_eq!(rank <= limit, rounded(rank) <= limit, "{rank}");
            }
            labels.insert(rounded(rank));
        }
        assert!(labels.len() * 3 <= 254, "{}", labels.len());
    }
}
