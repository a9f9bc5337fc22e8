//! Banned words by Microsoft's published algorithm (Entra password protection, "How are passwords evaluated").
//!
//! Password and terms are normalised: folded, then `0`→`o`, `1`→`l`, `$`→`s`, `@`→`a`. Every banned term in it is
//! one point, every other character is one point, and five points are needed. Where the page is silent or at
//! odds with itself, we decided:
//! - Edit distance 1 is tried on the whole password only; inside it only exact terms count. Fuzzy parts would
//!   refuse the page's own `ContoS0Bl@nkf9!`.
//! - `1` becomes `l` as the table says, though the page's example leaves it alone; no verdict depends on it.
//! - `!` is not mapped: the page counts it as a character.
//! - Of overlapping terms the partition with the fewest points counts.
//! - Every occurrence of a term is a point, so a term five times over passes.
//! - A password without any banned term is not refused here, however short: that is the length rule's matter.
//! - Names are another rule ([`super::personal_terms`]) with Active Directory's three characters instead of four.

use crate::fold::fold;

/// Points that a password needs.
const NEEDED: usize = 5;

/// The form in which passwords and terms are compared.
pub(super) fn normalise(text: &str) -> Vec<char> {
    let mut folded = fold(text);
    for c in &mut folded {
        *c = match *c {
            '0' => 'o',
            '1' => 'l',
            '$' => 's',
            '@' => 'a',
            other => other,
        };
    }
    folded
}

/// Whether enough is left once the banned terms are taken out.
pub(super) fn enough_left(terms: &[String], password: &str) -> bool {
    points(terms, password).is_none_or(|points| points >= NEEDED)
}

/// Fewest points of the password; `None` when no banned term is in it.
fn points(terms: &[String], password: &str) -> Option<usize> {
    let password = normalise(password);
    let terms: Vec<Vec<char>> =
        terms.iter().map(|term| normalise(term)).filter(|term| !term.is_empty()).collect();
    if terms.iter().any(|term| within_one_edit(term, &password)) {
        return Some(1);
    }
    let mut found = false;
    let mut fewest = vec![0];
    for end in 1..=password.len() {
        let mut best = fewest[end - 1] + 1;
        for term in terms.iter().filter(|term| password[..end].ends_with(term)) {
            found = true;
            best = best.min(fewest[end - term.len()] + 1);
        }
        fewest.push(best);
    }
    found.then(|| fewest[password.len()])
}

/// Whether at most one substitution, insertion or deletion turns one text into the other.
fn within_one_edit(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => same == short.len() || short[same + 1..] == long[same + 1..],
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

#[cfg(test)]
#[path = "banned_vectors.rs"]
mod vectors;
