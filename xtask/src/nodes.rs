//! `cargo xtask nodes`: the test of several nodes at full length. `cargo xtask test` runs it with three hundred resets.

use std::process::Command;

use crate::paths;
use crate::process::Run;
use crate::tools::Tools;
use crate::trouble::Outcome;

/// Runs so many resets, which may take so many seconds. The server is built for development with Argon2id optimised, and
/// hashes as cheaply as it can be told to: this counts, it measures no speed.
pub(crate) fn nodes(resets: u32, seconds: u32) -> Outcome {
    Tools::postgres()?;
    // Without the test of one node, which is run by itself.
    run("SSPR_NODES_RESETS", resets, seconds, &["--skip", "single::"])
}

/// The same on one node and SQLite; from a thousand resets on, everybody's last request is never repeated.
pub(crate) fn single(resets: u32, seconds: u32) -> Outcome {
    run("SSPR_NODES_SINGLE", resets, seconds, &["single::"])
}

fn run(variable: &str, resets: u32, seconds: u32, which: &[&str]) -> Outcome {
    let mut test = Command::new("cargo");
    test.current_dir(paths::root());
    test.args(["test", "--locked", "--quiet", "--package", "sspr-server", "--test", "nodes"]);
    test.args(["--", "--nocapture", "--test-threads", "1"]).args(which);
    test.env(variable, resets.to_string()).env("SSPR_NODES_SECONDS", seconds.to_string());
    Run {
        what: "nodes that are killed during resets",
        awaits: "cargo, then the resets",
        advice: "look at the lines marked WRONG above",
    }
    .openly(&mut test)
}
