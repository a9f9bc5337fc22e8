//! The file of words, made to be small once a server has compressed it, and read in one pass.
//!
//! | bytes | what |
//! | --- | --- |
//! | 6 | `sspr` `w` and the version, `1` |
//! | 1 | number of labels, at most 254 |
//! | 4 each | the labels: class (0 password, 1 word, 2 name) and rank, 24 bits, little endian |
//! | 4 | length of the text, little endian |
//! | … | the text: the words folded, in UTF-8, sorted by bytes, front coded |
//! | 1 each | the label of every word, in the same order |
//!
//! In the text every word begins with a byte below 32: how many bytes to take off the end of the word before it.
//! The bytes from 32 on that follow are added to what is left. A label stands for all ranks near its own (the
//! encoder chooses how near): exact ranks would add half as much again to the compressed file.
//!
//! Measured with the 93,855 words of zxcvbn 4.4.2, brotli 11: this order of streams 216 kB; a label beside each word
//! 228 kB; length of the shared beginning instead of what is taken off 2 kB more; lengths, beginnings and rests as
//! three streams 238 kB.

use super::{Class, Word, Words, trie::Builder};

/// What a file begins with.
pub(super) const MAGIC: &[u8; 6] = b"ssprw1";

/// Most bytes that a word in a file can have, since a byte below 32 takes all of them off.
#[cfg(feature = "encode")]
pub(super) const LONGEST: usize = 31;

/// Why a file of words cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordsProblem {
    /// It is no file of words, or one of a version that this code does not know.
    OtherFormat,
    /// It ends too early, or goes on after its end.
    WrongLength,
    /// Its words are not sorted, or a label or class is unknown.
    Malformed,
}

pub(super) fn read(file: &[u8]) -> Result<Words, WordsProblem> {
    let rest = file.strip_prefix(MAGIC).ok_or(WordsProblem::OtherFormat)?;
    let (count, rest) = rest.split_first().ok_or(WordsProblem::WrongLength)?;
    let (labels, rest) = rest.split_at_checked(usize::from(*count) * 4).ok_or(WordsProblem::WrongLength)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(WordsProblem::WrongLength)?;
    let (text, ranks) =
        rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(WordsProblem::WrongLength)?;

    let mut kinds = Vec::with_capacity(labels.len() / 4);
    for label in labels.as_chunks::<4>().0 {
        let class = match label[0] {
            0 => Class::Password,
            1 => Class::Word,
            2 => Class::Name,
            _ => return Err(WordsProblem::Malformed),
        };
        let rank = u32::from_le_bytes([label[1], label[2], label[3], 0]);
        kinds.push(Word { class, rank: rank.max(1) });
    }

    let mut builder = Builder::new(text.iter().filter(|byte| **byte >= 32).count());
    let mut ranks = ranks.iter();
    let mut text = text;
    while let Some((dropped, rest)) = text.split_first() {
        let end = rest.iter().position(|byte| *byte < 32).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let label = *ranks.next().ok_or(WordsProblem::WrongLength)?;
        let keep = builder.depth().checked_sub(usize::from(*dropped));
        keep.filter(|_| *dropped < 32 && usize::from(label) < kinds.len())
            .and_then(|keep| builder.push(keep, word, label))
            .ok_or(WordsProblem::Malformed)?;
        text = after;
    }
    if ranks.next().is_some() {
        return Err(WordsProblem::WrongLength);
    }
    Ok(Words { trie: builder.finish(), kinds })
}

#[cfg(test)]
mod tests {
    use super::{MAGIC, Words, WordsProblem};
    use proptest::prelude::*;

    fn file(text: &[u8], labels: &[u8]) -> Vec<u8> {
        let mut file = MAGIC.to_vec();
        file.extend([2, 0, 1, 0, 0, 2, 44, 1, 0]);
        file.extend((text.len() as u32).to_le_bytes());
        file.extend(text);
        file.extend(labels);
        file
    }

    #[test]
    fn words_come_back_with_class_and_rank() {
        let words = Words::read(&file(b"\x00anna\x02tom\x00ic", &[1, 0, 0])).expect("well formed");
        let found = ["anna", "antom", "antomic", "an"].map(|word| words.find(word).map(|word| word.rank));
        assert_eq!(found, [Some(300), Some(1), Some(1), None]);
    }

    #[test]
    fn each_fault_has_its_problem() {
        let problem = |file: &[u8]| Words::read(file).err();
        let good = file(b"\x00a\x01b", &[0, 1]);
        assert_eq!(problem(&good), None);
        assert_eq!(problem(b"ssprw2"), Some(WordsProblem::OtherFormat));
        assert_eq!(problem(&good[..good.len() - 1]), Some(WordsProblem::WrongLength));
        assert_eq!(problem(&[good.as_slice(), &[0]].concat()), Some(WordsProblem::WrongLength));
        for text in [b"\x00b\x01a", b"\x00a\x02b", b"\x00a\x01a", b"aa\x01b"] {
            assert_eq!(problem(&file(text, &[0, 1])), Some(WordsProblem::Malformed), "{text:?}");
        }
        assert_eq!(problem(&file(b"\x00a\x01b", &[0, 2])), Some(WordsProblem::Malformed));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(text in prop::collection::vec(0..40_u8, 0..60), labels in prop::collection::vec(0..3_u8, 0..20), any: Vec<u8>) {
            let _ = Words::read(&any);
            if let Ok(words) = Words::read(&file(&text, &labels)) {
                words.find("  ");
            }
        }
    }
}
