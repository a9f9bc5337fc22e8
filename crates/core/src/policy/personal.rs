//! The person's own terms, by Active Directory's rule ("Password must meet complexity requirements"): the account
//! name as a whole, and the parts of the display name, each from three characters on, wherever they stand.
//!
//! `active_directory` is that rule to the letter: only the account name and the parts, compared without regard to
//! case. `folded`, the default, also takes addresses and what stands before their `@`, and compares as banned words
//! are compared, so that `p0LL23fb` contains Poll.

use super::{
    PersonalMatch, banned,
    terms::{Folded, Terms},
};
use crate::fold::CASE;

/// Fewest characters of a term that counts (Active Directory).
const SHORTEST: usize = 3;

/// The terms to keep out of a person's password: the account name (the first identifier) whole, and the display name
/// split at comma, full stop, hyphen, dash, underscore, space, `#` and tab. Where `folded`, also every other
/// identifier whole, and of an address what stands before its `@`. Terms of fewer than three characters are left out;
/// each term comes once, in the order found.
pub fn personal_terms(
    matching: PersonalMatch,
    identifiers: &[&str],
    display_name: Option<&str>,
) -> Vec<String> {
    let folded = matching == PersonalMatch::Folded;
    let whole = &identifiers[..if folded { identifiers.len() } else { identifiers.len().min(1) }];
    let locals = whole.iter().filter_map(|identifier| identifier.split_once('@').map(|(local, _)| local));
    let locals = locals.filter(|_| folded);
    let tokens = display_name.unwrap_or_default().split([',', '.', '-', '\u{2013}', '_', ' ', '#', '\t']);
    let mut terms: Vec<String> = Vec::new();
    for term in whole.iter().copied().chain(locals).chain(tokens).map(str::trim) {
        if term.chars().count() >= SHORTEST && !terms.iter().any(|known| known == term) {
            terms.push(term.to_owned());
        }
    }
    terms
}

/// The part of the password that is one of the terms.
pub(super) fn found(matching: PersonalMatch, terms: &[String], password: &[char]) -> Option<(usize, usize)> {
    let folds = if matching == PersonalMatch::Folded { banned::FOLDS } else { CASE };
    let folded = Folded::new(password, folds);
    let places = Terms::new(terms, SHORTEST, folds).first_in(&folded.text)?;
    Some(folded.places(places))
}

#[cfg(test)]
mod tests {
    use super::*;
    use PersonalMatch::{ActiveDirectory, Folded};

    fn at(matching: PersonalMatch, terms: &[&str], password: &str) -> Option<(usize, usize)> {
        let terms: Vec<String> = terms.iter().map(|term| (*term).to_owned()).collect();
        found(matching, &terms, &password.chars().collect::<Vec<_>>())
    }

    #[test]
    fn the_display_name_is_split_as_active_directory_does() {
        let name = Some("Vance, Adele-Marie\tJo #ops_eu\u{2013}Lyon.fr");
        assert_eq!(
            personal_terms(Folded, &["adele.v@example.com"], name),
            ["adele.v@example.com", "adele.v", "Vance", "Adele", "Marie", "ops", "Lyon"]
        );
        assert_eq!(
            personal_terms(ActiveDirectory, &["adele.v", "adele.v@example.com"], name),
            ["adele.v", "Vance", "Adele", "Marie", "ops", "Lyon"]
        );
    }

    #[test]
    fn the_account_name_is_not_split_and_counts_from_three_characters_on() {
        assert_eq!(personal_terms(ActiveDirectory, &["jo-ann"], None), ["jo-ann"]);
        assert!(personal_terms(ActiveDirectory, &["jo"], None).is_empty());
        assert!(personal_terms(ActiveDirectory, &[], None).is_empty());
    }

    #[test]
    fn short_terms_and_repeated_terms_are_left_out() {
        assert_eq!(personal_terms(Folded, &["ab", "ann"], Some("ann Li")), ["ann"]);
        assert!(personal_terms(Folded, &[], None).is_empty());
    }

    /// Microsoft's example: the tokens of Erin M. Hagens are Erin and Hagens; M is too short.
    #[test]
    fn a_password_with_a_token_anywhere_in_it_is_refused_in_any_case() {
        let tokens = personal_terms(ActiveDirectory, &["ehagens"], Some("Erin M. Hagens"));
        assert_eq!(tokens, ["ehagens", "Erin", "Hagens"]);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        assert_eq!(at(ActiveDirectory, &tokens, "xxERINxx1"), Some((2, 6)));
        assert_eq!(at(ActiveDirectory, &tokens, "1hagens!"), Some((1, 7)));
        assert_eq!(at(ActiveDirectory, &tokens, "Hagen5 M. eri"), None);
    }

    #[test]
    fn a_term_is_found_with_marks_and_substitutions_only_where_terms_are_folded() {
        for (password, place) in [("xxZOE99", (2, 5)), ("p0LL23fb", (0, 4))] {
            assert_eq!(at(Folded, &["Zoë", "Poll"], password), Some(place));
            assert_eq!(at(ActiveDirectory, &["Zoë", "Poll"], password), None);
        }
        assert_eq!(at(Folded, &["Zoë", "Poll"], "zo e polo"), None);
        assert_eq!(at(ActiveDirectory, &["Zoë"], "ZOË!"), Some((0, 3)));
    }
}
