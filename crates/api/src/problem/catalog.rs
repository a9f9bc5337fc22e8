//! The sentence that a person reads, by code and language. A new language is a file in `locales/` and a line here.

use sspr_core::wire::ProblemCode;
use std::{collections::BTreeMap, sync::LazyLock};

/// Language and catalog; the first is the default.
const CATALOGS: [(&str, &str); 2] =
    [("en", include_str!("../../locales/en.json")), ("ja", include_str!("../../locales/ja.json"))];

type Catalog = BTreeMap<String, String>;

static PARSED: LazyLock<Vec<(&str, Catalog)>> = LazyLock::new(|| {
    CATALOGS.iter().map(|(locale, text)| (*locale, serde_json::from_str(text).unwrap_or_default())).collect()
});

/// One sentence, safe to show, in the language or else in English.
pub(super) fn detail(code: ProblemCode, locale: &str) -> &'static str {
    let catalogs = PARSED.iter();
    let fitting = catalogs.clone().filter(|(language, _)| is_or_narrows(locale, language));
    fitting.chain(catalogs).find_map(|(_, catalog)| catalog.get(code.word())).map_or("", String::as_str)
}

/// Whether `locale` is `language` or one of its variants (`ja-JP` and `ja`).
fn is_or_narrows(locale: &str, language: &str) -> bool {
    locale.strip_prefix(language).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_a_sentence_for_every_code_and_no_other() {
        let codes: Vec<&str> = ProblemCode::ALL.iter().map(|code| code.word()).collect();
        for (locale, catalog) in PARSED.iter() {
            for code in &codes {
                assert!(catalog.get(*code).is_some_and(|text| !text.is_empty()), "{locale} lacks {code}");
            }
            assert_eq!(catalog.len(), codes.len(), "{locale} has a code that does not exist");
        }
    }

    #[test]
    fn a_variant_reads_its_language_and_an_unknown_one_english() {
        let japanese = detail(ProblemCode::FlowGone, "ja-JP");
        assert_eq!(japanese, detail(ProblemCode::FlowGone, "ja"));
        assert_ne!(japanese, detail(ProblemCode::FlowGone, "en"));
        assert_eq!(detail(ProblemCode::FlowGone, "tlh"), detail(ProblemCode::FlowGone, "en"));
    }
}
