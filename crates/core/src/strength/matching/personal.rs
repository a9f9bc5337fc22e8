//! Words of the person joined together. zxcvbn counts each as a part with its penalty of 10,000 guesses, so that
//! `HansFlorianZimmer` is strong for Hans Florian Zimmer; an attacker who knows the person tries that first.

use super::{Analysis, Match, Pattern, ordered};
use crate::strength::words::Class;

/// Guesses for a sign between two words: a handful are usual.
const SIGN: f64 = 4.0;

/// Adds, for every personal word, the longest chain of such words that begins with it, as one part: its guesses are
/// the product of theirs, times the orders they could stand in.
pub(in super::super) fn join(analysis: &mut Analysis<'_>) {
    let own = |one: &&Match| matches!(one.pattern, Pattern::Word { class: Class::Personal, .. });
    let words: Vec<Match> = analysis.matches.iter().filter(own).copied().collect();
    let length = analysis.text.len();
    let words = ordered(&words, length, |word| word.from);
    let mut done = 0;
    for (first, word) in words.iter().enumerate() {
        // A chain from the middle of another one is no cheaper.
        if word.from < done || words.get(first.wrapping_sub(1)).is_some_and(|before| before.from == word.from)
        {
            continue;
        }
        let mut reached: Vec<(f64, f64)> = vec![(f64::INFINITY, 0.0); length + 1];
        reached[word.from] = (1.0, 0.0);
        let mut end = word.from;
        for next in &words[first..] {
            if !analysis.steps.walk(1) {
                return;
            }
            let sign = next.from.checked_sub(1).filter(|at| *at > word.from && is_sign(analysis.plain(*at)));
            let straight = reached[next.from];
            let signed = sign.map_or((f64::INFINITY, 0.0), |at| (reached[at].0 * SIGN, reached[at].1));
            let (before, parts) = if signed.0 < straight.0 { signed } else { straight };
            let guesses = before * raw(next) * (parts + 1.0);
            if guesses < reached[next.to].0 {
                reached[next.to] = (guesses, parts + 1.0);
                if parts > 0.0 && next.to > end {
                    end = next.to;
                }
            }
        }
        if end > word.from {
            let pattern = Pattern::Word { class: Class::Personal, rank: 1, reversed: false, leet: false };
            analysis.add(word.from, end, reached[end].0, pattern);
            done = end;
        }
    }
}

/// Guesses for a word of a chain. A part of a password costs at least 50; a word in a chain need not, so where that
/// least hides what the word costs, it is its rank, twice for the way it may be written.
fn raw(word: &Match) -> f64 {
    match word.pattern {
        Pattern::Word { rank, .. } if word.guesses <= 50.0 => f64::min(f64::from(rank) * 2.0, 50.0),
        _ => word.guesses,
    }
}

fn is_sign(c: u32) -> bool {
    matches!(char::from_u32(c), Some('.' | '-' | '_' | ' ' | '+' | '&' | '@' | ','))
}
