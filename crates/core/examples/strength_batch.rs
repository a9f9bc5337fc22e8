//! Estimates passwords from standard input, one JSON value a line: a string, or an array of the password and the
//! person's words. Prints a JSON object a line: `score`, `log10`, `steps`, `warning`.
//!
//! `strength_batch [--year 2026] [--like-zxcvbn] [--words general.words] [--besides language.words]…`
#![allow(clippy::print_stdout, reason = "its purpose")]

use serde::Deserialize;
use sspr_core::strength::{Estimator, Words};
use std::io::{BufRead, BufWriter, Write};

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Password(String),
    WithInputs(String, Vec<String>),
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut estimator = Estimator::new(2026);
    let mut later: Vec<Box<dyn FnOnce(&mut Estimator)>> = Vec::new();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        let read = |path: String| -> Result<Words, Box<dyn std::error::Error>> {
            Words::read(&std::fs::read(path)?).map_err(|problem| format!("{problem:?}").into())
        };
        match argument.as_str() {
            "--year" => estimator = Estimator::new(value()?.parse()?),
            "--like-zxcvbn" => later.push(Box::new(Estimator::like_zxcvbn)),
            "--words" => {
                let words = read(value()?)?;
                later.push(Box::new(|estimator| estimator.set_words(words)));
            }
            "--besides" => {
                let words = read(value()?)?;
                later.push(Box::new(|estimator| estimator.add_words(words)));
            }
            other => return Err(format!("{other} is no argument").into()),
        }
    }
    for change in later {
        change(&mut estimator);
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let (password, inputs) = match serde_json::from_str(&line?)? {
            Line::Password(password) => (password, Vec::new()),
            Line::WithInputs(password, inputs) => (password, inputs),
        };
        estimator.set_inputs(&inputs.iter().map(String::as_str).collect::<Vec<_>>());
        let (strength, steps) = estimator.estimate_counted(&password);
        let warning = strength.warning.map(|warning| warning.word());
        let answer = serde_json::json!({
            "score": strength.score, "log10": strength.log10_guesses, "steps": steps, "warning": warning,
        });
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
