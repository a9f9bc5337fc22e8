//! How often the score is zxcvbn's. `docs/strength.md` lists what differs on purpose and why; the estimator can let all of
//! that go, and what is left then has to agree. A password belongs to the deliberate differences when our own score
//! changes with them, whatever zxcvbn says of it.

use serde_json::{Value, json};

use super::engine::Engine;
use super::table::Row;
use super::{OURS, ZXCVBN, ZXCVBN_TS};
use crate::trouble::Outcome;

/// The least share of equal scores, in percent.
const EQUAL: f64 = 99.5;

/// The score's equality on the whole sample, as shipped and without the deliberate differences.
pub(super) fn rows(passwords: &[String], speed: &Value) -> Outcome<[Row; 2]> {
    let strict = Engine::with_full_words()?.like_zxcvbn();
    let said =
        |engine: &str, at: usize, what: usize| speed["said"][engine][at][what].as_f64().unwrap_or(f64::NAN);
    let equal = |engine: &str| {
        let same = (0..passwords.len()).filter(|at| said(engine, *at, 0) == said(ZXCVBN, *at, 0)).count();
        100.0 * same as f64 / passwords.len().max(1) as f64
    };
    let (mut same, mut deliberate, mut other) = (0, Vec::new(), Vec::new());
    for (at, password) in passwords.iter().enumerate() {
        let (score, guesses, _) = strict.counted(password);
        let (score, theirs) = (f64::from(score), said(ZXCVBN, at, 0));
        let line = json!([password, said(OURS, at, 0), theirs, said(OURS, at, 1), said(ZXCVBN, at, 1)]);
        if score == theirs {
            same += 1;
        } else {
            other.push(json!([password, score, theirs, guesses, said(ZXCVBN, at, 1)]));
        }
        if said(OURS, at, 0) != score {
            deliberate.push(line);
        }
    }
    let without = [100.0 * f64::from(same) / passwords.len().max(1) as f64, 100.0, equal(ZXCVBN_TS)];
    Ok([
        Row::of_three("score as zxcvbn, as shipped", "%", [equal(OURS), 100.0, equal(ZXCVBN_TS)])
            .details(json!({ "deliberate differences": deliberate })),
        Row::of_three("score as zxcvbn, without the deliberate differences", "%", without)
            .at_least(EQUAL)
            .details(json!({ "different": other })),
    ])
}
