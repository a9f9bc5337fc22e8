//! The tools that building and testing need. Each is taken from PATH when its version is right, else installed once for
//! this person below [`paths::tools`](crate::paths::tools); nothing of the system's own is replaced.

mod cargo_tools;
mod chromium;
mod firefox;
mod npm_tools;
mod postgres;
mod rust;
mod samba;
mod slapd;
mod system;
mod systems;

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use crate::process;
use crate::trouble::{Doing, Outcome};

pub(crate) use chromium::Browser;
pub(crate) use firefox::Firefox;

/// The folders of installed tools, put in front of PATH for every program that is started.
#[derive(Default)]
pub(crate) struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// Everything that `trunk build` and `trunk serve` need.
    pub(crate) fn for_building() -> Outcome<Tools> {
        let mut tools = Tools::default();
        rust::wasm_target()?;
        cargo_tools::wasm_bindgen(&mut tools)?;
        cargo_tools::trunk(&mut tools)?;
        Ok(tools)
    }

    /// Everything for the pages that a developer tries out: what building needs, and wasm-opt, so that
    /// `trunk serve --release` works as well.
    pub(crate) fn for_serving() -> Outcome<Tools> {
        let mut tools = Tools::for_building()?;
        npm_tools::wasm_opt(&mut tools)?;
        Ok(tools)
    }

    /// Everything for files that are shipped: what building needs, wasm-opt and esbuild.
    pub(crate) fn for_packaging() -> Outcome<Tools> {
        let mut tools = Tools::for_building()?;
        npm_tools::wasm_opt(&mut tools)?;
        npm_tools::esbuild(&mut tools)?;
        Ok(tools)
    }

    /// Rust's standard library for WebAssembly.
    pub(crate) fn wasm_target() -> Outcome {
        rust::wasm_target()
    }

    /// rustfmt and clippy, which a minimal Rust lacks.
    pub(crate) fn rust_components() -> Outcome {
        rust::components()
    }

    /// npm, for packages that are read as data.
    pub(crate) fn npm() -> Outcome<Command> {
        npm_tools::node()?;
        Ok(npm_tools::npm())
    }

    /// What turns a crate into a module as it is shipped, without Trunk.
    pub(crate) fn for_one_module() -> Outcome<Tools> {
        let mut tools = Tools::default();
        rust::wasm_target()?;
        cargo_tools::wasm_bindgen(&mut tools)?;
        npm_tools::wasm_opt(&mut tools)?;
        npm_tools::esbuild(&mut tools)?;
        Ok(tools)
    }

    /// A browser and its driver.
    pub(crate) fn browser() -> Outcome<Browser> {
        chromium::find_or_install()
    }

    /// A Python that has django-allauth.
    pub(crate) fn allauth() -> Outcome<PathBuf> {
        systems::allauth()
    }

    /// The program that asks a server everything that its OpenAPI document describes.
    pub(crate) fn schemathesis() -> Outcome<PathBuf> {
        systems::schemathesis()
    }

    /// The folder `node_modules` that has better-auth.
    pub(crate) fn better_auth() -> Outcome<PathBuf> {
        systems::better_auth()
    }

    /// A Python that has django-allauth and what it is served with under load.
    pub(crate) fn allauth_under_load() -> Outcome<PathBuf> {
        systems::allauth_under_load()
    }

    /// The folder `node_modules` that has better-auth and what it needs under load.
    pub(crate) fn better_auth_under_load() -> Outcome<PathBuf> {
        systems::better_auth_under_load()
    }

    /// Names and versions of what those two are.
    pub(crate) fn under_load() -> Vec<String> {
        systems::under_load()
    }

    /// The folder of PostgreSQL's server programs.
    pub(crate) fn postgres() -> Outcome<PathBuf> {
        postgres::find_or_install()
    }

    /// The folder `node_modules` that has the frameworks of the guides.
    pub(crate) fn guides() -> Outcome<PathBuf> {
        systems::guides()
    }

    /// The program that bundles.
    pub(crate) fn esbuild() -> Outcome<PathBuf> {
        let mut tools = Tools::default();
        npm_tools::esbuild(&mut tools)?;
        tools.find("esbuild")
    }

    /// Firefox and its driver.
    pub(crate) fn firefox() -> Outcome<Firefox> {
        let mut tools = Tools::default();
        cargo_tools::geckodriver(&mut tools)?;
        firefox::find_or_install(tools.find("geckodriver")?)
    }

    /// Samba as a domain controller, which tests start for themselves.
    pub(crate) fn samba() -> Outcome {
        samba::find_or_install()
    }

    /// OpenLDAP, which tests start for themselves.
    pub(crate) fn slapd() -> Outcome {
        slapd::find_or_install()
    }

    fn add(&mut self, folder: PathBuf) {
        if !self.folders.contains(&folder) {
            self.folders.push(folder);
        }
    }

    /// A program that finds these tools, in the root of the repository.
    pub(crate) fn command(&self, program: &str) -> Outcome<Command> {
        // Looked up here, because the system would look in our own PATH and not in the one it is given.
        let mut command = Command::new(self.find(program)?);
        command.current_dir(crate::paths::root()).env("PATH", self.path()?);
        Ok(command)
    }

    /// The file of a program; its bare name where no folder has it.
    fn find(&self, program: &str) -> Outcome<PathBuf> {
        let path = self.path()?;
        let found = env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file());
        Ok(found.unwrap_or_else(|| program.into()))
    }

    /// Trunk, which does not look for newer versions of itself.
    pub(crate) fn trunk(&self) -> Outcome<Command> {
        let mut trunk = self.command("trunk")?;
        // Its own stack would hide what the compiler said; and of NO_COLOR it only understands “true” and “false”.
        trunk.arg("--skip-version-check").env("RUST_BACKTRACE", "0").env_remove("NO_COLOR");
        Ok(trunk)
    }

    fn path(&self) -> Outcome<OsString> {
        let system = env::var_os("PATH").unwrap_or_default();
        env::join_paths(self.folders.iter().cloned().chain(env::split_paths(&system)))
            .doing(|| "put the tools' folders into PATH".to_owned())
    }
}

/// What was found under a program's name.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Right,
    Other(String),
    Missing,
}

/// Asks a program for its version and compares it word by word.
fn look(command: &mut Command, wanted: &str) -> Found {
    match process::output(command.arg("--version")) {
        None => Found::Missing,
        Some(line) if has_word(&line, wanted) => Found::Right,
        Some(line) => Found::Other(line.lines().next().unwrap_or_default().to_owned()),
    }
}

/// Whether a version stands in a line as a word of its own, with or without a `v` before it.
fn has_word(line: &str, version: &str) -> bool {
    line.split_whitespace().any(|word| word.strip_prefix('v').unwrap_or(word) == version)
}

/// The first number in a line such as `Chromium 156.0.8078.79` or `v20.20.2`.
fn major(line: &str) -> Option<u32> {
    let digits = line.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Found, has_word, look, major};
    use std::process::Command;

    #[test]
    fn versions_are_compared_whole() {
        assert!(has_word("trunk 0.21.14", "0.21.14"));
        assert!(has_word("wasm-opt version 132 (version_132)", "132"));
        assert!(!has_word("trunk 0.21.140", "0.21.14"));
        assert!(!has_word("wasm-bindgen 10.2.129", "0.2.129"));
    }

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("Chromium 156.0.8078.79 built on Debian"), Some(156));
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("unknown"), None);
    }

    #[test]
    fn a_program_that_is_not_there_is_missing() {
        assert_eq!(look(&mut Command::new("/nonexistent/sspr"), "1"), Found::Missing);
    }
}
