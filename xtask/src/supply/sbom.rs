//! `cargo xtask sbom`: what is in the files that people load and in the server, crate by crate, as CycloneDX 1.5
//! (ECMA-424). The same sources give the same bytes: neither time nor random number is in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use super::lock;
use crate::paths;
use crate::process;
use crate::trouble::{Doing, Outcome, Trouble};

/// Something that is shipped.
struct Shipped {
    /// The file's name, and that of the whole.
    name: &'static str,
    what: &'static str,
    /// The crates that it is built from.
    roots: &'static [&'static str],
    target: &'static str,
}

const SHIPPED: [Shipped; 2] = [
    Shipped {
        name: "sspr-embed",
        what: "the files that pages load: dist/embed",
        roots: &["sspr-reset", "sspr-account", "sspr-estimator"],
        target: "wasm32-unknown-unknown",
    },
    Shipped {
        name: "sspr-server",
        what: "the reference server",
        roots: &["sspr-server"],
        target: "x86_64-unknown-linux-gnu",
    },
];

/// A crate of a tree.
type Crate = (String, String);

/// Writes both below `dist/sbom` and says where.
pub(crate) fn sbom() -> Outcome {
    let folder = paths::dist().join("sbom");
    fs::create_dir_all(&folder).doing(|| format!("create {}", folder.display()))?;
    for shipped in &SHIPPED {
        let file = folder.join(format!("{}.cdx.json", shipped.name));
        let document = document(shipped)?;
        let count = document["components"].as_array().map_or(0, Vec::len);
        let text = serde_json::to_string_pretty(&document).doing(|| "write JSON".to_owned())?;
        fs::write(&file, text + "\n").doing(|| format!("write {}", file.display()))?;
        println!("{} ({count} components): {}", file.display(), shipped.what);
    }
    Ok(())
}

fn document(shipped: &Shipped) -> Outcome<Value> {
    let mut edges: BTreeMap<Crate, BTreeSet<Crate>> = BTreeMap::new();
    for root in shipped.roots {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(paths::root()).args([
            "tree",
            "--locked",
            "--package",
            root,
            "--target",
            shipped.target,
        ]);
        cargo.args([
            "--edges",
            "normal,no-proc-macro",
            "--prefix",
            "depth",
            "--no-dedupe",
            "--format",
            " {p}",
        ]);
        let tree = process::output(&mut cargo).ok_or_else(|| {
            Trouble::new("cargo tree failed").advice("run “cargo tree --locked” and see why")
        })?;
        read_tree(&tree, &mut edges);
    }
    Ok(assemble(shipped, &edges, &licenses()?, &checksums()?))
}

/// Lines of a depth and a crate, such as `2 serde v1.0.0`, into who needs whom.
fn read_tree(tree: &str, edges: &mut BTreeMap<Crate, BTreeSet<Crate>>) {
    let mut above: Vec<Crate> = Vec::new();
    for line in tree.lines() {
        let mut words = line.split_whitespace();
        let (Some(depth), Some(name), Some(version)) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        let Ok(depth) = depth.parse::<usize>() else { continue };
        let it = (name.to_owned(), version.trim_start_matches('v').to_owned());
        above.truncate(depth);
        if let Some(parent) = above.last() {
            edges.entry(parent.clone()).or_default().insert(it.clone());
        }
        edges.entry(it.clone()).or_default();
        above.push(it);
    }
}

/// The licence that each crate states.
fn licenses() -> Outcome<BTreeMap<Crate, String>> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(paths::root()).args(["metadata", "--format-version", "1", "--locked"]);
    let metadata = process::output(&mut cargo).ok_or_else(|| Trouble::new("cargo metadata failed"))?;
    let metadata: Value = serde_json::from_str(&metadata).doing(|| "read cargo metadata".to_owned())?;
    let of = |package: &Value| {
        let text = |key: &str| package[key].as_str().map(str::to_owned);
        Some(((text("name")?, text("version")?), text("license")?))
    };
    Ok(metadata["packages"].as_array().into_iter().flatten().filter_map(of).collect())
}

fn checksums() -> Outcome<BTreeMap<Crate, String>> {
    let locked = lock::read()?.into_iter();
    Ok(locked.filter_map(|it| Some(((it.name, it.version), it.checksum?))).collect())
}

