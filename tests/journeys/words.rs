//! What people read on a button or in a sentence: English as it stands here, other languages by the key in the
//! widget's own files.

use crate::world::Language;
use serde_json::Value;
use std::sync::OnceLock;

/// A text of the widget: its key and how it reads in English.
#[derive(Clone, Copy)]
pub(crate) struct Words(pub(crate) &'static str, pub(crate) &'static str);

impl Words {
    /// The part of the text before its first placeholder, in a language.
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
        text.split('{').find(|part| !part.is_empty()).unwrap_or_default().trim().to_owned()
    }
}

fn japanese() -> &'static [Value; 2] {
    static FILES: OnceLock<[Value; 2]> = OnceLock::new();
    FILES.get_or_init(|| {
        let read = |text| serde_json::from_str(text).expect("the language files are JSON");
        [read(include_str!("../../locales/ja.json")), read(include_str!("../../locales/ja.account.json"))]
    })
}
