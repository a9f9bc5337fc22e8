//! What `Cargo.lock` says of each crate.

use std::collections::BTreeMap;
use std::fs;

use crate::paths;
use crate::trouble::{Doing, Outcome};

/// A crate of the lock file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Locked {
    pub(crate) name: String,
    pub(crate) version: String,
    /// Where it is from; `None` for ours.
    pub(crate) source: Option<String>,
    /// SHA-256 of its archive, in hexadecimal digits.
    pub(crate) checksum: Option<String>,
}

/// All of them.
pub(crate) fn read() -> Outcome<Vec<Locked>> {
    let file = paths::root().join("Cargo.lock");
    let text = fs::read_to_string(&file).doing(|| format!("read {}", file.display()))?;
    parse(&text)
}

fn parse(text: &str) -> Outcome<Vec<Locked>> {
    let table: toml::Table = text.parse().doing(|| "read Cargo.lock".to_owned())?;
    let packages = table.get("package").and_then(toml::Value::as_array);
    let locked = packages.into_iter().flatten().filter_map(|package| {
        let text = |key: &str| package.get(key).and_then(toml::Value::as_str).map(str::to_owned);
        Some(Locked {
            name: text("name")?,
            version: text("version")?,
            source: text("source"),
            checksum: text("checksum"),
        })
    });
    Ok(locked.collect())
}

/// Crates from elsewhere whose archive nothing holds to a checksum, and those that are there in three versions or more.
pub(crate) fn faults(locked: &[Locked]) -> Vec<String> {
    const MOST_VERSIONS: usize = 3;
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut faults = Vec::new();
    for it in locked.iter().filter(|it| it.source.is_some()) {
        versions.entry(&it.name).or_default().push(&it.version);
        if it.checksum.as_ref().is_none_or(|sum| sum.len() != 64) {
            faults.push(format!("{} {} has no checksum in Cargo.lock", it.name, it.version));
        }
    }
    let many = versions.into_iter().filter(|(_, versions)| versions.len() > MOST_VERSIONS);
    faults.extend(many.map(|(name, versions)| format!("{name} is there as {}", versions.join(", "))));
    faults
}

#[cfg(test)]
mod tests {
    use super::{faults, parse};

    #[test]
    fn a_crate_from_elsewhere_needs_a_checksum_and_one_of_ours_none() {
        let sum = "0".repeat(64);
        let text = format!(
            "[[package]]\nname = \"ours\"\nversion = \"1.0.0\"\n\
             [[package]]\nname = \"fine\"\nversion = \"1.0.0\"\nsource = \"registry+x\"\nchecksum = \"{sum}\"\n\
             [[package]]\nname = \"bare\"\nversion = \"2.0.0\"\nsource = \"registry+x\"\n"
        );
        assert_eq!(faults(&parse(&text).unwrap()), ["bare 2.0.0 has no checksum in Cargo.lock"]);
    }

    #[test]
    fn four_versions_of_one_crate_are_too_many() {
        let package = |n: u8| {
            let sum = "0".repeat(64);
            format!(
                "[[package]]\nname = \"a\"\nversion = \"{n}.0.0\"\nsource = \"x\"\nchecksum = \"{sum}\"\n"
            )
        };
        let text = |most: u8| (1..=most).map(package).collect::<String>();
        assert!(faults(&parse(&text(3)).unwrap()).is_empty());
        assert_eq!(faults(&parse(&text(4)).unwrap()).len(), 1);
    }
}
