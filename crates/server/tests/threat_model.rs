//! `docs/threat-model.md` is true as far as it can be counted: each test that it names exists, no threat is without one, and no
//! attack is missing.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::{collections::BTreeSet, fs, path::Path};

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document() -> String {
    fs::read_to_string(root().join("docs/threat-model.md")).unwrap()
}

/// Everything in backticks of the form `path.rs::name`.
fn named(text: &str) -> Vec<(&str, &str)> {
    text.split('`').skip(1).step_by(2).filter_map(|code| code.split_once("::")).collect()
}

/// Names of the functions that are tests.
fn tests_of(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_test = false;
    for line in source.lines().map(str::trim_start) {
        is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        let rest = line.strip_prefix("async fn ").or_else(|| line.strip_prefix("fn "));
        if let Some(rest) = rest
            && std::mem::take(&mut is_test)
        {
            found.push(rest.split('(').next().unwrap().to_owned());
        }
    }
    found
}

#[test]
fn every_test_that_it_names_exists() {
    let text = document();
    let all = named(&text);
    assert!(all.len() > 50, "{} named", all.len());
    for (path, name) in all {
        let source = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(tests_of(&source).iter().any(|test| test == name), "{path} has no test {name}");
    }
}

#[test]
fn no_threat_is_without_a_test() {
    let text = document();
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| threat |"));
    let rows: Vec<&str> = rows.filter(|line| !line.starts_with("| ---")).collect();
    assert!(rows.len() > 35, "{} rows", rows.len());
    for row in rows {
        assert!(!named(row).is_empty(), "{row}");
    }
}

#[test]
fn no_attack_is_missing() {
    let text = document();
    let known: BTreeSet<&str> = named(&text).into_iter().map(|(_, name)| name).collect();
    for file in fs::read_dir(root().join("crates/server/tests/attacks")).unwrap().flatten() {
        for test in tests_of(&fs::read_to_string(file.path()).unwrap()) {
            assert!(known.contains(test.as_str()), "{} is not in docs/threat-model.md", test);
        }
    }
}
