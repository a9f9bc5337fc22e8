//! Every text of the account elements exists in Japanese, with the same placeholders, and nothing else does.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};

const SOURCES: [&str; 3] = [
    include_str!("../src/ui/account/texts.rs"),
    include_str!("../src/ui/enroll/texts.rs"),
    include_str!("../src/ui/change/texts.rs"),
];

/// Key and English text (of a plural, the form for other numbers), as they stand in the source.
fn english() -> BTreeMap<String, String> {
    SOURCES
        .iter()
        .flat_map(|source| source.split("pub(crate) const ").skip(1))
        .map(|text| {
            let field = |name: &str| {
                let rest = text.split_once(&format!("{name}: \""))?.1;
                Some(rest.split_once("\",").or_else(|| rest.split_once("\" }"))?.0.to_owned())
            };
            let key = field("key").expect("a key");
            (key, field("other").or_else(|| field("en")).expect("an English text"))
        })
        .collect()
}

fn japanese() -> BTreeMap<String, String> {
    serde_json::from_str(include_str!("../locales/ja.account.json")).expect("an object of texts")
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_text_exists_in_japanese_and_none_is_left_over() {
    let (english, japanese) = (english(), japanese());
    assert!(english.len() > 100, "the sources were read");
    assert_eq!(english.keys().collect::<Vec<_>>(), japanese.keys().collect::<Vec<_>>());
}

#[test]
fn both_languages_fill_in_the_same() {
    let japanese = japanese();
    for (key, english) in english() {
        assert_eq!(placeholders(&english), placeholders(&japanese[&key]), "{key}");
    }
}
