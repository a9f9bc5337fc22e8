//! The texts, compiled in.

use std::{collections::HashMap, sync::LazyLock};

/// Languages that messages exist in; the first is the default.
pub const LOCALES: &[&str] = &["en", "ja"];

type Catalog = HashMap<String, String>;

static ENGLISH: LazyLock<Catalog> = LazyLock::new(|| read(include_str!("../../locales/en.json")));
static JAPANESE: LazyLock<Catalog> = LazyLock::new(|| read(include_str!("../../locales/ja.json")));

fn read(json: &str) -> Catalog {
    // A test holds the files to their form, so nothing is lost here.
    serde_json::from_str(json).unwrap_or_default()
}

/// The language of ours that fits a wish such as `ja-JP`.
pub(crate) fn language(locale: &str) -> &'static str {
    let wish = locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    LOCALES.iter().copied().find(|&it| it == wish).unwrap_or("en")
}

/// A text with its `{names}` filled in.
pub(crate) fn text(locale: &str, key: &str, values: &[(&str, &str)]) -> String {
    let catalog = if language(locale) == "ja" { &*JAPANESE } else { &*ENGLISH };
    let pattern = catalog.get(key).or_else(|| ENGLISH.get(key)).map_or(key, String::as_str);
    let fill = |text: String, (name, value): &(&str, &str)| text.replace(&format!("{{{name}}}"), value);
    values.iter().fold(pattern.to_owned(), fill)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_exists_in_every_language_with_the_same_names() {
        assert!(ENGLISH.len() > 50 && ENGLISH.len() == JAPANESE.len());
        for (key, english) in ENGLISH.iter() {
            let japanese = JAPANESE.get(key).unwrap_or_else(|| panic!("no {key}"));
            for name in ["{code}", "{minutes}", "{organisation}", "{account}"] {
                assert_eq!(english.contains(name), japanese.contains(name), "{key} {name}");
            }
        }
    }

    #[test]
    fn an_unknown_language_is_english() {
        assert_eq!(language("fr-CA"), "en");
        assert_eq!(language("ja-JP"), "ja");
    }
}
