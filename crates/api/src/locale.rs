//! Which language to answer in, from what the client accepts and what exists.

/// The language of `exist` that fits an `Accept-Language` best; its first, the default, where none does.
///
/// Ranges are tried by weight (RFC 9110, section 12.5.4), each shortened subtag by subtag until it names a language
/// that exists (RFC 4647, section 3.4, "lookup"). Ranges that are no ranges are passed over.
pub(crate) fn negotiate<'a>(accepted: &str, exist: &'a [String]) -> &'a str {
    let default = exist.first().map_or("en", String::as_str);
    let mut ranges: Vec<(&str, f32)> = accepted.split(',').take(MOST_RANGES).filter_map(weighted).collect();
    ranges.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    for (range, _) in ranges {
        if range == "*" {
            return default;
        }
        if let Some(found) = look_up(range, exist) {
            return found;
        }
    }
    default
}

/// Ranges of one header that are looked at; browsers send fewer than ten.
const MOST_RANGES: usize = 32;

/// The language that a range such as `ja-JP` names, if it exists.
pub(crate) fn look_up<'a>(range: &str, exist: &'a [String]) -> Option<&'a str> {
    let mut range = range.trim();
    loop {
        if let Some(found) = exist.iter().find(|locale| locale.eq_ignore_ascii_case(range)) {
            return Some(found);
        }
        range = range.rsplit_once('-')?.0;
    }
}

/// A range and its weight; none for a weight of zero or a broken one.
fn weighted(item: &str) -> Option<(&str, f32)> {
    let mut parts = item.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let weight = match parts.find_map(|part| part.strip_prefix("q=")) {
        Some(weight) => weight.parse().ok().filter(|weight: &f32| (0.0..=1.0).contains(weight))?,
        None => 1.0,
    };
    (weight > 0.0).then_some((range, weight))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exist() -> Vec<String> {
        vec!["en".to_owned(), "ja".to_owned(), "zh-Hant".to_owned()]
    }

    #[test]
    fn the_weight_decides_and_not_the_order() {
        assert_eq!(negotiate("en;q=0.5, ja;q=0.9", &exist()), "ja");
    }

    #[test]
    fn a_region_falls_back_to_its_language() {
        assert_eq!(negotiate("ja-JP, en;q=0.8", &exist()), "ja");
        assert_eq!(negotiate("zh-Hant-TW", &exist()), "zh-Hant");
    }

    #[test]
    fn a_language_of_weight_zero_is_not_taken() {
        assert_eq!(negotiate("ja;q=0", &exist()), "en");
    }

    #[test]
    fn unknown_languages_give_the_default() {
        assert_eq!(negotiate("tlh, *;q=0.1", &exist()), "en");
        assert_eq!(negotiate("", &exist()), "en");
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_the_answer_exists(accepted in "\\PC{0,60}") {
            let exist = exist();
            prop_assert!(exist.iter().any(|locale| locale == negotiate(&accepted, &exist)));
        }
    }
}
