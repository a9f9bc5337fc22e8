//! `cargo xtask bench start`: how long a person waits for the form, ours and others', on a slow phone behind Slow 4G.
//!
//! All pages come from one server, each load from a browser with a fresh profile, one after the other in turns. What is
//! measured and what it showed: `docs/start.md`.

mod contender;
mod load;
mod site;
mod table;

use crate::package;
use crate::process;
use crate::progress::Step;
use crate::tools::Tools;
use crate::trouble::{Outcome, Trouble};

use contender::CONTENDERS;
use table::Row;

/// How often each page is loaded.
const LOADS: usize = 9;

/// Measures and prints a table or one JSON array.
pub(crate) fn start(as_json: bool) -> Outcome {
    let browser = Tools::browser()?;
    package::package_if_stale()?;
    let step = Step::begin("compress what is served", "Brotli at its highest quality");
    let serving = contender::site()?.serve()?;
    step.done();
    let load = |contender| -> Outcome<load::Load> {
        let load = load::load(&browser, &serving.origin, contender);
        serving.check()?;
        load
    };
    let step = Step::begin(format!("load {} pages {LOADS} times each", CONTENDERS.len()), "Chromium");
    let mut rows = CONTENDERS.each_ref().map(|contender| Row { contender, loads: Vec::new() });
    // Not counted: it brings the browser itself from disk into memory.
    load(&CONTENDERS[0])?;
    for round in 0..LOADS {
        for turn in 0..rows.len() {
            if process::interrupted() {
                return Err(Trouble::new("Interrupted"));
            }
            // Another one begins each round.
            let row = &mut rows[(round + turn) % CONTENDERS.len()];
            row.loads.push(load(row.contender)?);
        }
    }
    step.done();
    if as_json {
        println!("{:#}", table::json(&rows));
    } else {
        print!("{}", table::markdown(&rows));
    }
    Ok(())
}
