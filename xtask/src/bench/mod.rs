//! `cargo xtask bench strength`: our estimator, zxcvbn 4.4.2 and zxcvbn-ts in one page of one browser, a password through
//! all three before the next, and what they cost to load and keep. `cargo xtask fuzz strength`: any text into ours.
//!
//! Milliseconds are those of this machine; the ratios of one run are what counts.

mod differences;
mod engine;
mod engines;
mod fuzz;
mod holdout;
mod page;
mod plot;
mod random;
mod sample;
mod statistics;
mod table;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::tools::Tools;
use crate::trouble::{Outcome, Trouble};
use crate::words;

use page::Page;
use statistics::percentile;
use table::Row;

pub(crate) use fuzz::fuzz;

const OURS: &str = "ours";
const ZXCVBN: &str = "zxcvbn";
const ZXCVBN_TS: &str = "zxcvbn-ts";
const ENGINES: [&str; 3] = [OURS, ZXCVBN, ZXCVBN_TS];

/// How often loading is measured, each time in a fresh page.
const LOADS: usize = 5;

/// When a rival's call on a hostile string is given up, in ms.
const LIMIT: u32 = 5_000;

/// Inputs of the short fuzzing in the browser; the long one is native.
const FUZZED: u32 = 20_000;

/// Measures everything and prints a table or one JSON object. Returns whether every figure is reached.
pub(crate) fn strength(as_json: bool) -> Outcome<bool> {
    let browser = Tools::browser()?;
    let engines = engines::prepare()?;
    let lists = words::lists()?;
    let passwords = sample::sample(&lists);
    let holdouts = holdout::lists(&words::known_to_the_rivals()?)?;
    let made = BTreeMap::from([
        ("/sample.json", json!(passwords)),
        ("/holdout.json", holdouts),
        ("/hostile-100.json", json!(sample::hostile(&lists, 100))),
        ("/hostile-256.json", json!(sample::hostile(&lists, 256))),
    ]);
    let page = Page::open(&browser, engines.folder.clone(), made)?;
    let mut rows = table::sizes(&engines)?;

    eprintln!("  … {} passwords through three engines", passwords.len());
    let speed = page.measure("speed")?;
    rows.extend(per_call(&speed));
    for (length, most) in [(100, 2.0), (256, 16.0)] {
        eprintln!("  … hostile strings of {length} characters");
        rows.push(hostile(&page, length, most)?);
    }
    eprintln!("  … loading and memory");
    rows.push(loading(&page)?);
    rows.push(memory(&page)?);
    rows.extend(differences::rows(&passwords, &speed)?);
    eprintln!("  … lists in order of frequency");
    rows.extend(order(&page.measure("order")?));
    eprintln!("  … {FUZZED} fuzzed inputs in the browser");
    rows.push(fuzzed(&page.measure(&format!("fuzz&inputs={FUZZED}"))?)?);

    if as_json {
        println!("{:#}", table::json(&rows));
    } else {
        table::print(&rows);
    }
    Ok(rows.iter().all(|row| row.reached != Some(false)))
}

fn numbers(values: &Value) -> Vec<f64> {
    values.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

fn per_call(speed: &Value) -> [Row; 2] {
    [("median a call", 0.5, 0.25), ("p99 a call", 0.99, 1.0 / 15.0)].map(|(what, share, most)| {
        let of = |engine: &str| percentile(&numbers(&speed["times"][engine]), share);
        Row::of_three(what, "ms", ENGINES.map(of)).ratio_at_most(most)
    })
}

fn hostile(page: &Page, length: u32, most: f64) -> Outcome<Row> {
    let mut worst = [0.0_f64; 3];
    let mut details = Vec::new();
    for (engine, worst) in ENGINES.iter().zip(&mut worst) {
        let times = page.measure(&format!("hostile&engine={engine}&length={length}&limit={LIMIT}"))?;
        for time in times.as_array().into_iter().flatten() {
            // A call that was given up took at least the limit.
            *worst = worst.max(time[1].as_f64().unwrap_or(f64::INFINITY));
        }
        details.push(json!({ "engine": engine, "times": times }));
    }
    Ok(Row::of_three(format!("worst hostile, {length} characters"), "ms", worst)
        .at_most(most)
        .details(json!(details)))
}

fn loading(page: &Page) -> Outcome<Row> {
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..LOADS {
        for (engine, times) in ENGINES.iter().zip(&mut times) {
            let time = page.measure(&format!("load&engine={engine}"))?;
            times.push(time.as_f64().ok_or_else(|| Trouble::new("The page measured no time"))?);
        }
    }
    Ok(Row::of_three("data arrived to first answer", "ms", times.map(|times| percentile(&times, 0.5)))
        .ratio_at_most(0.25))
}

fn memory(page: &Page) -> Outcome<Row> {
    page.measure("memory&engine=none")?;
    let empty = page.heap()?;
    let mut used = [0.0; 3];
    for (engine, used) in ENGINES.iter().zip(&mut used) {
        let wasm = page.measure(&format!("memory&engine={engine}"))?;
        *used = (page.heap()? - empty + wasm.as_f64().unwrap_or_default()) / 1e6;
    }
    Ok(Row::of_three("memory after use", "MB", used).ratio_at_most(0.6))
}

fn order(answer: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    for (list, guesses) in answer.as_object().into_iter().flatten() {
        let of = |engine: &str| statistics::correlation_with_order(&numbers(&guesses[engine]));
        let small = json!({ "ours with the small words": of("ours, small"), "passwords": numbers(&guesses[OURS]).len() });
        rows.push(
            Row::of_three(format!("rank correlation, {list}"), "", ENGINES.map(of))
                .ahead_of_both()
                .details(small),
        );
    }
    rows
}

fn fuzzed(answer: &Value) -> Outcome<Row> {
    let failures = answer["failures"].as_array().map_or(0, Vec::len);
    let row = Row::new(format!("failures of {FUZZED} fuzzed inputs"), "", failures as f64).at_most(0.0);
    Ok(row.details(answer.clone()))
}
