//! Trunk, wasm-bindgen and geckodriver, built by cargo.

use std::path::Path;
use std::process::Command;

use super::{Found, Tools, look};
use crate::paths;
use crate::process::Run;
use crate::trouble::{Outcome, Trouble};

/// The version of wasm-bindgen-cli; it has to equal the wasm-bindgen of Cargo.lock.
const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.129",
    features: &[],
    duration: "about a minute, once",
};

/// 0.22 asks for a newer Rust than the workspace. `rustls` alone: the default would also look for newer versions.
const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    program: "trunk",
    version: "0.21.14",
    features: &["--no-default-features", "--features", "rustls"],
    duration: "about 3 minutes, once",
};

/// Firefox's WebDriver; it drives every Firefox that is still maintained.
const GECKODRIVER: CargoTool = CargoTool {
    package: "geckodriver",
    program: "geckodriver",
    version: "0.37.0",
    features: &[],
    duration: "about a minute, once",
};

struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    features: &'static [&'static str],
    duration: &'static str,
}

pub(super) fn wasm_bindgen(tools: &mut Tools) -> Outcome {
    WASM_BINDGEN.provide(tools)
}

pub(super) fn trunk(tools: &mut Tools) -> Outcome {
    TRUNK.provide(tools)
}

pub(super) fn geckodriver(tools: &mut Tools) -> Outcome {
    GECKODRIVER.provide(tools)
}

impl CargoTool {
    fn provide(&self, tools: &mut Tools) -> Outcome {
        let on_path = look(&mut Command::new(self.program), self.version);
        if on_path == Found::Right {
            return Ok(());
        }
        let home = paths::tools()?.join(format!("{}-{}", self.program, self.version));
        let folder = home.join("bin");
        if look(&mut Command::new(folder.join(self.program)), self.version) != Found::Right {
            if let Found::Other(other) = on_path {
                let (program, version) = (self.program, self.version);
                eprintln!(
                    "  {program} {version} is needed and PATH has “{other}”: {version} is put beside it."
                );
            }
            self.install(&home)?;
            if look(&mut Command::new(folder.join(self.program)), self.version) != Found::Right {
                let sentence = format!("{} {} was built but does not run", self.program, self.version);
                return Err(Trouble::new(sentence).advice(format!("delete {} and try again", home.display())));
            }
        }
        tools.add(folder);
        Ok(())
    }

    fn install(&self, home: &Path) -> Outcome {
        let mut cargo = Command::new("cargo");
        cargo.args(["install", "--locked", "--force", self.package, "--version", self.version]);
        cargo.args(self.features).arg("--root").arg(home);
        // Tools run for seconds: optimising them takes minutes longer than it ever saves (measured: Trunk 2:34 instead
        // of 4:06 to build, wasm-bindgen 1.9 s instead of 0.6 s for the whole page).
        cargo
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
        // They share dependencies; all are built in one folder of ours, with no flags meant for the project.
        cargo.env("CARGO_TARGET_DIR", paths::target().join("tools")).env_remove("RUSTFLAGS");
        // Outside the repository, whose own cargo configuration does not concern the tools.
        cargo.current_dir(std::env::temp_dir());
        Run {
            what: &format!("install {} {}", self.program, self.version),
            awaits: &format!("cargo, which compiles it ({})", self.duration),
            advice: "look at the last lines above; a missing network or C compiler is the usual reason",
        }
        .quietly(&mut cargo)
    }
}

#[cfg(test)]
mod tests {
    use super::WASM_BINDGEN;

    #[test]
    fn wasm_bindgen_the_tool_is_wasm_bindgen_the_crate() {
        let lock = include_str!("../../../Cargo.lock");
        let entry = format!("name = \"wasm-bindgen\"\nversion = \"{}\"\n", WASM_BINDGEN.version);
        assert!(lock.contains(&entry), "Cargo.lock has another wasm-bindgen than {}", WASM_BINDGEN.version);
    }
}
