//! `cargo xtask`: everything a developer runs. See `cargo xtask help`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line program")]

mod bench;
mod conformance;
mod fuzz;
mod licenses;
mod load;
mod nodes;
mod package;
mod paths;
mod process;
mod progress;
mod reference;
mod serve;
mod shorten;
mod size;
mod supply;
mod test;
mod tools;
mod trouble;
mod try_out;
mod webdriver;
mod words;

use std::process::ExitCode;

use lexopt::prelude::*;

use conformance::{Codes, Setup};
use trouble::Outcome;

const HELP: &str = "\
cargo xtask serve [--port 8080]   the reference server, a mailbox and the page; prints one URL
cargo xtask test [--only NAME]    every check there is; NAME is one of: NAMES
cargo xtask conformance --url URL [--identifier NAME (--codes URL | --codes-command COMMAND)] [--origin ORIGIN]
                        [--strict] [--json]   holds any server to the HTTP contract and says what holds (docs/conformance.md);
                                     without --url, the reference server
cargo xtask screenshots           pictures of every screen into tests/screenshots, the README's into docs/pictures
cargo xtask package               builds what a website serves, into dist/
cargo xtask size [--json] [--plain]   what a page with the widget loads, in bytes, against the budget; with --plain, beside
                                     what a plain Yew page with one form and one POST loads
cargo xtask words [--check]       makes the strength estimator's word files anew from their sources
cargo xtask bench strength [--json] [--only PART]   the estimator against zxcvbn and zxcvbn-ts, in one page of a browser
cargo xtask bench start [--json]  time until the first field takes a keystroke and until the form is live, on a slow phone
                                  behind Slow 4G, beside Hanko Elements and Okta's Sign-In Widget; 4 minutes
cargo xtask bench load [--json] [--quick]   complete resets in a second, processor time and memory, beside django-allauth and
                                  better-auth, on PostgreSQL and SQLite; 12 minutes, quick 2
cargo xtask nodes [--resets 10000] [--seconds 600] [--single]   three nodes on one PostgreSQL, one killed every few seconds, while 48
                                     people at once reset their passwords: a table of what must be exact; with
                                     --single, one node on SQLite, killed all the time during 2000: every password is
                                     what the audit log says
cargo xtask fuzz strength [--inputs 10000000] [--seed 1] [--browser]   any text into the estimator; plots time against
                                     length; with --browser, into the module as it is shipped
cargo xtask fuzz targets [--seconds 600] [--only NAME]   libFuzzer on everything that is read from outside, each target for
                                     so long; keeps what covers more in crates/fuzz/corpus
cargo xtask fuzz api [--seconds 60]   Schemathesis on a running server and its OpenAPI document
cargo xtask load [--people 2000] [--seconds 120]   so many people in the flow at once, then twice the load that this machine
                                     carries: what is lost, what is shed, how long everything takes
cargo xtask sbom                  what is in the embed files and in the server, as CycloneDX, into dist/sbom
cargo xtask reproduce             builds the embed files in two folders and compares them byte by byte

What is missing is installed: Rust's parts by rustup, Trunk and wasm-bindgen by cargo, wasm-opt and esbuild by npm,
Node.js, Chromium and Firefox by the system's package manager. Environment:
  SSPR_TOOLS                        where tools are put (~/.cache/sspr-widget/tools)
  SSPR_CHROMIUM, SSPR_CHROMEDRIVER  a browser and its driver elsewhere than on PATH
  SSPR_FIREFOX                      Firefox elsewhere than on PATH
  SSPR_ADVISORIES                   a copy of the RustSec advisory database, which the check of licenses then looks into
";

