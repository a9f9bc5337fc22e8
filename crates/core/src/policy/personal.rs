//! The person's own terms, by Active Directory's rule ("Password must meet complexity requirements"): the account
//! name as a whole, and the parts of the display name, each from three characters on, wherever they stand.

use super::banned::normalise;

/// Fewest characters of a term that counts (Active Directory).
const SHORTEST: usize = 3;

/// The terms to keep out of a person's password: every identifier whole, for an address also what stands before
/// its `@`, and the display name split at comma, full stop, hyphen, dash, underscore, space, `#` and tab. Terms of
/// fewer than three characters are left out; each term comes once, in the order found.
pub fn personal_terms(identifiers: &[&str], display_name: Option<&str>) -> Vec<String> {
    let locals =
        identifiers.iter().filter_map(|identifier| identifier.split_once('@').map(|(local, _)| local));
    let tokens = display_name.unwrap_or_default().split([',', '.', '-', '\u{2013}', '_', ' ', '#', '\t']);
    let mut terms: Vec<String> = Vec::new();
    for term in identifiers.iter().copied().chain(locals).chain(tokens).map(str::trim) {
        if term.chars().count() >= SHORTEST && !terms.iter().any(|known| known == term) {
            terms.push(term.to_owned());
        }
    }
    terms
}

/// Whether a term stands in the password, both folded and with the substitutions of the banned words
/// (`p0LL23fb` contains Poll).
pub(super) fn contains_a_term(terms: &[String], password: &str) -> bool {
    let password = normalise(password);
    terms
        .iter()
        .map(|term| normalise(term))
        .any(|term| term.len() >= SHORTEST && password.windows(term.len()).any(|window| window == term))
}

#[cfg(test)]
mod tests {
    use super::{contains_a_term, personal_terms};

    #[test]
    fn the_display_name_is_split_as_active_directory_does() {
        assert_eq!(
            personal_terms(&["adele.v@example.com"], Some("Vance, Adele-Marie\tJo #ops_eu")),
            ["adele.v@example.com", "adele.v", "Vance", "Adele", "Marie", "ops"]
        );
    }

    #[test]
    fn short_terms_and_repeated_terms_are_left_out() {
        assert_eq!(personal_terms(&["ab", "ann"], Some("ann Li")), ["ann"]);
        assert!(personal_terms(&[], None).is_empty());
    }

    #[test]
    fn a_term_is_found_in_any_case_with_marks_and_substitutions() {
        let terms = vec!["Zoë".to_owned(), "Poll".to_owned()];
        assert!(contains_a_term(&terms, "xxZOE99"));
        assert!(contains_a_term(&terms, "p0LL23fb"));
        assert!(!contains_a_term(&terms, "zo e polo"));
    }
}
