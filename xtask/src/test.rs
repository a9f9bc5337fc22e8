//! `cargo xtask test`: every check there is, one after the other, and a table of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::licenses;
use crate::package;
use crate::paths;
use crate::process::{self, Run};
use crate::progress::elapsed;
use crate::reference::Reference;
use crate::size;
use crate::tools::{Browser, Firefox, Tools};
use crate::trouble::{Doing, Outcome, Trouble};
use crate::try_out::TryOut;
use crate::words::packages::AXE;

const WASM: &str = "wasm32-unknown-unknown";

/// The crates that run in a browser.
const IN_THE_BROWSER: [&str; 8] = [
    "sspr-widget",
    "sspr-reset",
    "sspr-account",
    "sspr-admin",
    "sspr-estimator",
    "sspr-demo",
    "sspr-example-yew",
    "sspr-example-own-backend",
];

/// The table of attacks and what came of each.
const ATTACKS: &str = "attacks.txt";

/// The test that takes every step through every fault.
const MATRIX: &str = "every_step_survives_every_fault";

/// The test program that drives whole journeys; it needs everything that the others do not.
const JOURNEYS: &str = "journeys";

struct Check {
    name: &'static str,
    run: fn() -> Outcome,
}

/// Cheap ones first.
const CHECKS: [Check; 12] = [
    Check { name: "format", run: format },
    Check { name: "licenses", run: licenses::check },
    Check { name: "lint", run: lint },
    Check { name: "lint-wasm", run: lint_wasm },
    Check { name: "native", run: native },
    Check { name: "browser", run: browser },
    Check { name: "package", run: package::package_if_stale },
    Check { name: "npm", run: package::check_npm },
    Check { name: JOURNEYS, run: journeys },
    Check { name: "faults", run: faults },
    Check { name: "firefox", run: firefox },
    Check { name: "size", run: size_budget },
];

/// What `--only` takes.
pub(crate) fn names() -> Vec<&'static str> {
    CHECKS.iter().map(|check| check.name).collect()
}

/// Runs all checks, or the one named, and prints how each went.
pub(crate) fn test(only: Option<&str>) -> Outcome<ExitCode> {
    let chosen: Vec<&Check> =
        CHECKS.iter().filter(|check| only.is_none_or(|name| name == check.name)).collect();
    if chosen.is_empty() {
        let sentence = format!("There is no check “{}”", only.unwrap_or_default());
        return Err(Trouble::new(sentence).advice(format!("choose one of: {}", names().join(", "))));
    }
    let mut results: Vec<(&str, bool, Duration)> = Vec::new();
    for check in chosen {
        if process::interrupted() {
            return Err(Trouble::new("Interrupted"));
        }
        eprintln!("{}", check.name);
        let began = Instant::now();
        let outcome = (check.run)();
        if let Err(trouble) = &outcome {
            eprintln!("  ✗ {trouble}");
        }
        results.push((check.name, outcome.is_ok(), began.elapsed()));
    }
    println!();
    for (name, passed, time) in &results {
        println!("{:<10} {:<7} {:>12}", name, if *passed { "passed" } else { "FAILED" }, elapsed(*time));
    }
    let failed = results.iter().filter(|(_, passed, _)| !passed).count();
    println!("\n{} passed, {failed} failed", results.len() - failed);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(arguments).current_dir(paths::root());
    cargo
}

fn format() -> Outcome {
    Tools::rust_components()?;
    Run { what: "rustfmt", awaits: "cargo fmt", advice: "run “cargo fmt --all”" }.quietly(&mut cargo(&[
        "fmt",
        "--all",
        "--check",
        "--",
        "--color=never",
    ]))
}

const LINT_ADVICE: &str = "correct what clippy says above";