enum Command {
    Help,
    Serve { port: u16 },
    Test { only: Option<String> },
    Conformance(Conformance),
    Screenshots,
    Package,
    Size { json: bool, plain: bool },
    Words { check: bool },
    BenchStrength { json: bool, only: Option<String> },
    BenchStart { json: bool },
    Nodes { resets: Option<u32>, seconds: u32, single: bool },
    BenchLoad { json: bool, quick: bool },
    FuzzStrength { inputs: u64, seed: u64, browser: bool },
    FuzzTargets { seconds: u32, only: Option<String> },
    FuzzApi { seconds: u32 },
    Load { people: u64, seconds: u64 },
    Sbom,
    Reproduce,
}

#[derive(Default)]
struct Conformance {
    url: Option<String>,
    identifier: Option<String>,
    codes: Option<Codes>,
    origin: Option<String>,
    strict: bool,
    json: bool,
}

fn command() -> Result<Command, lexopt::Error> {
    let mut parser = lexopt::Parser::from_env();
    let mut command = match parser.next()? {
        Some(Value(name)) => match name.string()?.as_str() {
            "serve" => Command::Serve { port: 8080 },
            "test" => Command::Test { only: None },
            "conformance" => Command::Conformance(Conformance::default()),
            "screenshots" => Command::Screenshots,
            "package" => Command::Package,
            "size" => Command::Size { json: false, plain: false },
            "words" => Command::Words { check: false },
            "bench" => match object(&mut parser, &["strength", "start", "load"])?.as_str() {
                "start" => Command::BenchStart { json: false },
                "load" => Command::BenchLoad { json: false, quick: false },
                _ => Command::BenchStrength { json: false, only: None },
            },
            "fuzz" => match object(&mut parser, &["strength", "targets", "api"])?.as_str() {
                "targets" => Command::FuzzTargets { seconds: 600, only: None },
                "api" => Command::FuzzApi { seconds: 60 },
                _ => Command::FuzzStrength { inputs: 10_000_000, seed: 1, browser: false },
            },
            "load" => Command::Load { people: 2000, seconds: 120 },
            "sbom" => Command::Sbom,
            "reproduce" => Command::Reproduce,
            "nodes" => Command::Nodes { resets: None, seconds: 600, single: false },
            "help" => Command::Help,
            other => return Err(format!("there is no “{other}”").into()),
        },
        None | Some(Short('h') | Long("help")) => return Ok(Command::Help),
        Some(other) => return Err(other.unexpected()),
    };
    while let Some(argument) = parser.next()? {
        match (argument, &mut command) {
            (Long("port"), Command::Serve { port }) => *port = parser.value()?.parse()?,
            (
                Long("only"),
                Command::Test { only }
                | Command::BenchStrength { only, .. }
                | Command::FuzzTargets { only, .. },
            ) => *only = Some(parser.value()?.string()?),
            (
                Long("json"),
                Command::Size { json, .. }
                | Command::BenchStrength { json, .. }
                | Command::BenchStart { json }
                | Command::BenchLoad { json, .. },
            ) => *json = true,
            (Long("quick"), Command::BenchLoad { quick, .. }) => *quick = true,
            (Long("plain"), Command::Size { plain, .. }) => *plain = true,
            (Long("json"), Command::Conformance(it)) => it.json = true,
            (Long("strict"), Command::Conformance(it)) => it.strict = true,
            (Long("url"), Command::Conformance(it)) => it.url = Some(parser.value()?.string()?),
            (Long("identifier"), Command::Conformance(it)) => it.identifier = Some(parser.value()?.string()?),
            (Long("origin"), Command::Conformance(it)) => it.origin = Some(parser.value()?.string()?),
            (Long("codes"), Command::Conformance(it)) => {
                it.codes = Some(Codes::List(parser.value()?.string()?))
            }
            (Long("codes-command"), Command::Conformance(it)) => {
                it.codes = Some(Codes::Command(parser.value()?.string()?));
            }
            (Long("check"), Command::Words { check }) => *check = true,
            (Long("inputs"), Command::FuzzStrength { inputs, .. }) => *inputs = parser.value()?.parse()?,
            (Long("resets"), Command::Nodes { resets, .. }) => *resets = Some(parser.value()?.parse()?),
            (Long("single"), Command::Nodes { single, .. }) => *single = true,
            (
                Long("seconds"),
                Command::Nodes { seconds, .. }
                | Command::FuzzTargets { seconds, .. }
                | Command::FuzzApi { seconds },
            ) => *seconds = parser.value()?.parse()?,
            (Long("seconds"), Command::Load { seconds, .. }) => *seconds = parser.value()?.parse()?,
            (Long("people"), Command::Load { people, .. }) => *people = parser.value()?.parse()?,
            (Long("seed"), Command::FuzzStrength { seed, .. }) => *seed = parser.value()?.parse()?,
            (Long("browser"), Command::FuzzStrength { browser, .. }) => *browser = true,
            (Short('h') | Long("help"), _) => return Ok(Command::Help),
            (other, _) => return Err(other.unexpected()),
        }
    }
    Ok(command)
}

