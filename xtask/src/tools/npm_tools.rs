//! wasm-opt and esbuild, as npm carries them ready built.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::system::{self, Packages};
use super::{Found, Tools, look, major};
use crate::paths;
use crate::process::{self, Run};
use crate::trouble::{Doing, Outcome, Trouble};

/// The oldest Node.js that both tools run on.
const OLDEST_NODE: u32 = 18;

const WASM_OPT: NpmTool =
    NpmTool { package: "binaryen", program: "wasm-opt", release: "132.0.0", version: "132" };
const ESBUILD: NpmTool =
    NpmTool { package: "esbuild", program: "esbuild", release: "0.28.2", version: "0.28.2" };

struct NpmTool {
    package: &'static str,
    program: &'static str,
    /// What npm calls it.
    release: &'static str,
    /// What the program calls itself.
    version: &'static str,
}

pub(super) fn wasm_opt(tools: &mut Tools) -> Outcome {
    WASM_OPT.provide(tools)
}

pub(super) fn esbuild(tools: &mut Tools) -> Outcome {
    ESBUILD.provide(tools)
}

impl NpmTool {
    fn provide(&self, tools: &mut Tools) -> Outcome {
        if look(&mut Command::new(self.program), self.version) == Found::Right {
            return Ok(());
        }
        let home = paths::tools()?.join(format!("{}-{}", self.program, self.version));
        let folder = home.join("node_modules").join(".bin");
        let installed = || look(&mut Command::new(folder.join(self.program)), self.version) == Found::Right;
        if !installed() {
            node()?;
        }
        // Asked again: it may have been there all along, and only Node.js was missing.
        if !installed() {
            let package = format!("{}@{}", self.package, self.release);
            install(&format!("{} {}", self.program, self.version), &home, &[package])?;
            if !installed() {
                let sentence = format!("{} {} was installed but does not run", self.program, self.version);
                return Err(Trouble::new(sentence).advice(format!("delete {} and try again", home.display())));
            }
        }
        tools.add(folder);
        Ok(())
    }
}

/// Installs packages of exact versions in a folder.
pub(super) fn install(what: &str, home: &Path, packages: &[String]) -> Outcome {
    fs::create_dir_all(home).doing(|| format!("create {}", home.display()))?;
    let mut npm = npm();
    npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact", "--prefix"])
        .arg(home);
    Run {
        what: &format!("install {what}"),
        awaits: "npm, which downloads it",
        advice: "look at the last lines above; a missing network is the usual reason",
    }
    .quietly(npm.args(packages).current_dir(home))
}

/// Where systems keep the certificate authorities that they trust: Debian's place, and Fedora's.
const AUTHORITIES: [&str; 2] = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];

/// npm that trusts whom the system trusts. Node.js knows only its own list, which leaves out the authority of an
/// organisation whose proxy looks into HTTPS.
pub(super) fn npm() -> Command {
    let mut npm = Command::new("npm");
    let system = AUTHORITIES.into_iter().find(|path| Path::new(path).is_file());
    if let (None, Some(system)) = (std::env::var_os("NODE_EXTRA_CA_CERTS"), system) {
        npm.env("NODE_EXTRA_CA_CERTS", system);
    }
    npm
}

/// Node.js with npm, new enough.
pub(super) fn node() -> Outcome {
    let version = || process::output(Command::new("node").arg("--version"));
    let npm = || process::output(Command::new("npm").arg("--version"));
    if version().is_none() || npm().is_none() {
        system::install(
            "Node.js and npm",
            &Packages { apt: &["nodejs", "npm"], dnf: &["nodejs", "nodejs-npm"], brew: &["node"] },
        )?;
    }
    let advice =
        format!("install Node.js {OLDEST_NODE} or newer with npm, so that PATH has “node” and “npm”");
    let found = version().ok_or_else(|| Trouble::new("Node.js is missing").advice(&advice))?;
    if major(&found).is_none_or(|major| major < OLDEST_NODE) {
        return Err(Trouble::new(format!("Node.js {found} is too old")).advice(advice));
    }
    npm().map(drop).ok_or_else(|| Trouble::new("npm is missing").advice(advice))
}
