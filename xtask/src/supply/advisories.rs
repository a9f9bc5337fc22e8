//! Known weaknesses of the crates that we build with, from a copy of the RustSec advisory database.
//!
//! The database is no crate and is not fetched: `SSPR_ADVISORIES` names the folder of a copy. Without it nothing is checked,
//! and a line says so.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use semver::{Version, VersionReq};

use super::lock::{self, Locked};
use crate::paths;
use crate::trouble::{Doing, Outcome, Trouble};

/// The folder of the copy.
const VARIABLE: &str = "SSPR_ADVISORIES";

/// One advisory.
#[derive(Debug)]
struct Advisory {
    id: String,
    package: String,
    /// Such as `unmaintained`; tells of no weakness.
    informational: Option<String>,
    patched: Vec<VersionReq>,
    unaffected: Vec<VersionReq>,
}

/// Holds `Cargo.lock` against the copy. An error where a crate has a weakness that `deny.toml` does not pass over.
pub(crate) fn check() -> Outcome {
    let Some(folder) = std::env::var_os(VARIABLE).map(PathBuf::from) else {
        println!("  advisories are not checked: {VARIABLE} names no copy of the RustSec database");
        return Ok(());
    };
    let deny = paths::root().join("deny.toml");
    let deny = fs::read_to_string(&deny).doing(|| format!("read {}", deny.display()))?;
    let (advisories, locked) = (read(&folder)?, lock::read()?);
    if advisories.is_empty() {
        return Err(Trouble::new(format!("{} holds no advisory", folder.display()))
            .advice(format!("set {VARIABLE} to the folder that has “crates” in it")));
    }
    let (faults, notes) = found(&advisories, &locked, &passed_over(&deny)?);
    notes.iter().for_each(|note| eprintln!("    | {note}"));
    println!("  {} advisories, {} crates, {} weaknesses", advisories.len(), locked.len(), faults.len());
    if faults.is_empty() {
        return Ok(());
    }
    faults.iter().for_each(|fault| eprintln!("    | {fault}"));
    Err(Trouble::new(format!("{} crates have known weaknesses", faults.len()))
        .advice("update them, or pass an advisory over in deny.toml with a reason"))
}

/// Weaknesses, and what is merely worth knowing.
fn found(
    advisories: &[Advisory],
    locked: &[Locked],
    passed_over: &BTreeMap<String, String>,
) -> (Vec<String>, Vec<String>) {
    let (mut faults, mut notes) = (Vec::new(), Vec::new());
    for advisory in advisories {
        for it in locked.iter().filter(|it| it.name == advisory.package && it.source.is_some()) {
            // A version that cannot be read is held to be affected.
            let fine = Version::parse(&it.version).is_ok_and(|version| !advisory.affects(&version));
            if fine {
                continue;
            }
            let what = format!("{} {}: {}", it.name, it.version, advisory.id);
            match (&advisory.informational, passed_over.get(&advisory.id)) {
                (_, Some(why)) => notes.push(format!("{what} is passed over: {why}")),
                (Some(kind), None) if kind != "unsound" => notes.push(format!("{what} ({kind})")),
                _ => faults.push(what),
            }
        }
    }
    (faults, notes)
}

impl Advisory {
    fn affects(&self, version: &Version) -> bool {
        !self.patched.iter().chain(&self.unaffected).any(|range| range.matches(version))
    }
}

/// `[advisories] ignore` of `deny.toml`, as cargo-deny reads it: ids, or tables with a reason.
fn passed_over(deny: &str) -> Outcome<BTreeMap<String, String>> {
    let table: toml::Table = deny.parse().doing(|| "read deny.toml".to_owned())?;
    let ignore = table.get("advisories").and_then(|it| it.get("ignore")).and_then(toml::Value::as_array);
    let one = |value: &toml::Value| {
        let text = |key: &str| value.get(key).and_then(toml::Value::as_str).map(str::to_owned);
        let id = value.as_str().map(str::to_owned).or_else(|| text("id"))?;
        Some((id, text("reason").unwrap_or_else(|| "no reason is given".to_owned())))
    };
    Ok(ignore.into_iter().flatten().filter_map(one).collect())
}

