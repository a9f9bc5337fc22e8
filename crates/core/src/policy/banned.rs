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

use super::terms::{Folded, Terms};
use crate::fold::{MICROSOFT, PLAIN};

/// How passwords and terms are compared.
pub(super) const FOLDS: u8 = PLAIN | MICROSOFT;

/// Points that a password needs.
const NEEDED: usize = 5;

/// Whether enough is left once the banned terms are taken out.
pub(super) fn enough_left(terms: &[String], password: &[char]) -> bool {
    points(terms, password).is_none_or(|points| points >= NEEDED)
}

/// Fewest points of the password; `None` when no banned term is in it.
fn points(terms: &[String], password: &[char]) -> Option<usize> {
    let text = Folded::new(password, FOLDS).text;
    let terms = Terms::new(terms, 1, FOLDS);
    if terms.nearly(&text) {
        return Some(1);
    }
    // Fewest points up to each place; that of a place is final once every term that begins before it is known.
    let mut fewest: Vec<usize> = (0..=text.len()).collect();
    let mut found = false;
    for from in 0..text.len() {
        let so_far = fewest[from] + 1;
        fewest[from + 1] = fewest[from + 1].min(so_far);
        terms.from(&text, from, &mut |to| {
            found = true;
            fewest[to] = fewest[to].min(so_far);
        });
    }
    found.then(|| fewest[text.len()])
}

#[cfg(test)]
#[path = "banned_vectors.rs"]
mod vectors;
