//! The trie that all words live in: flat vectors, filled in one pass over sorted words.

/// Longest word in bytes of folded UTF-8.
pub(crate) const LONGEST: usize = 64;

/// Where a walk begins.
pub(crate) const ROOT: u32 = u32::MAX;

/// In a node: it has children, the first of which is the node after it.
const PARENT: u32 = 1 << 31;
/// As the next sibling: there is none. It is behind the end of all nodes.
const LAST: u32 = (1 << 23) - 1;

/// Nodes in the order of the sorted words (depth first), one byte each. Five bytes a node.
pub(crate) struct Trie {
    /// The children of the root, by byte.
    first: Vec<u32>,
    /// Its byte in the low 8 bits, the next sibling (which has a greater byte) or `LAST` in the 23 above, and `PARENT`.
    nodes: Vec<u32>,
    /// 0, or one more than the label of the word that ends here.
    labels: Vec<u8>,
}

fn sibling(node: u32) -> u32 {
    node >> 8 & LAST
}

fn node(byte: u8, sibling: u32, parent: u32) -> u32 {
    u32::from(byte) | sibling << 8 | parent
}

impl Trie {
    /// The node after `node` on `byte`. Counts every node looked at.
    pub(crate) fn child(&self, node: u32, byte: u8, steps: &mut usize) -> Option<u32> {
        *steps += 1;
        if node == ROOT {
            return self.first.get(usize::from(byte)).copied().filter(|first| *first != LAST);
        }
        if self.nodes.get(node as usize)? & PARENT == 0 {
            return None;
        }
        let mut child = node + 1;
        loop {
            let here = *self.nodes.get(child as usize)?;
            if here as u8 >= byte {
                return (here as u8 == byte).then_some(child);
            }
            *steps += 1;
            child = sibling(here);
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
    /// How many nodes of the trie are made.
    used: usize,
    /// The nodes of the last word.
    path: [u32; LONGEST],
    depth: usize,
}

impl Builder {
    /// Room for `nodes` nodes; more are possible.
    pub(crate) fn new(nodes: usize) -> Self {
        let trie = Trie { first: vec![LAST; 256], nodes: vec![0; nodes], labels: vec![0; nodes] };
        Self { trie, used: 0, path: [0; LONGEST], depth: 0 }
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
        let Trie { first: roots, nodes, labels } = &mut self.trie;
        let (here, end) = (self.used as u32, self.used + rest.len());
        if keep > self.depth || depth > LONGEST || end >= LAST as usize {
            return None;
        }
        if end > nodes.len() {
            nodes.resize(end, 0);
            labels.resize(end, 0);
        }
        if keep < self.depth {
            let before = nodes.get_mut(self.path[keep] as usize).filter(|before| (**before as u8) < first)?;
            *before = node(*before as u8, here, *before & PARENT);
        } else if let Some(parent) = keep.checked_sub(1) {
            *nodes.get_mut(self.path[parent] as usize)? |= PARENT;
        }
        if keep == 0 {
            *roots.get_mut(usize::from(first))? = here;
        }
        let made = nodes.get_mut(self.used..end)?;
        let path = self.path.get_mut(keep..depth)?;
        for (at, ((made, place), byte)) in made.iter_mut().zip(path).zip(rest).enumerate() {
            *made = node(*byte, LAST, PARENT);
            *place = here + at as u32;
        }
        *made.last_mut()? &= !PARENT;
        *labels.get_mut(end - 1)? = label.checked_add(1)?;
        (self.used, self.depth) = (end, depth);
        Some(())
    }

    /// The finished trie.
    pub(crate) fn finish(mut self) -> Trie {
        self.trie.nodes.truncate(self.used);
        self.trie.labels.truncate(self.used);
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
