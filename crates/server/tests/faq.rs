//! The questions and answers (`docs/faq.md`): each of the reference product's questions has its answer, and each setting that
//! an answer names is one.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::{collections::BTreeSet, fs};

/// Questions in the reference product's own list, and its tutorial's.
const QUESTIONS: usize = 44;

fn faq() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/faq.md")).unwrap()
}

/// Every key of the configuration as `section.key`; those before the first section stand alone.
fn settings() -> BTreeSet<String> {
    let example =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/sspr-server.example.toml")).unwrap();
    let mut section = String::new();
    let mut settings = BTreeSet::new();
    for line in example.lines().map(|line| line.trim_start_matches('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.to_owned();
        } else if let Some((key, _)) = line.split_once(" = ")
            && key
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter == '_' || letter.is_ascii_digit())
        {
            settings.insert(format!("{section}.{key}"));
        }
    }
    settings
}

#[test]
fn every_question_has_its_answer() {
    let faq = faq();
    for number in 1..=QUESTIONS {
        let (_, rest) = faq
            .split_once(&format!("\n**{number}. "))
            .unwrap_or_else(|| panic!("question {number} is not there"));
        let (question, answer) = rest.split_once("**").unwrap();
        assert!(question.ends_with('?'), "{number}: {question}");
        let answer = answer.split("\n\n").next().unwrap();
        assert!(!answer.trim().is_empty(), "{number} has no answer");
    }
}

#[test]
fn every_setting_that_an_answer_names_is_one() {
    let (faq, settings) = (faq(), settings());
    let sections: BTreeSet<_> =
        settings.iter().filter_map(|it| it.rsplit_once('.')).map(|(section, _)| section).collect();
    let mut named = 0;
    for word in faq.split('`').skip(1).step_by(2) {
        if word.rsplit_once('.').is_some_and(|(section, _)| sections.contains(section)) {
            named += 1;
            assert!(settings.contains(word), "`{word}` is no setting");
        }
    }
    assert!(named > 20, "the page was read: {named}");
}
