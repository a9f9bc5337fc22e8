//! Where the dependencies come from and what their licences ask. The rules are `deny.toml`, which cargo-deny reads as well;
//! it is run too where it is installed, but building it would take longer than all our tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

use crate::paths;
use crate::process::{self, Run};
use crate::supply::{advisories, lock};
use crate::trouble::{Doing, Outcome, Trouble};

/// What `deny.toml` allows and bans.
#[derive(Debug, Default)]
struct Rules {
    licenses: BTreeSet<String>,
    banned: BTreeSet<String>,
    /// Licences allowed for one crate.
    exceptions: BTreeMap<String, BTreeSet<String>>,
    /// What may be in the widget twice.
    twice: BTreeSet<String>,
}

/// Checks every crate of `Cargo.lock` against `deny.toml`.
pub(crate) fn check() -> Outcome {
    let file = paths::root().join("deny.toml");
    let text = fs::read_to_string(&file).doing(|| format!("read {}", file.display()))?;
    let rules = rules(&text)?;
    let metadata = process::output(cargo().args(["metadata", "--format-version", "1", "--locked"]))
        .ok_or_else(|| {
            Trouble::new("cargo metadata failed").advice("run “cargo metadata --locked” and see why")
        })?;
    let metadata: Value = serde_json::from_str(&metadata).doing(|| "read cargo metadata".to_owned())?;
    let mut faults = faults(&metadata, &rules);
    faults.extend(duplicates_in_the_widget(&rules)?);
    faults.extend(lock::faults(&lock::read()?));
    if !faults.is_empty() {
        faults.iter().for_each(|fault| eprintln!("    | {fault}"));
        return Err(Trouble::new(format!("{} dependencies break the rules of deny.toml", faults.len()))
            .advice("replace the dependency, or allow it in deny.toml with a reason"));
    }
    if process::output(Command::new("cargo").args(["deny", "--version"])).is_some() {
        Run { what: "cargo deny", awaits: "cargo deny", advice: "correct what cargo deny says above" }
            .quietly(cargo().args(["deny", "check", "licenses", "bans", "sources"]))?;
    }
    advisories::check()
}

fn cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(paths::root());
    command
}

fn rules(text: &str) -> Outcome<Rules> {
    let table: toml::Table = text.parse().doing(|| "read deny.toml".to_owned())?;
    let list = |section: &str, key: &str| -> BTreeSet<String> {
        let values = table.get(section).and_then(|section| section.get(key)).and_then(toml::Value::as_array);
        let named = |value: &toml::Value| value.get("crate").and_then(toml::Value::as_str).map(str::to_owned);
        let name = |value: &toml::Value| value.as_str().map(str::to_owned).or_else(|| named(value));
        values.into_iter().flatten().filter_map(name).collect()
    };
    let exceptions = table.get("licenses").and_then(|section| section.get("exceptions"));
    let exception = |value: &toml::Value| {
        let name = value.get("crate")?.as_str()?.to_owned();
        let allowed = value.get("allow")?.as_array()?.iter().filter_map(toml::Value::as_str);
        Some((name, allowed.map(str::to_owned).collect()))
    };
    Ok(Rules {
        licenses: list("licenses", "allow"),
        exceptions: exceptions
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(exception)
            .collect(),
        banned: list("bans", "deny"),
        twice: list("bans", "skip"),
    })
}

/// One sentence for each crate that breaks a rule.
fn faults(metadata: &Value, rules: &Rules) -> Vec<String> {
    let text = |package: &Value, key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let mut faults = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let (name, version) = (text(package, "name"), text(package, "version"));
        let source = text(package, "source");
        if source.is_empty() {
            continue; // one of ours
        }
        if !is_crates_io(&source) {
            faults.push(format!("{name} {version} comes from {source}"));
        }
        if rules.banned.contains(&name) {
            faults.push(format!("{name} {version} is banned"));
        }
        let license = text(package, "license");
        match Expression::parse_mode(&license, ParseMode::LAX) {
            Ok(expression) if expression.evaluate(|asked| is_allowed(asked, &name, rules)) => {}
            Ok(_) => faults.push(format!("{name} {version} is under “{license}”")),
            Err(_) => {
                faults.push(format!("{name} {version} states no licence that can be read: “{license}”"))
            }
        }
    }
    faults
}

/// How cargo writes down that a crate came from crates.io.
fn is_crates_io(source: &str) -> bool {
    source.starts_with("registry+") && source.ends_with("/crates.io-index")
}

fn is_allowed(asked: &LicenseReq, name: &str, rules: &Rules) -> bool {
    let asked = asked.to_string();
    rules.licenses.contains(&asked)
        || rules.exceptions.get(name).is_some_and(|allowed| allowed.contains(&asked))
}

/// A crate twice in the widget is loaded twice by everybody.
fn duplicates_in_the_widget(rules: &Rules) -> Outcome<Vec<String>> {
    let mut cargo = cargo();
    cargo.args(["tree", "--locked", "--package", "sspr-reset", "--target", "wasm32-unknown-unknown"]);
    cargo.args(["--edges", "normal,no-proc-macro", "--duplicates", "--depth", "0", "--prefix", "none"]);
    let tree = process::output(&mut cargo).ok_or_else(|| Trouble::new("cargo tree failed"))?;
    let skipped =
        |line: &str| line.split(' ').next().is_none_or(|name| name.is_empty() || rules.twice.contains(name));
    let lines: BTreeSet<&str> = tree.lines().filter(|line| !skipped(line)).collect();
    Ok(lines.into_iter().map(|line| format!("{line} is in the widget in more than one version")).collect())
}

#[cfg(test)]
mod tests {
    use super::{faults, rules};
    use serde_json::json;

    fn complaints(license: &str, name: &str, source: &str) -> Vec<String> {
        let allowed = "allow = [\"MIT\"]\nexceptions = [{ crate = \"odd\", allow = [\"MPL-2.0\"] }]";
        let rules =
            rules(&format!("[licenses]\n{allowed}\n[bans]\ndeny = [{{ crate = \"openssl\" }}]")).unwrap();
        let package = json!({"name": name, "version": "1.0.0", "license": license, "source": source});
        faults(&json!({"packages": [package]}), &rules)
    }

    const CRATES_IO: &str = "registry+https://example.org/crates.io-index";

    #[test]
    fn one_allowed_choice_is_enough_and_all_parts_of_an_and_are_needed() {
        assert!(complaints("MIT OR GPL-3.0-only", "a", CRATES_IO).is_empty());
        assert!(complaints("GPL-3.0-only/MIT", "a", CRATES_IO).is_empty());
        assert_eq!(complaints("MIT AND GPL-3.0-only", "a", CRATES_IO).len(), 1);
        assert_eq!(complaints("", "a", CRATES_IO).len(), 1);
    }

    #[test]
    fn an_exception_is_for_its_crate_alone() {
        assert!(complaints("MPL-2.0", "odd", CRATES_IO).is_empty());
        assert_eq!(complaints("MPL-2.0", "other", CRATES_IO).len(), 1);
    }

    #[test]
    fn banned_crates_and_foreign_sources_are_named() {
        assert_eq!(complaints("MIT", "openssl", CRATES_IO), ["openssl 1.0.0 is banned"]);
        assert_eq!(
            complaints("MIT", "a", "git+https://example.org"),
            ["a 1.0.0 comes from git+https://example.org"]
        );
        assert!(complaints("anything", "ours", "").is_empty());
    }
}