fn assemble(
    shipped: &Shipped,
    edges: &BTreeMap<Crate, BTreeSet<Crate>>,
    licenses: &BTreeMap<Crate, String>,
    checksums: &BTreeMap<Crate, String>,
) -> Value {
    let whole = format!("{}@{}", shipped.name, env!("CARGO_PKG_VERSION"));
    let components: Vec<Value> = edges
        .keys()
        .map(|it| {
            let mut component = json!({
                "type": "library",
                "bom-ref": reference(it),
                "name": it.0,
                "version": it.1,
                "purl": reference(it),
                "scope": "required",
            });
            if let Some(license) = licenses.get(it) {
                // Crates from before SPDX write a slash for a choice.
                component["licenses"] = json!([{ "expression": license.replace('/', " OR ") }]);
            }
            if let Some(checksum) = checksums.get(it) {
                component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
            }
            component
        })
        .collect();
    let roots: Vec<String> =
        edges.keys().filter(|it| shipped.roots.contains(&it.0.as_str())).map(reference).collect();
    let mut dependencies = vec![json!({ "ref": whole, "dependsOn": roots })];
    dependencies.extend(edges.iter().map(|(it, needs)| {
        json!({ "ref": reference(it), "dependsOn": needs.iter().map(reference).collect::<Vec<_>>() })
    }));
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": whole,
                "name": shipped.name,
                "version": env!("CARGO_PKG_VERSION"),
                "description": shipped.what,
                "licenses": [{ "expression": "MIT OR Apache-2.0" }],
            },
            "tools": { "components": [{ "type": "application", "name": "cargo xtask sbom", "version": env!("CARGO_PKG_VERSION") }] },
        },
        "components": components,
        "dependencies": dependencies,
    })
}

/// A package URL, which also names the component within the document.
fn reference((name, version): &Crate) -> String {
    // `+` of build metadata stands for a space in a URL.
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(document: &Value, at_least: usize) {
        assert_eq!(document["bomFormat"], "CycloneDX");
        assert_eq!(document["specVersion"], "1.5");
        assert_eq!(document["version"], 1);
        let components = document["components"].as_array().unwrap();
        assert!(components.len() >= at_least, "{} components", components.len());
        let mut known: BTreeSet<&str> =
            BTreeSet::from([document["metadata"]["component"]["bom-ref"].as_str().unwrap()]);
        for it in components {
            assert_eq!(it["type"], "library");
            assert!(!it["name"].as_str().unwrap().is_empty() && !it["version"].as_str().unwrap().is_empty());
            assert!(it["purl"].as_str().unwrap().starts_with("pkg:cargo/"));
            assert!(known.insert(it["bom-ref"].as_str().unwrap()), "named twice: {it}");
            let license = it["licenses"][0]["expression"].as_str().unwrap();
            assert!(spdx::Expression::parse(license).is_ok(), "{license}");
            for hash in it["hashes"].as_array().into_iter().flatten() {
                assert_eq!(hash["alg"], "SHA-256");
                assert!(hash["content"].as_str().unwrap().len() == 64);
            }
        }
        let mut told = BTreeSet::new();
        for it in document["dependencies"].as_array().unwrap() {
            assert!(known.contains(it["ref"].as_str().unwrap()) && told.insert(it["ref"].as_str().unwrap()));
            let needs = it["dependsOn"].as_array().unwrap();
            assert!(needs.iter().all(|need| known.contains(need.as_str().unwrap())));
        }
        assert_eq!(told.len(), known.len(), "each says whom it needs");
    }

    #[test]
    fn what_is_shipped_is_listed_alike_each_time_in_the_shape_of_cyclonedx() {
        for (shipped, at_least) in SHIPPED.iter().zip([20, 150]) {
            let once = document(shipped).unwrap();
            shape(&once, at_least);
            assert_eq!(document(shipped).unwrap(), once);
        }
    }

    #[test]
    fn every_crate_from_elsewhere_has_its_checksum() {
        let document = document(&SHIPPED[1]).unwrap();
        for it in document["components"].as_array().unwrap() {
            let ours = it["name"].as_str().unwrap().starts_with("sspr-");
            assert_eq!(it.get("hashes").is_none(), ours, "{it}");
        }
    }

    #[test]
    fn a_tree_is_read_into_who_needs_whom() {
        let mut edges = BTreeMap::new();
        read_tree("0 a v1.0.0 (/somewhere)\n1 b v2.0.0+meta\n2 c v3.0.0\n1 c v3.0.0\n", &mut edges);
        let (a, b, c) =
            (("a".into(), "1.0.0".into()), ("b".into(), "2.0.0+meta".into()), ("c".into(), "3.0.0".into()));
        assert_eq!(edges[&a], BTreeSet::from([b.clone(), c.clone()]));
        assert_eq!(edges[&b], BTreeSet::from([c]));
        assert_eq!(reference(&b), "pkg:cargo/b@2.0.0%2Bmeta");
    }
}
