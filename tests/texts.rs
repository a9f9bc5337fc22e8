//! Every text of the elements exists in every language, with the same placeholders, and nothing else does. A language
//! is its files in `locales/`; this test finds them by itself.

#![cfg(not(target_arch = "wasm32"))]

use serde_json::{Map, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Keys of texts that only the elements of signed-in people show: they are in `<lang>.account.json`.
const ACCOUNT: [&str; 3] = ["account.", "enroll.", "change."];

/// Key and English text (of a plural, the form for other numbers), as they stand in the sources.
fn english() -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    visit(Path::new("src"), &mut |source| {
        for text in source.split("key: \"").skip(1) {
            let Some((key, rest)) = text.split_once('"') else { continue };
            let written = ["other: \"", "en: \""].iter().find_map(|name| {
                // What follows ends at the next key.
                rest.split_once(name).map(|(_, text)| literal(text))
            });
            if let Some(written) = written {
                texts.insert(key.to_owned(), written);
            }
        }
        for line in source.split("messages! {").skip(1).flat_map(|block| block.split("\n}").take(1)) {
            for entry in line.lines().filter_map(|line| line.split_once(" = \"")) {
                let (key, text) = entry.1.split_once("\", \"").expect("a key and its text");
                texts.insert(key.to_owned(), literal(text));
            }
        }
    });
    texts
}

/// A string literal's text up to its end.
fn literal(text: &str) -> String {
    text.split_once("\";").or_else(|| text.split_once('"')).map_or(text, |(text, _)| text).to_owned()
}

fn visit(folder: &Path, see: &mut dyn FnMut(&str)) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let is_test = path.file_stem().is_some_and(|name| name == "tests" || name == "properties");
        if path.is_dir() {
            visit(&path, see);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !is_test {
            let source = fs::read_to_string(&path).expect("a source");
            see(source.split("#[cfg(test)]").next().unwrap_or_default());
        }
    }
}

/// Whose texts a file has: the ending before `.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Area {
    Everybody,
    Account,
    Admin,
}

impl Area {
    const ALL: [Self; 3] = [Self::Everybody, Self::Account, Self::Admin];

    fn of_key(key: &str) -> Self {
        match key {
            _ if key.starts_with("admin.") => Self::Admin,
            _ if ACCOUNT.iter().any(|area| key.starts_with(area)) => Self::Account,
            _ => Self::Everybody,
        }
    }

    fn of_file(name: &str) -> (&str, Self) {
        match name.split_once('.') {
            Some((language, "admin")) => (language, Self::Admin),
            Some((language, _)) => (language, Self::Account),
            None => (name, Self::Everybody),
        }
    }
}

/// Language, whose texts they are, and the texts. The help's own files are looked at apart.
fn languages() -> Vec<(String, Area, Map<String, Value>)> {
    let files = fs::read_dir("locales").expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut languages: Vec<_> = files
        .filter(|path| !path.to_string_lossy().ends_with(HELP))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let texts =
                serde_json::from_slice(&fs::read(&path).expect("a file")).expect("an object of texts");
            let (language, area) = Area::of_file(&name);
            (language.to_owned(), area, texts)
        })
        .collect();
    languages.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    languages
}

/// The end of the name of a file with the texts of “Having trouble?”.
const HELP: &str = ".help.json";

/// The module that shows them; it has them in English.
fn help_source() -> String {
    fs::read_to_string("src/element/sspr-help.js").expect("a source")
}

/// Key and English text of the help.
fn english_help() -> BTreeMap<String, String> {
    help_source()
        .lines()
        .filter_map(|line| line.trim().strip_prefix("\"help.")?.split_once("\": \""))
        .map(|(key, text)| (format!("help.{key}"), text.trim_end_matches("\",").to_owned()))
        .collect()
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// The plural categories of whole numbers (CLDR 46), for languages that have more than one.
const PLURALS: [(&str, &[&str]); 17] = [
    ("ar", &["zero", "one", "two", "few", "many", "other"]),
    ("cs", &["one", "few", "other"]),
    ("da", &["one", "other"]),
    ("de", &["one", "other"]),
    ("es", &["one", "many", "other"]),
    ("fr", &["one", "many", "other"]),
    ("he", &["one", "two", "other"]),
    ("hi", &["one", "other"]),
    ("it", &["one", "many", "other"]),
    ("nl", &["one", "other"]),
    ("pl", &["one", "few", "many", "other"]),
    ("pt", &["one", "many", "other"]),
    ("ru", &["one", "few", "many", "other"]),
    ("sv", &["one", "other"]),
    ("tr", &["one", "other"]),
    ("uk", &["one", "few", "many", "other"]),
    ("en", &["one", "other"]),
];

/// Languages in which the form “one” is for 21 and 31 as well.
const ONE_IS_MANY: [&str; 2] = ["ru", "uk"];

/// Keys of texts that depend on a number.
fn plurals() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    visit(Path::new("src"), &mut |source| {
        let texts = source.split("Plural {").skip(1);
        let key = |text: &str| Some(text.split_once("key: \"")?.1.split_once('"')?.0.to_owned());
        // The type's own declaration has no key that is written out.
        keys.extend(texts.filter(|text| text.trim_start().starts_with("key: \"")).filter_map(key));
    });
    keys
}

