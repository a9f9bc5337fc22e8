//! `cargo xtask reproduce`: the files that people load, built from the same sources in two folders of different names, come
//! out byte by byte alike. Who has the sources can then tell that a site's files are these.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::paths;
use crate::process::{self, Run};
use crate::trouble::{Doing, Outcome, Trouble};

/// Folders of different names and depths below `target/reproduce`.
const FOLDERS: [&str; 2] = ["one", "somewhere/quite/else"];

/// Builds twice and prints the digests; whether all are alike.
pub(crate) fn reproduce() -> Outcome<bool> {
    let mut built = Vec::new();
    for folder in FOLDERS {
        let folder = paths::target().join("reproduce").join(folder);
        copy_sources(&folder)?;
        let mut package = Command::new("cargo");
        package.current_dir(&folder).args(["run", "--locked", "--package", "xtask", "--", "package"]);
        package.env_remove("CARGO_TARGET_DIR");
        Run {
            what: &format!("build the files in {}", folder.display()),
            awaits: "cargo, which compiles everything anew, and Trunk; some minutes",
            advice: "see what it says above",
        }
        .quietly(&mut package)?;
        built.push(digests(&folder.join("dist").join("embed"))?);
    }
    let [first, second] = built.as_slice() else { return Err(Trouble::new("two builds were to be made")) };
    let mut alike = true;
    for name in first.keys().chain(second.keys().filter(|name| !first.contains_key(*name))) {
        let (one, two) = (first.get(name), second.get(name));
        alike &= one == two;
        let shown = |digest: Option<&String>| digest.map_or("missing", String::as_str).to_owned();
        if one == two {
            println!("{}  {name}", shown(one));
        } else {
            println!("{}  {name}   WRONG: {} in the other folder", shown(one), shown(two));
        }
    }
    println!("\n{} files, {}", first.len(), if alike { "all alike" } else { "not all alike" });
    Ok(alike)
}

/// Everything that is in the repository or is about to be, as it is now.
fn copy_sources(folder: &Path) -> Outcome {
    let mut git = Command::new("git");
    git.current_dir(paths::root()).args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let files = process::output(&mut git)
        .ok_or_else(|| Trouble::new("git does not list the sources").advice("run it in a clone"))?;
    for file in files.lines() {
        let (from, to) = (paths::root().join(file), folder.join(file));
        // One that is deleted and still listed is not there.
        if !from.is_file() {
            continue;
        }
        let parent = to.parent().unwrap_or(folder);
        fs::create_dir_all(parent).doing(|| format!("create {}", parent.display()))?;
        fs::copy(&from, &to).doing(|| format!("copy {file}"))?;
    }
    Ok(())
}

/// SHA-256 of each file below a folder.
fn digests(folder: &Path) -> Outcome<BTreeMap<String, String>> {
    let mut digests = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current).doing(|| format!("read {}", current.display()))?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).doing(|| format!("read {}", path.display()))?;
            let digest = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
            digests.insert(name, digest);
        }
    }
    Ok(digests)
}