/// What is measured or fuzzed: the word after the command, one of `names`.
fn object(parser: &mut lexopt::Parser, names: &[&str]) -> Result<String, lexopt::Error> {
    match parser.next()? {
        Some(Value(name)) if names.iter().any(|known| name == *known) => name.string(),
        Some(other) => Err(other.unexpected()),
        None => Err(format!("say what: “{}”", names.join("” or “")).into()),
    }
}

fn run(command: Command) -> Outcome<ExitCode> {
    process::watch_for_interrupts()?;
    match command {
        Command::Help => print!("{}", HELP.replace("NAMES", &test::names().join(", "))),
        Command::Serve { port } => serve::serve(port)?,
        Command::Screenshots => test::screenshots()?,
        Command::Conformance(Conformance { url, identifier, codes, origin, strict, json }) => {
            let setup = url.map(|url| Setup { url, identifier, codes, origin });
            let holds = conformance::conformance(setup, json, strict)?;
            return Ok(if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Package => package::package()?,
        Command::Words { check } => words::words(check)?,
        Command::BenchStrength { json, only } => {
            return Ok(if bench::strength(json, only.as_deref())? {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            });
        }
        Command::BenchStart { json } => bench::start(json)?,
        Command::BenchLoad { json, quick } => bench::load(json, quick)?,
        Command::FuzzStrength { inputs, seed, browser: false } => bench::fuzz(inputs, seed)?,
        Command::FuzzStrength { inputs, seed, browser: true } => bench::fuzz_in_browsers(inputs, seed)?,
        Command::Nodes { resets, seconds, single: false } => nodes::nodes(resets.unwrap_or(10_000), seconds)?,
        Command::Nodes { resets, seconds, single: true } => nodes::single(resets.unwrap_or(2000), seconds)?,
        Command::Load { people, seconds } => load::load(people, seconds)?,
        Command::Sbom => supply::sbom::sbom()?,
        Command::Reproduce => return Ok(verdict(supply::reproduce::reproduce()?)),
        Command::FuzzTargets { seconds, only } => {
            return Ok(verdict(fuzz::targets(seconds, only.as_deref())?));
        }
        Command::FuzzApi { seconds } => return Ok(verdict(fuzz::api(seconds)?)),
        Command::Size { json, plain } => {
            return Ok(if size::size(json, plain)? { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Test { only } => return test::test(only.as_deref()),
    }
    Ok(ExitCode::SUCCESS)
}

/// How a command ends that found out whether all is well.
fn verdict(well: bool) -> ExitCode {
    if well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn main() -> ExitCode {
    let command = match command() {
        Ok(command) => command,
        Err(mistake) => {
            eprintln!("cargo xtask: {mistake}. “cargo xtask help” lists what there is.");
            return ExitCode::FAILURE;
        }
    };
    run(command).unwrap_or_else(|trouble| {
        eprintln!("\ncargo xtask: {trouble}");
        ExitCode::FAILURE
    })
}