/// All advisories of a copy: `crates/NAME/ID.md`.
fn read(folder: &Path) -> Outcome<Vec<Advisory>> {
    let crates = folder.join("crates");
    let listed = |folder: &Path| -> Outcome<Vec<PathBuf>> {
        let entries = fs::read_dir(folder).doing(|| format!("read {}", folder.display()))?;
        Ok(entries.flatten().map(|entry| entry.path()).collect())
    };
    let mut advisories = Vec::new();
    for package in listed(&crates)?.into_iter().filter(|path| path.is_dir()) {
        for file in listed(&package)? {
            if file.extension().is_none_or(|it| it != "md" && it != "toml") {
                continue;
            }
            let text = fs::read_to_string(&file).doing(|| format!("read {}", file.display()))?;
            let read = parse(&text).map_err(|why| {
                Trouble::new(format!("{} is no advisory: {why}", file.display()))
                    .advice("take a fresh copy of the database")
            })?;
            advisories.extend(read);
        }
    }
    Ok(advisories)
}

/// One file: TOML, in Markdown within the first fence. `None` where it was withdrawn.
fn parse(text: &str) -> Result<Option<Advisory>, String> {
    let toml = match text.split_once("```toml") {
        Some((_, rest)) => rest.split_once("```").map(|(toml, _)| toml).ok_or("its TOML does not end")?,
        None => text,
    };
    let table: toml::Table = toml.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let section = |name: &str| table.get(name).and_then(toml::Value::as_table);
    let advisory = section("advisory").ok_or("it lacks [advisory]")?;
    let text = |key: &str| advisory.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    if text("withdrawn").is_some() {
        return Ok(None);
    }
    let ranges = |key: &str| -> Result<Vec<VersionReq>, String> {
        let listed = section("versions").and_then(|it| it.get(key)).and_then(toml::Value::as_array);
        let range = |value: &toml::Value| {
            let range = value.as_str().ok_or("a range is no text")?;
            VersionReq::parse(range).map_err(|error| format!("“{range}”: {error}"))
        };
        listed.into_iter().flatten().map(range).collect()
    };
    Ok(Some(Advisory {
        id: text("id").ok_or("it lacks an id")?,
        package: text("package").ok_or("it lacks a package")?,
        informational: text("informational"),
        patched: ranges("patched")?,
        unaffected: ranges("unaffected")?,
    }))
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Locked, found, parse, passed_over, read};
    use std::path::Path;

    /// A made-up database: `xtask/tests/advisories`.
    fn database() -> Vec<super::Advisory> {
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/advisories")).unwrap()
    }

    fn locked(name: &str, version: &str) -> Locked {
        let source = Some("registry+https://example.org/crates.io-index".to_owned());
        Locked { name: name.to_owned(), version: version.to_owned(), source, checksum: None }
    }

    fn told(name: &str, version: &str) -> (Vec<String>, Vec<String>) {
        found(&database(), &[locked(name, version)], &BTreeMap::new())
    }

    #[test]
    fn a_version_between_unaffected_and_patched_is_weak() {
        assert_eq!(told("made-up", "1.2.2").0, ["made-up 1.2.2: RUSTSEC-2099-0001"]);
        assert_eq!(told("made-up", "1.0.9").0.len(), 0, "not yet affected");
        assert_eq!(told("made-up", "1.2.3").0.len(), 0, "patched");
        assert_eq!(told("made-up", "2.0.0").0.len(), 0, "patched in another line");
        assert_eq!(told("another", "1.2.2"), (vec![], vec![]));
    }

    #[test]
    fn what_is_merely_unmaintained_is_a_note_and_what_was_withdrawn_is_nothing() {
        assert_eq!(
            told("tired", "1.0.0"),
            (vec![], vec!["tired 1.0.0: RUSTSEC-2099-0002 (unmaintained)".to_owned()])
        );
        assert_eq!(told("sound", "1.0.0"), (vec![], vec![]));
    }

    #[test]
    fn what_deny_toml_passes_over_is_a_note_with_its_reason() {
        let ignore = "[advisories]\nignore = [{ id = \"RUSTSEC-2099-0001\", reason = \"not reached\" }]";
        let (faults, notes) =
            found(&database(), &[locked("made-up", "1.2.2")], &passed_over(ignore).unwrap());
        assert!(faults.is_empty());
        assert_eq!(notes, ["made-up 1.2.2: RUSTSEC-2099-0001 is passed over: not reached"]);
    }

    #[test]
    fn one_of_ours_has_no_advisories_even_by_a_name_that_has() {
        let ours = Locked { source: None, ..locked("made-up", "1.2.2") };
        assert_eq!(found(&database(), &[ours], &BTreeMap::new()).0.len(), 0);
    }

    #[test]
    fn what_is_no_advisory_is_told() {
        for text in [
            "",
            "```toml\n[advisory]\n",
            "[advisory]\nid = \"x\"",
            "[advisory]\nid = \"x\"\npackage = \"p\"\n[versions]\npatched = [\"nonsense\"]",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
