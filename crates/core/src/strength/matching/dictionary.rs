//! Words in the password: as they stand, reversed, and with digits and signs read as the letters they resemble.

use super::{Analysis, Pattern, leet};
use crate::strength::{
    fold::Unit,
    guesses::uppercase_variations,
    words::{Class, LONGEST, ROOT, Word, Words},
};

/// A place of a walk: the node after `depth` characters, the last of which was read as `letter`.
struct Place {
    node: u32,
    depth: usize,
    letter: char,
}

/// Finds the words of all lists. Returns how many characters were searched to the end: all, unless the walks were
/// too long or the matches too many.
pub(in super::super) fn find(analysis: &mut Analysis<'_>) -> usize {
    let estimator = analysis.estimator;
    let mut places = Vec::new();
    for at in 0..analysis.text.len() {
        for words in estimator.lists() {
            for reversed in [false, true] {
                if !walk(analysis, words, at, reversed, &mut places) {
                    return at;
                }
            }
        }
    }
    analysis.text.len()
}

/// Finds the words that begin at `start`, or, reversed, those that end there. Every reading of a character is a
/// branch of its own, so that one password can use `1` for `i` and for `l`.
fn walk(
    analysis: &mut Analysis<'_>,
    words: &Words,
    start: usize,
    reversed: bool,
    places: &mut Vec<Place>,
) -> bool {
    let text = analysis.text;
    let differs = analysis.estimator.differs();
    let mut path = ['\0'; LONGEST];
    let first = analysis.matches.len();
    places.clear();
    places.push(Place { node: ROOT, depth: 0, letter: '\0' });
    while let Some(Place { node, depth, letter }) = places.pop() {
        if depth > 0 {
            // From the end backwards if reversed, so that the path reads like the password.
            path[if reversed { LONGEST - depth } else { depth - 1 }] = letter;
            if let Some(word) = words.at(node) {
                let (from, to) =
                    if reversed { (start + 1 - depth, start + 1) } else { (start, start + depth) };
                let letters = if reversed { &path[LONGEST - depth..] } else { &path[..depth] };
                if !analysis.steps.found() {
                    return false;
                }
                analysis.add_word(word, from, to, letters, reversed, first);
            }
        }
        let next = if reversed { start.checked_sub(depth) } else { Some(start + depth) };
        if let Some(unit) = next.and_then(|next| text.get(next)).filter(|_| depth < LONGEST) {
            let mut steps = 1;
            let mut go = |letter| {
                if let Some(node) = words.trie.child_letter(node, letter, &mut steps) {
                    places.push(Place { node, depth: depth + 1, letter });
                }
            };
            go(unit.letter);
            if differs || !reversed {
                other_readings(unit).for_each(&mut go);
            }
            if !analysis.steps.walk(steps) {
                return false;
            }
        }
    }
    true
}

impl Analysis<'_> {
    /// How much rarer than its rank a word is as a password. The lists of passwords say how often people choose them;
    /// those of words and names how often people say them, and saying a word is not choosing it.
    fn rarity(&self, class: Class) -> f64 {
        if self.estimator.differs() && matches!(class, Class::Word | Class::Name) { 2.0 } else { 1.0 }
    }

    /// Adds the word that `text[from..to]` is if read as `letters`, unless the same walk, whose matches begin at
    /// `first`, found a cheaper one there.
    fn add_word(
        &mut self,
        word: Word,
        from: usize,
        to: usize,
        letters: &[char],
        reversed: bool,
        first: usize,
    ) {
        let known = (first..self.matches.len())
            .find(|at| (self.matches[*at].from, self.matches[*at].to) == (from, to));
        let limit = known.map_or(f64::INFINITY, |at| self.matches[at].guesses);
        let rank = f64::from(word.rank) * self.rarity(word.class);
        if rank >= limit {
            return;
        }
        let token = &self.text[from..to];
        self.steps.walk(token.len());
        let Some((leet, ways)) = leet::variations(token, letters, self.estimator.differs()) else { return };
        // Digits alone, read backwards and as letters, are more likely just digits.
        if reversed && leet && !token.iter().zip(letters).any(|(unit, letter)| unit.letter == *letter) {
            return;
        }
        let turned = if reversed { 2.0 } else { 1.0 };
        let folded = if token.iter().any(|unit| unit.folded) { 2.0 } else { 1.0 };
        let guesses = rank * uppercase_variations(token) * ways * turned * folded;
        if guesses < limit {
            known.map(|at| self.matches.swap_remove(at));
            let pattern = Pattern::Word { class: word.class, rank: word.rank, reversed, leet };
            self.add(from, to, guesses, pattern);
        }
    }
}

/// The letters that a sign may stand for, other than itself.
fn other_readings(unit: &Unit) -> impl Iterator<Item = char> {
    leet::readings(unit.plain).bytes().map(char::from)
}
