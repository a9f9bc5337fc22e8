//! The administrator's page (`docs/troubleshooting.md`) knows every code there is, so that a new one cannot be forgotten.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use sspr_core::wire::ProblemCode;
use sspr_server::doctor::Code;
use std::fs;

fn page() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/troubleshooting.md")).unwrap()
}

/// The cells of the row that begins with a code.
fn row<'a>(page: &'a str, code: &str) -> Option<Vec<&'a str>> {
    let begins = format!("| `{code}` |");
    let row = page.lines().find(|line| line.starts_with(&begins))?;
    Some(row.trim_matches('|').split(" | ").map(str::trim).collect())
}

#[test]
fn every_problem_has_what_is_seen_why_and_what_mends_it() {
    let page = page();
    for code in ProblemCode::ALL {
        let cells = row(&page, code.word()).unwrap_or_else(|| panic!("{} has no row", code.word()));
        assert_eq!(cells.len(), 4, "{cells:?}");
        assert!(cells.iter().all(|cell| !cell.is_empty()), "{cells:?}");
    }
}

#[test]
fn every_finding_of_the_doctor_says_what_the_doctor_says() {
    let page = page();
    for code in Code::ALL {
        let cells = row(&page, code.word()).unwrap_or_else(|| panic!("{} has no row", code.word()));
        assert_eq!(cells.len(), 4, "{cells:?}");
        let mends = if code.mend().is_empty() { "nothing is to be mended" } else { code.mend() };
        assert_eq!(cells[3], mends, "{}", code.word());
    }
}

#[test]
fn every_reason_of_the_audit_log_is_explained() {
    let words =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../service/src/audit/words.rs")).unwrap();
    let (_, reasons) = words.split_once("UnknownAccount = ").unwrap();
    let reasons = reasons.split("\n    }").next().unwrap();
    let page = page();
    let mut seen = 0;
    for word in reasons.split('"').skip(1).step_by(2) {
        seen += 1;
        assert!(page.contains(&format!("`{word}`")), "{word} is not explained");
    }
    assert!(seen >= 8, "the words were read: {seen}");
}
