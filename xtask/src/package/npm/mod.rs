//! `dist/npm/`: the files of `dist/embed/` as an npm package, with what `crates/embed/npm/` adds to them.

#[cfg(test)]
mod backend_tests;
pub(super) mod check;
#[cfg(test)]
mod element_tests;
#[cfg(test)]
mod extract;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{embed, files_below};
use crate::paths;
use crate::trouble::{Doing, Outcome, Trouble};

/// What a class says of itself in the manifest and its subclasses therefore have as well.
const INHERITED: [&str; 6] = ["attributes", "members", "events", "slots", "cssParts", "cssProperties"];

/// What package.json has in place of the version.
const VERSION: &str = "\"VERSION\"";

/// The package.
fn folder() -> PathBuf {
    paths::dist().join("npm")
}

/// The files that only the npm package has.
pub(super) fn templates() -> PathBuf {
    paths::root().join("crates/embed/npm")
}

/// Writes the package anew, from `dist/embed/` as it is.
pub(super) fn lay_out() -> Outcome {
    let package = folder();
    if package.is_dir() {
        fs::remove_dir_all(&package).doing(|| format!("delete {}", package.display()))?;
    }
    for file in files_below(&embed()) {
        copy(&file, &package.join(file.strip_prefix(embed()).unwrap_or(&file)))?;
    }
    for name in ["README.md", "index.d.ts", "define.d.ts", "admin.d.ts", "backend.d.ts", "react.d.ts"] {
        copy(&templates().join(name), &package.join(name))?;
    }
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&paths::root().join(name), &package.join(name))?;
    }
    write(&package.join("package.json"), &with_version(&read(&templates().join("package.json"))?)?)?;
    let manifest = "custom-elements.json";
    write(&package.join(manifest), &with_inherited(&read(&templates().join(manifest))?)?)
}

/// Fills in the workspace's version.
fn with_version(text: &str) -> Outcome<String> {
    if !text.contains(VERSION) {
        return Err(Trouble::new(format!("crates/embed/npm/package.json does not contain {VERSION}")));
    }
    Ok(text.replace(VERSION, concat!("\"", env!("CARGO_PKG_VERSION"), "\"")))
}

/// Repeats in the manifest what the elements have from their common class: few readers follow `superclass`.
fn with_inherited(text: &str) -> Outcome<String> {
    let mut manifest: Value =
        serde_json::from_str(text).doing(|| "read crates/embed/npm/custom-elements.json".to_owned())?;
    let declarations = manifest.pointer_mut("/modules/0/declarations").and_then(Value::as_array_mut);
    let [base, elements @ ..] = declarations.map(Vec::as_mut_slice).unwrap_or_default() else {
        return Err(Trouble::new("crates/embed/npm/custom-elements.json declares no class"));
    };
    for element in elements.iter_mut().filter(|element| element["superclass"]["name"] == base["name"]) {
        for member in INHERITED {
            let own = element[member].take();
            let inherited = base[member].as_array().into_iter().flatten().cloned().map(|mut item| {
                item["inheritedFrom"] = element["superclass"].clone();
                item
            });
            let all = inherited.chain(own.as_array().cloned().unwrap_or_default()).collect();
            element[member] = Value::Array(all);
        }
    }
    Ok(format!("{manifest:#}\n"))
}

fn read(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).doing(|| format!("read {}", file.display()))
}

fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).doing(|| format!("write {}", file.display()))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    let folder = to.parent().unwrap_or(to);
    fs::create_dir_all(folder).doing(|| format!("create {}", folder.display()))?;
    fs::copy(from, to).map(drop).doing(|| format!("copy {} to {}", from.display(), to.display()))
}
