//! The writer of the file of words, for tools (cargo feature `encode`).

use super::{
    Class,
    format::{LONGEST, MAGIC},
};
use crate::strength::fold::letter;
use std::collections::BTreeMap;

/// Makes a file of words as [`Words::read`](super::Words::read) takes it. Words are folded; one that comes again
/// keeps its least rank; one of more than 31 bytes or with control characters is left out. Ranks count from 1 in
/// the word's own list and are rounded, the less common the more ([`rounded`]).
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

/// The rank that stands for all ranks near `rank`: exact to 16, then eight steps an octave to 128, four to 1,024,
/// two above. Steps end at 10, 100 and 1,004, where a warning or the score changes.
fn rounded(rank: u32) -> u32 {
    let steps = match rank {
        0..=16 => return rank,
        17..=100 => 8.0,
        101..=1004 => 4.0,
        _ => 2.0,
    };
    let (from, to) = match rank {
        17..=100 => (17, 100),
        101..=1004 => (101, 1004),
        _ => (1005, 0xFF_FFFF),
    };
    let step = (f64::from(rank) / f64::from(from)).log2() * steps;
    let middle = f64::from(from) * ((step.floor() + 0.5) / steps).exp2();
    (middle as u32).clamp(from, to)
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
            assert!(f64::from(rounded(rank)) / f64::from(rank) < 1.2 && f64::from(rank) / f64::from(rounded(rank)) < 1.2);
            for limit in [10, 100, 1004] {
                assert_eq!(rank <= limit, rounded(rank) <= limit, "{rank}");
            }
            labels.insert(rounded(rank));
        }
        assert!(labels.len() * 3 <= 254, "{}", labels.len());
    }
}
