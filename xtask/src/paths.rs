//! Where things are. Everything made by these commands is below `target/` or `dist/`, and the tools below the person's cache.

use std::env;
use std::path::{Path, PathBuf};

use crate::trouble::{Outcome, Trouble};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// A program that cargo built with its development profile.
pub(crate) fn program(name: &str) -> PathBuf {
    target().join("debug").join(name)
}

/// What `cargo xtask package` makes.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Where the outputs of long steps are kept.
pub(crate) fn logs() -> PathBuf {
    target().join("xtask-logs")
}

/// Where tools are installed: `SSPR_TOOLS`, else the person's cache.
pub(crate) fn tools() -> Outcome<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("SSPR_TOOLS")
        .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("sspr-widget/tools")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/sspr-widget/tools")))
        .or_else(|| set("LOCALAPPDATA").map(|local| local.join("sspr-widget").join("tools")))
        .ok_or_else(|| {
            Trouble::new("There is no place for the tools, because HOME is not set")
                .advice("set SSPR_TOOLS to a folder that may be written to")
        })
}
