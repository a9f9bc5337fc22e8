//! What people read on a button or in a sentence: English as it stands here, other languages by the key in the
//! widget's own files.

use crate::world::Language;
use serde_json::Value;
use std::{path::Path, sync::OnceLock};

/// A text of the widget: its key and how it reads in English.
#[derive(Clone, Copy)]
pub(crate) struct Words(pub(crate) &'static str, pub(crate) &'static str);

impl Words {
    /// The longest part of the text between its placeholders, in a language.
    pub(crate) fn in_language(self, language: Language) -> String {
        let Words(key, english) = self;
        let text = match language {
            Language::English => english.to_owned(),
            Language::Japanese => {
                let text = japanese().iter().find_map(|file| file.get(key));
                // Where the form depends on a number, Japanese has but one.
                let text = text.and_then(|text| text.as_str().or_else(|| text.get("other")?.as_str()));
                text.unwrap_or_else(|| panic!("no Japanese text {key}")).to_owned()
            }
        };
        let parts = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after));
        parts.max_by_key(|part| part.len()).unwrap_or_default().trim().to_owned()
    }
}

/// Every language of the widget by its tag, English first.
pub(crate) fn languages() -> anyhow::Result<Vec<String>> {
    let mut tags = vec!["en".to_owned()];
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("locales"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        tags.extend(name.strip_suffix(".account.json").map(str::to_owned));
    }
    tags[1..].sort();
    Ok(tags)
}

fn japanese() -> &'static [Value; 2] {
    static FILES: OnceLock<[Value; 2]> = OnceLock::new();
    FILES.get_or_init(|| {
        ["ja.json", "ja.account.json"].map(|name| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(name);
            let text =
                std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        })
    })
}
