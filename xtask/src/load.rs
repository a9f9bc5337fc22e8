//! `cargo xtask load`: thousands of people in the flow at once, then twice what this machine can carry (`docs/load.md`).

use std::process::Command;

use crate::paths;
use crate::process::Run;
use crate::trouble::Outcome;

/// Builds the server and the driver as they are shipped and runs both parts.
pub(crate) fn load(people: u64, seconds: u64) -> Outcome {
    // One after the other: built together, they would share the features of what both need.
    for package in ["sspr-server", "sspr-load"] {
        let mut build = Command::new("cargo");
        build.current_dir(paths::root()).args(["build", "--locked", "--profile", "server"]);
        Run {
            what: &format!("build {package}"),
            awaits: "cargo, which optimises for speed",
            advice: "correct what the compiler says above",
        }
        .quietly(build.args(["--package", package]))?;
    }
    let built = paths::target().join("server");
    // Both sides of every connection are on this machine; the shell raises how many files each may have open.
    let mut rush = Command::new("sh");
    rush.args(["-c", "ulimit -n \"$(ulimit -Hn)\" 2>/dev/null; exec \"$0\" rush \"$@\""]);
    rush.arg(built.join("sspr-load")).arg(built.join("sspr-server"));
    rush.args([people.to_string(), seconds.to_string()]);
    Run {
        what: "people in the flow",
        awaits: "two parts after one another, and what settles after each",
        advice: "look at the lines marked WRONG above",
    }
    .openly(&mut rush)
}