fn lint() -> Outcome {
    Tools::rust_components()?;
    Run { what: "clippy", awaits: "cargo, which checks every crate", advice: LINT_ADVICE }
        .quietly(&mut cargo(&["clippy", "--locked", "--all-targets", "--", "-D", "warnings"]))?;
    let mut doc =
        cargo(&["doc", "--locked", "--no-deps", "--package", "sspr-widget", "--package", "sspr-core"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    Run { what: "documentation", awaits: "cargo doc", advice: "correct what rustdoc says above" }
        .quietly(&mut doc)
}

fn lint_wasm() -> Outcome {
    Tools::rust_components()?;
    Tools::wasm_target()?;
    let mut clippy = cargo(&["clippy", "--locked", "--all-targets", "--target", WASM]);
    for name in IN_THE_BROWSER {
        clippy.args(["--package", name]);
    }
    Run { what: "clippy for the browser", awaits: "cargo, which checks every crate", advice: LINT_ADVICE }
        .quietly(clippy.args(["--", "-D", "warnings"]))
}

fn native() -> Outcome {
    Tools::slapd()?;
    Tools::samba()?;
    Tools::postgres()?;
    Reference::build()?;
    let advice = "correct what the failed tests say above";
    let mut others = cargo(&["test", "--locked"]);
    let mut widget = cargo(&["test", "--locked", "--package", "sspr-widget", "--lib"]);
    for member in default_members()? {
        if member.name == "sspr-widget" {
            for program in member.test_programs.iter().filter(|program| *program != JOURNEYS) {
                widget.args(["--test", program]);
            }
        } else {
            others.args(["--package", &member.name]);
        }
    }
    let attacks = paths::target().join("tables").join(ATTACKS);
    fs::remove_file(&attacks).ok();
    let outcome = Run { what: "tests of the crates", awaits: "cargo, which compiles and runs them", advice }
        .openly(&mut others);
    if let Ok(table) = fs::read_to_string(&attacks) {
        print!("{table}");
    }
    outcome?;
    Run { what: "tests of the widget's logic", awaits: "cargo, which compiles and runs them", advice }
        .openly(&mut widget)
}

struct Member {
    name: String,
    test_programs: Vec<String>,
}

fn default_members() -> Outcome<Vec<Member>> {
    let metadata =
        process::output(&mut cargo(&["metadata", "--format-version", "1", "--no-deps", "--locked"]))
            .ok_or_else(|| {
                Trouble::new("cargo metadata failed").advice("run “cargo metadata --locked” and see why")
            })?;
    let metadata: Value = serde_json::from_str(&metadata).doing(|| "read cargo metadata".to_owned())?;
    let default = metadata["workspace_default_members"].as_array().cloned().unwrap_or_default();
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let text = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    Ok(packages
        .filter(|package| default.contains(&package["id"]))
        .map(|package| Member {
            name: text(package),
            test_programs: package["targets"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|target| target["kind"][0] == "test")
                .map(text)
                .collect(),
        })
        .collect())
}

fn browser() -> Outcome {
    let browser = Tools::browser()?;
    let tools = Tools::for_building()?;
    let mut test = tools.command("cargo")?;
    test.args(["test", "--locked", "--package", "sspr-widget", "--target", WASM, "--lib", "--tests"]);
    test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    test.env("CHROMEDRIVER", &browser.driver).env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    Run {
        what: "tests of the components in Chromium",
        awaits: "cargo and Chromium",
        advice: "correct what the failed tests say above",
    }
    .openly(&mut test)
}

fn journeys() -> Outcome {
    // Some only wait for a code to expire; how many browsers run at once is the journeys' own business.
    Tools::postgres()?;
    Tools::slapd()?;
    Tools::samba()?;
    let tables = paths::target().join("tables");
    // The attacks' own stays: the check before this one wrote it.
    for table in package::files_below(&tables) {
        if !table.ends_with(ATTACKS) {
            fs::remove_file(&table).doing(|| format!("remove {}", table.display()))?;
        }
    }
    let mut driven = Driven::from(Tools::browser()?);
    driven.0.extend([
        ("SSPR_AXE", AXE.folder()?.join("axe.min.js")),
        ("SSPR_ALLAUTH", Tools::allauth()?),
        ("SSPR_BETTER_AUTH", Tools::better_auth()?),
        ("SSPR_GUIDES", Tools::guides()?),
        ("SSPR_ESBUILD", Tools::esbuild()?),
    ]);
    // The matrix fills the machine by itself.
    let arguments = ["--test-threads", "8", "--skip", MATRIX];
    let outcome = drive(&arguments, "journeys in Chromium", LOOK_AT_JOURNEYS, &driven);
    // What was looked at on each screen and how often something was found; and what each backend can do.
    for table in package::files_below(&tables) {
        if table.ends_with(ATTACKS) {
            continue;
        }
        print!("{}", fs::read_to_string(&table).doing(|| format!("read {}", table.display()))?);
    }
    outcome
}

/// The same ways in another browser: against the server, in one language.
fn firefox() -> Outcome {
    drive(
        // Only Chromium counts listeners.
        &[
            "--test-threads",
            "8",
            "on_the_server",
            "on_a_site",
            "--skip",
            "in_japanese",
            "--skip",
            "two_hundred_visits",
        ],
        "journeys in Firefox",
        LOOK_AT_JOURNEYS,
        &Tools::firefox()?.into(),
    )
}

/// Takes the pictures that people look at.
pub(crate) fn screenshots() -> Outcome {
    let browser = Tools::browser()?.into();
    drive(&["--ignored", "screenshots"], "screenshots in Chromium", "look at what is said above", &browser)
}

/// Takes every step through every fault, and prints what came of it.
fn faults() -> Outcome {
    let table = paths::target().join("tables/faults.txt");
    let _ = fs::remove_file(&table);
    let browser = Tools::browser()?.into();
    let outcome = drive(&[MATRIX], "faults in Chromium", "look at the cases that are named above", &browser);
    print!("{}", fs::read_to_string(table).unwrap_or_default());
    outcome
}

const LOOK_AT_JOURNEYS: &str = "look at what the failed journeys kept in target/journeys";

/// What tells the journeys which browser they drive, and where what else they need is.
struct Driven(Vec<(&'static str, PathBuf)>);

impl From<Browser> for Driven {
    fn from(browser: Browser) -> Self {
        Self(vec![("CHROMEDRIVER", browser.driver)])
    }
}

impl From<Firefox> for Driven {
    fn from(browser: Firefox) -> Self {
        Self(vec![("GECKODRIVER", browser.driver), ("SSPR_FIREFOX", browser.firefox)])
    }
}

/// Runs the journeys' test program with everything that it needs around it.
fn drive(arguments: &[&str], what: &str, advice: &str, browser: &Driven) -> Outcome {
    package::package_if_stale()?;
    Reference::build()?;
    let try_out = TryOut::start()?;
    let mut test = cargo(&["test", "--locked", "--package", "sspr-widget", "--test", JOURNEYS]);
    // It is what chooses Firefox.
    test.env_remove("GECKODRIVER");
    test.arg("--").args(arguments);
    let named: [(&str, &Path); 2] =
        [("SSPR_SERVER", &paths::program("sspr-server")), ("SSPR_DIST", &paths::dist())];
    Run { what, awaits: "cargo, then browsers that go every way on the server and in the page", advice }
        .openly(
            test.envs(named)
                .envs(browser.0.iter().map(|(name, file)| (name, file)))
                .env("SSPR_TRY_OUT", &try_out.origin),
        )
}

fn size_budget() -> Outcome {
    if size::size(false, false)? {
        return Ok(());
    }
    Err(Trouble::new("The widget is larger than its budget").advice("look at what was added last"))
}
