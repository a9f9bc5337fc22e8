//! Words with their ranks, as one trie.

#[cfg(feature = "encode")]
mod encode;
mod format;
mod inputs;
mod trie;

#[cfg(feature = "encode")]
pub use encode::encode;
pub use format::WordsProblem;
pub(super) use trie::{LONGEST, ROOT, Trie};

/// What a word is, for the warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A common password.
    Password = 0,
    /// A word of a language.
    Word = 1,
    /// A first name or surname.
    Name = 2,
    /// A word of the person's or the organisation's own; never in a file.
    Personal = 3,
}

/// A word that was found.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub(super) class: Class,
    /// How many words of its list are at least as common.
    pub(super) rank: u32,
}

/// A list of words with class and rank.
pub struct Words {
    pub(super) trie: Trie,
    kinds: Vec<Word>,
}

impl Words {
    /// Reads a file of words (its format: `words/format.rs`). Any bytes are safe to read.
    pub fn read(file: &[u8]) -> Result<Self, WordsProblem> {
        format::read(file)
    }

    /// The commonest passwords, compiled in. Made by `cargo xtask words`; sources and licences: `crates/core/words/NOTICES.md`.
    pub fn built_in() -> Self {
        Self::read(include_bytes!("built_in.words")).unwrap_or_else(|_| Self::of(&[]))
    }

    /// The words that a page has once everything has come, compiled in.
    #[cfg(feature = "full-words")]
    pub fn full() -> Self {
        Self::read(include_bytes!("../../../words/full.words")).unwrap_or_else(|_| Self::built_in())
    }

    /// The words of the person and the organisation, ranked in this order.
    pub(super) fn of(inputs: &[&str]) -> Self {
        inputs::words(inputs)
    }

    /// The word that ends at a node.
    pub(super) fn at(&self, node: u32) -> Option<Word> {
        self.kinds.get(usize::from(self.trie.label(node)?)).copied()
    }

    #[cfg(test)]
    pub(super) fn find(&self, word: &str) -> Option<Word> {
        self.at(word.chars().try_fold(ROOT, |node, letter| self.trie.child_letter(node, letter, &mut 0))?)
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn the_built_in_words_can_be_read() {
        assert_eq!(Words::built_in().find("password").map(|word| word.rank), Some(2));
    }

    #[cfg(feature = "full-words")]
    #[test]
    fn the_full_words_can_be_read_and_are_more() {
        assert!(Words::built_in().find("abracadabra").is_none());
        assert!(Words::full().find("abracadabra").is_some());
    }
}
