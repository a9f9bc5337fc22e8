//! Word lists: sorted once, then walked letter by letter like a trie.

use crate::fold::fold;
use std::sync::OnceLock;

/// A word list with ranks. A node of its trie is the range of words that share a beginning.
pub struct Words {
    letters: Vec<char>,
    /// Start and length in `letters`, and the rank from 1; sorted by the word.
    entries: Vec<(u32, u32, u32)>,
}

/// The words that share a beginning.
#[derive(Clone, Copy)]
pub(super) struct Node {
    from: usize,
    to: usize,
    depth: usize,
}

impl Words {
    /// Reads a list: UTF-8, one word a line, commonest first. Lines that are not UTF-8, or shorter than two
    /// characters once folded, are skipped, but keep their rank.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::new(
            bytes.split(|byte| *byte == b'\n').map(|line| std::str::from_utf8(line).unwrap_or_default()),
        )
    }

    /// Takes the words in the order of their rank.
    pub fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut list = Self { letters: Vec::new(), entries: Vec::new() };
        for (word, rank) in words.map(|word| fold(word.trim())).zip(1..) {
            if word.len() < 2 {
                continue;
            }
            // Put in place one by one: a sort of its own would be 3 kB more of a module that counts every byte. A word
            // that comes again keeps its better rank.
            if let Err(place) = list.entries.binary_search_by(|entry| list.text(*entry).cmp(word.as_slice()))
            {
                list.entries.insert(place, (list.letters.len() as u32, word.len() as u32, rank));
                list.letters.extend(word);
            }
        }
        list
    }

    /// The commonest 700 passwords, built at the first call. Source and licence: `words/NOTICE`.
    pub(super) fn built_in() -> &'static Self {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| Self::from_bytes(include_bytes!("../../words/passwords.txt")))
    }

    pub(super) fn root(&self) -> Node {
        Node { from: 0, to: self.entries.len(), depth: 0 }
    }

    /// The words that go on with `letter`.
    pub(super) fn child(&self, node: Node, letter: char) -> Option<Node> {
        let at = |entry: &(u32, u32, u32)| self.text(*entry).get(node.depth).copied();
        let entries = &self.entries[node.from..node.to];
        let from = node.from + entries.partition_point(|entry| at(entry) < Some(letter));
        let to = node.from + entries.partition_point(|entry| at(entry) <= Some(letter));
        (from < to).then_some(Node { from, to, depth: node.depth + 1 })
    }

    /// The rank of the word that ends here.
    pub(super) fn rank(&self, node: Node) -> Option<u32> {
        self.entries.get(node.from).filter(|entry| entry.1 as usize == node.depth).map(|entry| entry.2)
    }

    fn text(&self, (start, length, _): (u32, u32, u32)) -> &[char] {
        &self.letters[start as usize..(start + length) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn a_word_is_found_letter_by_letter_with_its_rank() {
        let words = Words::from_bytes(b"monkey\nmon\n\xff\n\nmon\n");
        let node =
            "mon".chars().try_fold(words.root(), |node, letter| words.child(node, letter)).expect("a node");
        assert_eq!(words.rank(node), Some(2));
        assert!(words.child(node, 'x').is_none());
        assert_eq!(words.child(node, 'k').and_then(|node| words.rank(node)), None);
    }

    #[test]
    fn the_built_in_list_has_seven_hundred_words() {
        assert_eq!(Words::built_in().entries.len(), 700);
    }
}
