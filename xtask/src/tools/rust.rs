//! What rustup adds to a Rust that lacks it.

use std::path::Path;
use std::process::Command;

use crate::process::{self, Run};
use crate::trouble::{Outcome, Trouble};

const WASM: &str = "wasm32-unknown-unknown";

/// The standard library for WebAssembly.
pub(super) fn wasm_target() -> Outcome {
    let installed = || {
        process::output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))
            .is_some_and(|folder| Path::new(&folder).is_dir())
    };
    if installed() {
        return Ok(());
    }
    rustup(&format!("add the target {WASM}"), &["target", "add", WASM])?;
    if installed() {
        return Ok(());
    }
    Err(Trouble::new(format!("The rustc on PATH has no target {WASM}, though rustup added it to another"))
        .advice("put ~/.cargo/bin in front of PATH"))
}

/// rustfmt and clippy.
pub(super) fn components() -> Outcome {
    let has = |name: &str| process::output(Command::new("cargo").args([name, "--version"])).is_some();
    if has("fmt") && has("clippy") {
        return Ok(());
    }
    rustup("add rustfmt and clippy", &["component", "add", "rustfmt", "clippy"])
}

fn rustup(what: &str, arguments: &[&str]) -> Outcome {
    if process::output(Command::new("rustup").arg("--version")).is_none() {
        return Err(Trouble::new(format!("Cannot {what}: there is no rustup on PATH"))
            .advice("install Rust by rustup, or install these parts of Rust with your package manager"));
    }
    Run {
        what,
        awaits: "rustup, which downloads it",
        advice: "look at the last lines above; a missing network is the usual reason",
    }
    .quietly(Command::new("rustup").args(arguments))
}
