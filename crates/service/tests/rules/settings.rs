//! The documentation of each setting against what it is: the source is read, and compared with the code.

use serde_json::Value;
use sspr_service::Settings;

/// A documented setting.
struct Setting {
    /// Such as `policy.gates`.
    key: String,
    text: String,
    kind: String,
}

/// The fields of the structs in the files of `src/settings`, which are sections by these names.
fn documented() -> Vec<Setting> {
    let sources = [
        include_str!("../../src/settings/policy.rs"),
        include_str!("../../src/settings/password.rs"),
        include_str!("../../src/settings/limits.rs"),
        include_str!("../../src/settings/mod.rs"),
    ];
    let (mut settings, mut section, mut text) = (Vec::new(), None, String::new());
    for line in sources.iter().flat_map(|source| source.lines()).map(str::trim) {
        if let Some(comment) = line.strip_prefix("/// ") {
            text = format!("{text} {comment}");
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            section = match rest.trim_end_matches(" {") {
                "Policy" => Some("policy"),
                "Password" => Some("password"),
                "Limits" => Some("limits"),
                "Lockout" => Some("lockout"),
                "Session" => Some("session"),
                "Organisation" => Some("organisation"),
                _ => None,
            };
            text.clear();
        } else if let (Some((name, kind)), Some(section)) =
            (line.strip_prefix("pub ").and_then(|it| it.split_once(": ")), section)
        {
            let (key, kind) = (format!("{section}.{name}"), kind.trim_end_matches(',').to_owned());
            settings.push(Setting { key, text: std::mem::take(&mut text), kind });
        } else if !line.starts_with('#') {
            text.clear();
        }
    }
    settings
}

fn lookup<'a>(root: &'a mut Value, key: &str) -> &'a mut Value {
    key.split('.').fold(root, |value, name| value.get_mut(name).unwrap_or_else(|| panic!("{key}")))
}

/// A number as the documentation writes it.
fn number(word: &str) -> Option<i64> {
    word.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

#[test]
fn every_setting_names_its_default_and_it_is_the_default() {
    let mut defaults = serde_json::to_value(Settings::default()).unwrap();
    let settings = documented();
    assert!(settings.len() > 40, "{}", settings.len());
    for Setting { key, text, .. } in settings.iter().filter(|it| it.key != "password.hashing") {
        let (_, said) =
            text.split_once("Default ").unwrap_or_else(|| panic!("{key} does not name its default"));
        match lookup(&mut defaults, key) {
            Value::Number(value) => {
                assert_eq!(number(said.split(' ').next().unwrap()), value.as_i64(), "{key}")
            }
            Value::Bool(value) => assert!(said.starts_with(if *value { "yes" } else { "no." }), "{key}"),
            Value::String(value) => assert!(said.starts_with(&format!("`{value}`")), "{key}"),
            Value::Null => assert!(said.starts_with("none") || said.starts_with("by mode"), "{key}"),
            Value::Array(values) => assert!(values.is_empty() == said.starts_with("none"), "{key}"),
            Value::Object(_) => panic!("{key} is a section"),
        }
    }
}

#[test]
fn every_range_that_is_documented_is_held() {
    let mut checked = 0;
    for Setting { key, text, kind } in documented() {
        let words: Vec<&str> = text.split_whitespace().collect();
        let Some(at) = words.iter().position(|&it| it == "to").filter(|_| kind != "String") else { continue };
        // Such as `0 (never) to 730`.
        let low = words[..at].iter().rev().find_map(|it| number(it));
        let (Some(low), Some(high)) = (low, words.get(at + 1).and_then(|it| number(it))) else { continue };
        for (value, fine) in [(low - 1, false), (high + 1, false)] {
            let mut settings = serde_json::to_value(Settings::default()).unwrap();
            *lookup(&mut settings, &key) = value.into();
            let refused = match serde_json::from_value::<Settings>(settings) {
                Ok(settings) => settings.mistakes().iter().any(|it| it.key == key),
                Err(_) => true,
            };
            assert_eq!(refused, !fine, "{key} = {value}");
        }
        checked += 1;
    }
    assert!(checked >= 15, "{checked}");
}

#[test]
fn an_unknown_setting_is_refused() {
    let unknown = r#"{"policy": {"gate": 1}}"#;
    assert!(serde_json::from_str::<Settings>(unknown).is_err());
}

#[test]
fn as_many_methods_are_needed_as_there_are_gates() {
    let mut settings = Settings::default();
    settings.policy.recovery_methods =
        vec![sspr_core::wire::ChallengeKind::Sms, sspr_core::wire::ChallengeKind::Voice];
    assert_eq!(settings.mistakes()[0].key, "policy.recovery_methods");
}
