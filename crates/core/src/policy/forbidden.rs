//! Forbidden terms: lists of words, each with its own way of looking and folding.

use super::{
    Fold, Matching, TermList,
    terms::{Folded, Terms},
};
use crate::fold::{CASE, LEET, LOOK_ALIKES, MARKS, PLAIN, WIDTH};

fn folds(list: &TermList) -> u8 {
    let Some(folds) = &list.folds else { return PLAIN | LEET };
    let bit = |fold: &Fold| match fold {
        Fold::Case => CASE,
        Fold::Marks => MARKS,
        Fold::Width => WIDTH,
        Fold::LookAlikes => LOOK_ALIKES,
        Fold::Leet => LEET,
    };
    folds.iter().map(bit).fold(0, |all, one| all | one)
}

/// The part of the password that is a forbidden term of this list.
pub(super) fn found(list: &TermList, password: &[char]) -> Option<(usize, usize)> {
    let folds = folds(list);
    let folded = Folded::new(password, folds);
    let terms = Terms::new(&list.terms, list.min_term.unwrap_or(1) as usize, folds);
    let whole = (0, password.len());
    match list.matching {
        Matching::Whole => terms.is(&folded.text).then_some(whole),
        Matching::Fuzzy => terms.nearly(&folded.text).then_some(whole),
        Matching::Substring => terms.first_in(&folded.text).map(|places| folded.places(places)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Fold::{Case, Leet, Width};
    use Matching::{Fuzzy, Substring, Whole};

    fn list(matching: Matching, folds: Option<&[Fold]>, min_term: u32) -> TermList {
        let terms = vec!["admin".into(), "sea".into(), "パス".into()];
        TermList { terms, matching, min_term: Some(min_term), folds: folds.map(<[Fold]>::to_vec) }
    }

    fn at(list: &TermList, password: &str) -> Option<(usize, usize)> {
        found(list, &password.chars().collect::<Vec<_>>())
    }

    #[test]
    fn the_whole_password_is_compared_as_nist_asks() {
        let list = list(Whole, None, 1);
        assert_eq!(at(&list, "Adm1n"), Some((0, 5)));
        assert_eq!(at(&list, "admin1"), None);
    }

    #[test]
    fn a_term_is_found_where_it_stands() {
        let list = list(Substring, None, 1);
        assert_eq!(at(&list, "my @DM!N pass"), Some((3, 8)));
        assert_eq!(at(&list, "xパスx"), Some((1, 3)));
        assert_eq!(at(&list, "ad min"), None);
    }

    #[test]
    fn one_edit_away_is_near_enough_where_the_list_says_fuzzy() {
        let list = list(Fuzzy, None, 4);
        assert_eq!(at(&list, "admin9"), Some((0, 6)));
        assert_eq!(at(&list, "admin99"), None);
    }

    #[test]
    fn short_terms_are_passed_over() {
        assert_eq!(at(&list(Substring, None, 3), "deep sea"), Some((5, 8)));
        assert_eq!(at(&list(Substring, None, 4), "deep sea"), None);
    }

    #[test]
    fn only_the_folds_that_are_listed_count() {
        assert_eq!(at(&list(Substring, Some(&[]), 1), "Admin"), None);
        assert_eq!(at(&list(Substring, Some(&[Case]), 1), "ADMIN"), Some((0, 5)));
        assert_eq!(at(&list(Substring, Some(&[Case]), 1), "Adm1n"), None);
        assert_eq!(at(&list(Substring, Some(&[Leet]), 1), "adm1n"), Some((0, 5)));
        assert_eq!(at(&list(Substring, Some(&[Width]), 1), "ａｄｍｉｎ"), Some((0, 5)));
    }
}
