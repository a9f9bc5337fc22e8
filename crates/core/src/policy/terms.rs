//! Many terms looked for at once. Terms are filed under a hash of their characters; from each place of the text the
//! hash grows by one character a step. So the work is the text's length times the longest term's, however many
//! terms there are.

use crate::fold::fold_by;

/// Characters of a password that are looked at for terms and variety; policies allow fewer.
pub(super) const LOOKED_AT: usize = 1024;

/// Chains of terms; a power of two.
const CHAINS: u32 = 1024;

/// A text folded, with the place that each of its characters had.
pub(super) struct Folded {
    pub(super) text: Vec<char>,
    at: Vec<usize>,
}

impl Folded {
    pub(super) fn new(password: &[char], folds: u8) -> Self {
        let mut folded = Self { text: Vec::new(), at: Vec::new() };
        for (at, c) in password.iter().take(LOOKED_AT).enumerate() {
            if let Some(c) = fold_by(*c, folds) {
                folded.text.push(c);
                folded.at.push(at);
            }
        }
        folded
    }

    /// First and last place in the password of `text[from..to]`, which is not empty.
    pub(super) fn places(&self, (from, to): (usize, usize)) -> (usize, usize) {
        (self.at[from], self.at[to - 1] + 1)
    }
}

/// Terms, folded and filed.
pub(super) struct Terms {
    terms: Vec<Vec<char>>,
    /// By chain, the last term's number + 1; then by term, that of the one before it.
    heads: Vec<u32>,
    before: Vec<u32>,
    longest: usize,
}

fn grown(hash: u32, c: char) -> u32 {
    (hash ^ c as u32).wrapping_mul(0x0100_0193)
}

fn chain(hash: u32) -> usize {
    ((hash ^ (hash >> 15)) & (CHAINS - 1)) as usize
}

impl Terms {
    /// Files the terms that have so many characters or more once folded.
    pub(super) fn new(terms: &[String], shortest: usize, folds: u8) -> Self {
        let mut filed =
            Self { terms: Vec::new(), heads: vec![0; CHAINS as usize], before: Vec::new(), longest: 0 };
        for term in terms {
            let mut folded = Vec::with_capacity(term.len());
            let mut hash = 0;
            for c in term.chars().filter_map(|c| fold_by(c, folds)) {
                folded.push(c);
                hash = grown(hash, c);
            }
            if folded.len() >= shortest.max(1) && !filed.has(hash, &folded) {
                filed.longest = filed.longest.max(folded.len());
                filed.terms.push(folded);
                filed.before.push(filed.heads[chain(hash)]);
                filed.heads[chain(hash)] = filed.terms.len() as u32;
            }
        }
        filed
    }

    fn has(&self, hash: u32, text: &[char]) -> bool {
        let mut number = self.heads[chain(hash)];
        while number > 0 {
            let at = number as usize - 1;
            if self.terms[at] == text {
                return true;
            }
            number = self.before[at];
        }
        false
    }

    /// Tells the end of every term that begins at a place of the text.
    pub(super) fn from(&self, text: &[char], from: usize, ends_at: &mut dyn FnMut(usize)) {
        let mut hash = 0;
        for to in from + 1..=text.len().min(from + self.longest) {
            hash = grown(hash, text[to - 1]);
            if self.has(hash, &text[from..to]) {
                ends_at(to);
            }
        }
    }

    /// Where the first term stands in the text.
    pub(super) fn first_in(&self, text: &[char]) -> Option<(usize, usize)> {
        for from in 0..text.len() {
            let mut found = None;
            self.from(text, from, &mut |to| found = Some((from, to)));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Whether the whole text is a term, but for at most one character replaced, added or left out.
    pub(super) fn nearly(&self, text: &[char]) -> bool {
        self.terms.iter().any(|term| within_one_edit(term, text))
    }

    /// Whether the whole text is a term.
    pub(super) fn is(&self, text: &[char]) -> bool {
        self.has(text.iter().fold(0, |hash, c| grown(hash, *c)), text)
    }
}

/// Whether at most one substitution, insertion or deletion turns one text into the other.
fn within_one_edit(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => same == short.len() || short[same + 1..] == long[same + 1..],
        _ => short[same..] == long[same + 1..],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::PLAIN;
    use proptest::prelude::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_place_is_told_in_the_password_as_typed() {
        let password: Vec<char> = "xpa\u{308}ssw".chars().collect();
        let folded = Folded::new(&password, PLAIN);
        let found = Terms::new(&words(&["PASS"]), 3, PLAIN).first_in(&folded.text).expect("there");
        assert_eq!(folded.places(found), (1, 6));
    }

    #[test]
    fn one_edit_is_near_and_two_are_not() {
        let terms = Terms::new(&words(&["abcdef"]), 1, PLAIN);
        let near = |text: &str| terms.nearly(&text.chars().collect::<Vec<_>>());
        assert!(["abcdef", "abcdeg", "abcde", "bcdef", "xabcdef", "abcxdef"].iter().all(|it| near(it)));
        assert!(!["abcd", "abcdefgh", "abcdxg", "", "badcef"].iter().any(|it| near(it)));
    }

    proptest! {
        #[test]
        fn terms_are_found_exactly_where_they_stand(terms in prop::collection::vec("[abä日]{0,4}", 0..40), text in "[abä日]{0,30}") {
            let text: Vec<char> = text.chars().collect();
            let filed = Terms::new(&terms, 2, 0);
            for from in 0..text.len() {
                let mut found = Vec::new();
                filed.from(&text, from, &mut |to| found.push(to));
                let mut wanted: Vec<usize> = terms.iter().map(|term| term.chars().collect::<Vec<_>>())
                    .filter(|term| term.len() >= 2 && text[from..].starts_with(term)).map(|term| from + term.len()).collect();
                wanted.sort_unstable();
                wanted.dedup();
                prop_assert_eq!(found, wanted);
            }
        }
    }
}
