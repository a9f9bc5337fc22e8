//! The trie that all words live in: four flat vectors, filled in one pass over sorted words.

/// Longest word in bytes of folded UTF-8.
pub(crate) const LONGEST: usize = 64;

/// Where a walk begins.
pub(crate) const ROOT: u32 = u32::MAX;

/// In `next`: the node has children, the first of which is the node after it.
const PARENT: u32 = 1 << 31;
/// In `next`: the node is the last of its siblings.
const LAST: u32 = PARENT - 1;

/// Nodes in the order of the sorted words (depth first), one byte each. Six bytes a node.
pub(crate) struct Trie {
    /// The children of the root, by byte.
    first: Vec<u32>,
    bytes: Vec<u8>,
    /// The next sibling, which has a greater byte, or `LAST`; and `PARENT`.
    next: Vec<u32>,
    /// 0, or one more than the label of the word that ends here.
    labels: Vec<u8>,
}

impl Trie {
    /// The node after `node` on `byte`. Counts every node looked at.
    pub(crate) fn child(&self, node: u32, byte: u8, steps: &mut usize) -> Option<u32> {
        *steps += 1;
        if node == ROOT {
            return self.first.get(usize::from(byte)).copied().filter(|first| *first != LAST);
        }
        if self.next.get(node as usize)? & PARENT == 0 {
            return None;
        }
        let mut child = node + 1;
        loop {
            let here = *self.bytes.get(child as usize)?;
            if here >= byte {
                return (here == byte).then_some(child);
            }
            *steps += 1;
            // `LAST` is behind the end of `bytes`.
            child = self.next.get(child as usize)? & LAST;
        }
    }

    /// The node after `node` on all bytes of `letter`.
    pub(crate) fn child_letter(&self, node: u32, letter: char, steps: &mut usize) -> Option<u32> {
        if letter.is_ascii() {
            return self.child(node, letter as u8, steps);
        }
        let mut node = node;
        for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
            node = self.child(node, byte, steps)?;
        }
        Some(node)
    }

    /// The label of the word that ends at `node`.
    pub(crate) fn label(&self, node: u32) -> Option<u8> {
        self.labels.get(node as usize)?.checked_sub(1)
    }
}

/// Puts a trie together from sorted words.
pub(crate) struct Builder {
    trie: Trie,
    /// The nodes of the last word.
    path: [u32; LONGEST],
    depth: usize,
}

impl Builder {
    /// Room for `nodes` nodes; more are possible.
    pub(crate) fn new(nodes: usize) -> Self {
        let trie = Trie {
            first: vec![LAST; 256],
            bytes: Vec::with_capacity(nodes),
            next: Vec::with_capacity(nodes),
            labels: Vec::with_capacity(nodes),
        };
        Self { trie, path: [0; LONGEST], depth: 0 }
    }

    /// Bytes of the last word.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// Adds the word that shares `keep` bytes with the last one and goes on with `rest`. `None` if it does not sort
    /// after the last one, is longer than [`LONGEST`], or its label is above 254.
    pub(crate) fn push(&mut self, keep: usize, rest: &[u8], label: u8) -> Option<()> {
        let first = *rest.first()?;
        let depth = keep + rest.len();
        if keep > self.depth || depth > LONGEST || self.trie.bytes.len() + LONGEST >= LAST as usize {
            return None;
        }
        let here = self.trie.bytes.len() as u32;
        if keep < self.depth {
            let sibling = self.path[keep] as usize;
            let next = self.trie.next.get_mut(sibling).filter(|_| self.trie.bytes[sibling] < first)?;
            *next = (*next & PARENT) | here;
        } else if let Some(parent) = keep.checked_sub(1) {
            self.trie.next[self.path[parent] as usize] |= PARENT;
        }
        if keep == 0 {
            self.trie.first[usize::from(first)] = here;
        }
        for (at, byte) in rest.iter().enumerate() {
            let last = at + 1 == rest.len();
            self.path[keep + at] = here + at as u32;
            self.trie.bytes.push(*byte);
            self.trie.next.push(if last { LAST } else { LAST | PARENT });
            self.trie.labels.push(if last { label.checked_add(1)? } else { 0 });
        }
        self.depth = depth;
        Some(())
    }

    /// The finished trie.
    pub(crate) fn finish(self) -> Trie {
        self.trie
    }
}

#[cfg(test)]
mod tests {
    use super::{Builder, ROOT, Trie};

    fn find(trie: &Trie, word: &str) -> Option<u8> {
        let node = word.chars().try_fold(ROOT, |node, letter| trie.child_letter(node, letter, &mut 0));
        trie.label(node?)
    }

    #[test]
    fn a_word_is_found_byte_by_byte_with_its_label() {
        let mut builder = Builder::new(8);
        for (keep, rest, label) in [(0, "mon", 3), (3, "key", 0), (1, "useum", 7), (0, "の", 254)] {
            builder.push(keep, rest.as_bytes(), label).expect("sorted");
        }
        let trie = builder.finish();
        let found =
            ["mon", "monkey", "museum", "の", "mo", "monk", "x", "museums"].map(|word| find(&trie, word));
        assert_eq!(found, [Some(3), Some(0), Some(7), Some(254), None, None, None, None]);
    }

    #[test]
    fn words_out_of_order_are_refused() {
        let mut builder = Builder::new(0);
        assert_eq!(builder.push(0, b"b", 0), Some(()));
        for (keep, rest) in [(0, "b"), (0, "a"), (0, ""), (2, "c")] {
            assert_eq!(builder.push(keep, rest.as_bytes(), 0), None, "{keep} {rest}");
        }
        assert_eq!(builder.push(0, &[b'c'; 65], 0), None);
        assert_eq!(builder.push(0, b"c", 255), None);
    }
}
