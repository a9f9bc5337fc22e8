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
    let mut general = None;
    let mut besides = Vec::new();
    let mut like_zxcvbn = false;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        let read = |path: String| -> Result<Words, Box<dyn std::error::Error>> {
            Words::read(&std::fs::read(path)?).map_err(|problem| format!("{problem:?}").into())
        };
        match argument.as_str() {
            "--year" => estimator = Estimator::new(value()?.parse()?),
            "--like-zxcvbn" => like_zxcvbn = true,
            "--words" => general = Some(read(value()?)?),
            "--besides" => besides.push(read(value()?)?),
            other => return Err(format!("{other} is no argument").into()),
        }
    }
    general.into_iter().for_each(|words| estimator.set_words(words));
    besides.into_iter().for_each(|words| estimator.add_words(words));
    if like_zxcvbn {
        estimator.like_zxcvbn();
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
