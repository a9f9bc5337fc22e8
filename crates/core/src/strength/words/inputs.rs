//! The words of the person and the organisation: a small trie of their own, built for one person.

use super::{Class, LONGEST, Word, Words, trie::Builder};
use crate::strength::fold::letter;

/// Letters from which on a part of an input counts as a word of its own (Active Directory's rule has 3 as well).
const LEAST_PART: usize = 3;

/// Takes the inputs and, of those with several parts (a full name, a mail address), each part. The first has rank 1;
/// from the 254th on all have the same rank.
pub(super) fn words(inputs: &[&str]) -> Words {
    let mut sorted: Vec<(Vec<u8>, u8)> = Vec::new();
    for (at, input) in inputs.iter().enumerate() {
        let label = at.min(253) as u8;
        insert(&mut sorted, input, label);
        // Only ASCII separates: the table of all letters is 1.5 kB of module.
        for part in input.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()) {
            if part.chars().nth(LEAST_PART - 1).is_some() {
                insert(&mut sorted, part, label);
            }
        }
    }
    let mut builder = Builder::new(0);
    let mut before: &[u8] = &[];
    for (word, label) in &sorted {
        let keep = word.iter().zip(before).take_while(|(a, b)| a == b).count();
        let added = builder.push(keep, &word[keep..], *label);
        debug_assert!(added.is_some());
        before = word;
    }
    let kinds = (1..=254).map(|rank| Word { class: Class::Personal, rank }).collect();
    Words { trie: builder.finish(), kinds }
}

/// Puts a word in its place: a sort of the standard library would be 3 kB more of a module that counts every byte.
fn insert(sorted: &mut Vec<(Vec<u8>, u8)>, word: &str, label: u8) {
    let mut folded = Vec::new();
    for letter in word.trim_ascii().chars().filter_map(letter) {
        let mut bytes = [0; 4];
        let bytes = letter.encode_utf8(&mut bytes).as_bytes();
        if folded.len() + bytes.len() > LONGEST {
            break;
        }
        folded.extend_from_slice(bytes);
    }
    if folded.is_empty() {
        return;
    }
    let place = sorted.partition_point(|known| known.0 < folded);
    if sorted.get(place).is_none_or(|known| known.0 != folded) {
        sorted.insert(place, (folded, label));
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn inputs_and_their_parts_are_words() {
        let words = words(&["Ünal@Example.org", "Ann Lee", "", "ann", "\u{1}"]);
        let ranks = ["unal@example.org", "unal", "example", "org", "ann lee", "ann", "lee", "le", "\u{1}"]
            .map(|word| words.find(word).map(|word| word.rank));
        assert_eq!(ranks, [Some(1), Some(1), Some(1), Some(1), Some(2), Some(2), Some(2), None, Some(5)]);
    }

    #[test]
    fn of_a_very_long_input_its_beginning_counts() {
        assert!(words(&["x".repeat(100).as_str()]).find(&"x".repeat(64)).is_some());
    }
}
