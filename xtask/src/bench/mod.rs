//! `cargo xtask bench strength`: our estimator, zxcvbn 4.4.2 and zxcvbn-ts in one page of one browser, a password through
//! all three before the next, and what they cost to load and keep. `cargo xtask fuzz strength`: any text into ours.
//! `cargo xtask bench start`: how soon a page has its form ([`start`]). `cargo xtask bench load`: how many resets a server does
//! ([`load`]).
//!
//! Milliseconds are those of this machine; the ratios of one run are what counts.

mod differences;
mod engine;
mod engines;
mod fuzz;
mod holdout;
mod hostile;
mod load;
mod page;
mod plot;
mod random;
mod sample;
mod start;
mod statistics;
mod table;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::progress::Step;
use crate::tools::Tools;
use crate::trouble::{Outcome, Trouble};
use crate::words;

use engines::Engines;
use page::Page;
use statistics::percentile;
use table::Row;

pub(crate) use fuzz::{fuzz, fuzz_in_browsers};
pub(crate) use load::load;
pub(crate) use start::start;

const OURS: &str = "ours";
const ZXCVBN: &str = "zxcvbn";
const ZXCVBN_TS: &str = "zxcvbn-ts";
const ENGINES: [&str; 3] = [OURS, ZXCVBN, ZXCVBN_TS];

/// How often loading is measured, each time in a fresh browser: a page warms its process for the next.
const LOADS: usize = 9;

/// When a rival's call on a hostile string is given up, in ms.
const LIMIT: u32 = 5_000;

/// Inputs of the short fuzzing in the browser; the long one is native.
const FUZZED: u32 = 20_000;

/// A part of the measurement, by the name that `--only` takes.
struct Part {
    name: &'static str,
    measure: fn(&Bench) -> Outcome<Vec<Row>>,
}

/// Short ones first.
const PARTS: [Part; 8] = [
    Part { name: "size", measure: |bench| table::sizes(&bench.engines) },
    Part { name: "load", measure: |bench| Ok(vec![loading(&bench.page)?]) },
    Part { name: "memory", measure: |bench| Ok(vec![memory(&bench.page)?]) },
    Part { name: "module", measure: |bench| Ok(vec![module(&bench.page)?]) },
    Part { name: "fuzz", measure: |bench| Ok(vec![fuzzed(&bench.page)?]) },
    Part { name: "speed", measure: speed },
    Part {
        name: "hostile",
        measure: |bench| Ok(vec![hostile(&bench.page, 100, 2.0)?, hostile(&bench.page, 256, 16.0)?]),
    },
    Part { name: "order", measure: |bench| Ok(order(&bench.page.measure("order")?)) },
];

/// Everything that is measured with.
struct Bench {
    engines: Engines,
    passwords: Vec<String>,
    page: Page,
}

/// Measures everything, or one part, and prints a table or one JSON object. Returns whether every figure is reached.
pub(crate) fn strength(as_json: bool, only: Option<&str>) -> Outcome<bool> {
    let chosen: Vec<&Part> = PARTS.iter().filter(|part| only.is_none_or(|only| only == part.name)).collect();
    if chosen.is_empty() {
        let names = PARTS.map(|part| part.name).join(", ");
        return Err(Trouble::new("There is no such part").advice(format!("choose one of: {names}")));
    }
    let browser = Tools::browser()?;
    let engines = engines::prepare()?;
    let lists = words::lists()?;
    let passwords = sample::sample(&lists);
    let made = BTreeMap::from([
        ("/sample.json", json!(passwords)),
        ("/holdout.json", holdout::lists(&words::known_to_the_rivals()?)?),
        ("/hostile-100.json", json!(hostile::hostile(&lists, 100))),
        ("/hostile-256.json", json!(hostile::hostile(&lists, 256))),
    ]);
    let page = Page::open(&browser, engines.folder.clone(), made)?;
    let bench = Bench { engines, passwords, page };
    let mut rows = Vec::new();
    for part in chosen {
        let step = Step::begin(format!("measure {}", part.name), "Chromium");
        rows.extend((part.measure)(&bench)?);
        step.done();
    }
    if as_json {
        println!("{:#}", table::json(&rows));
    } else {
        table::print(&rows);
    }
    Ok(rows.iter().all(|row| row.reached != Some(false)))
}

fn speed(bench: &Bench) -> Outcome<Vec<Row>> {
    let speed = bench.page.measure("speed")?;
    let mut rows = per_call(&speed).to_vec();
    rows.extend(differences::rows(&bench.passwords, &speed)?);
    Ok(rows)
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
    let mut phases = Vec::new();
    for _ in 0..LOADS {
        for (engine, times) in ENGINES.iter().zip(&mut times) {
            let answer = page.measure_cold(&format!("load&engine={engine}"))?;
            times.push(answer["ms"].as_f64().ok_or_else(|| Trouble::new("The page measured no time"))?);
            phases.push(json!({ "engine": engine, "times": answer }));
        }
    }
    let row = Row::of_three("data arrived to first answer", "ms", times.map(|times| percentile(&times, 0.5)));
    Ok(row.ratio_at_most(0.25).details(json!(phases)))
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
        let row = Row::of_three(format!("rank correlation, {list}"), "", ENGINES.map(of)).details(small);
        // Where only what no meter has on a list is left, the order hardly depends on the password any more: told, no goal.
        rows.push(if list.ends_with("unseen") { row } else { row.ahead_of_both() });
    }
    rows
}

/// The standalone module on a page of another origin: everything that its typings promise.
fn module(page: &Page) -> Outcome<Row> {
    let said = page.foreign()?;
    let kept = [
        said["early"].as_str().is_some_and(|message| message.contains("load()")),
        said["without"] == true && said["basic"]["basic"] == true,
        said["loaded"] == true && said["german"]["basic"] == false,
        said["german"]["guessesLog10"].as_f64() < said["basic"]["guessesLog10"].as_f64(),
        said["german"]["suggestions"].as_array().is_some_and(|suggestions| !suggestions.is_empty()),
        said["own"]["score"].as_f64() == Some(0.0),
        said["absent"] == false,
    ];
    let broken = kept.iter().filter(|kept| !**kept).count();
    Ok(Row::new("promises the standalone module breaks elsewhere", "", broken as f64)
        .at_most(0.0)
        .details(said))
}

fn fuzzed(page: &Page) -> Outcome<Row> {
    let answer = page.measure(&format!("fuzz&inputs={FUZZED}"))?;
    let failures = answer["failures"].as_array().map_or(0, Vec::len);
    let row = Row::new(format!("failures of {FUZZED} fuzzed inputs"), "", failures as f64).at_most(0.0);
    Ok(row.details(answer))
}