#[test]
fn every_plural_has_the_forms_of_its_language() {
    let plurals = plurals();
    assert!(plurals.len() > 10, "{plurals:?}");
    for (language, _, texts) in languages() {
        let base = language.split('-').next().unwrap_or_default();
        let wanted = PLURALS.iter().find(|(known, _)| *known == base).map(|(_, forms)| *forms);
        for (key, text) in texts.iter().filter(|(key, _)| plurals.contains(*key)) {
            match (wanted, text) {
                (Some(wanted), Value::Object(forms)) => {
                    let missing: Vec<_> = wanted.iter().filter(|form| !forms.contains_key(**form)).collect();
                    assert!(missing.is_empty(), "{language} {key} lacks {missing:?}");
                }
                (Some(_), _) => panic!("{language} {key} is the same for every number"),
                (None, text) => assert!(text.is_string(), "{language} {key} has forms that are never used"),
            }
        }
    }
}

#[test]
fn every_text_exists_in_every_language_and_none_is_left_over() {
    let english = english();
    assert!(english.len() > 200, "the sources were read: {}", english.len());
    for (language, area, texts) in languages() {
        let wanted: BTreeSet<_> = english.keys().filter(|key| Area::of_key(key) == area).collect();
        let found: BTreeSet<_> = texts.keys().collect();
        assert_eq!(found, wanted, "{language}, {area:?}");
    }
}

#[test]
fn every_language_has_all_its_files() {
    let languages = languages();
    let of = |area| languages.iter().filter(|it| it.1 == area).map(|it| it.0.as_str()).collect::<Vec<_>>();
    for area in Area::ALL {
        assert_eq!(of(area), of(Area::Everybody), "{area:?}");
    }
    assert!(of(Area::Everybody).contains(&"ja"));
}

#[test]
fn every_language_fills_in_the_same() {
    let english = english();
    for (language, _, texts) in languages() {
        for (key, text) in &texts {
            let forms: Vec<_> = match text {
                Value::Object(forms) => {
                    assert!(forms.contains_key("other"), "{language} {key}");
                    forms.iter().filter_map(|(form, text)| Some((form.as_str(), text.as_str()?))).collect()
                }
                text => text.as_str().map(|text| ("other", text)).into_iter().collect(),
            };
            assert!(!forms.is_empty(), "{language} {key}");
            for (form, text) in forms {
                let (mut found, mut wanted) = (placeholders(text), placeholders(&english[key]));
                // A form for one number alone may say it in words.
                if ["zero", "one", "two"].contains(&form) && !ONE_IS_MANY.contains(&language.as_str()) {
                    found.remove("count");
                    wanted.remove("count");
                }
                assert_eq!(found, wanted, "{language} {key} {form}");
            }
        }
    }
}

#[test]
fn the_help_is_whole_in_every_language() {
    let english = english_help();
    assert!(english.len() > 25, "the source was read: {}", english.len());
    for (language, ..) in languages() {
        let file =
            fs::read(format!("locales/{language}{HELP}")).unwrap_or_else(|_| panic!("{language} has none"));
        let texts: BTreeMap<String, String> = serde_json::from_slice(&file).expect("an object of texts");
        assert_eq!(texts.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language}");
        for (key, text) in &texts {
            assert_ne!(text, &english[key], "{language} {key} is English");
            assert_eq!(placeholders(text), placeholders(&english[key]), "{language} {key}");
        }
    }
}

#[test]
fn the_help_knows_every_step_and_every_cause_belongs_to_one() {
    let source = help_source();
    let (_, steps) = source.split_once("export const STEPS = {").expect("the steps");
    let (steps, _) = steps.split_once("\n};").expect("their end");
    for flow in ["reset", "enroll", "change"] {
        let (_, own) = steps.split_once(&format!("\n  {flow}: {{")).expect("an element");
        let own = own.split("\n  }").next().unwrap_or_default();
        let rust = fs::read_to_string(format!("src/flow/{flow}/mod.rs")).expect("a source");
        let (_, names) = rust.split_once("pub fn step_name").expect("the steps' names");
        let names = names.split("\n    }\n").next().unwrap_or_default();
        // Every second piece between quotation marks is a name.
        for name in names.split('"').skip(1).step_by(2) {
            let known = own.lines().any(|line| {
                line.trim().strip_prefix(&format!("{name}: [")).is_some()
                    || line.trim().strip_prefix(&format!("\"{name}\": [")).is_some()
            });
            assert!(known, "{flow} {name}");
        }
    }
    let causes: BTreeSet<_> = steps
        .lines()
        .filter_map(|line| line.split_once('['))
        .flat_map(|(_, causes)| causes.split('"').skip(1).step_by(2))
        .map(|cause| format!("help.{cause}"))
        .collect();
    let others =
        ["help.title", "help.support", "help.copy", "help.copied", "help.nothing"].map(str::to_owned);
    let known: BTreeSet<_> = english_help().into_keys().collect();
    assert_eq!(causes.into_iter().chain(others).collect::<BTreeSet<_>>(), known);
}
