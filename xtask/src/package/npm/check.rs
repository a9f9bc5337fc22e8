//! The npm package as somebody installs it: whole, unchanged, with a readme whose code runs, and with typings that take
//! what is right and refuse what is wrong (`crates/embed/npm/tests/`).

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};

use super::{folder, read, templates, write};
use crate::package::{INTEGRITY, files_below, integrity_of, package_if_stale};
use crate::paths;
use crate::process::{self, Run};
use crate::tools::Tools;
use crate::trouble::{Doing, Outcome, Trouble};
use crate::words::packages::{CSSTYPE, TYPES_REACT, TYPESCRIPT};

/// The contract's golden bodies by the beginnings of their names, and the types that they have to be of.
const GOLDEN: [(&str, &str); 13] = [
    ("admin-policy", "AdminPolicy"),
    ("report", "AdminReport"),
    ("looked-up", "LookedUp"),
    ("added", "AddedMethod"),
    ("description", "Description"),
    ("flow", "FlowView"),
    ("link", "LinkView"),
    ("method-list", "MethodList"),
    ("password-changed", "PasswordChanged"),
    ("password-policy", "PasswordPolicy"),
    ("problem", "Problem"),
    ("recovery-done", "RecoveryDone"),
    ("session", "SessionView"),
];

/// Packs the package, installs it in a project below `target/`, and compiles that.
pub(crate) fn check() -> Outcome {
    package_if_stale()?;
    let project = paths::target().join("npm");
    if project.is_dir() {
        fs::remove_dir_all(&project).doing(|| format!("delete {}", project.display()))?;
    }
    fs::create_dir_all(&project).doing(|| format!("create {}", project.display()))?;
    install(&pack(&project)?, &project)?;
    let installed = project.join("node_modules/sspr-widget");
    is_whole(&installed)?;
    is_what_integrity_says(&installed)?;
    exports_files(&installed)?;
    for file in files_below(&templates().join("tests")) {
        let copy = project.join(file.file_name().unwrap_or_default());
        fs::copy(&file, &copy).doing(|| format!("copy {}", file.display()))?;
    }
    write(&project.join("golden.ts"), &golden_bodies()?)?;
    let readme = read(&installed.join("README.md"))?;
    for (language, file) in [("ts", "readme.ts"), ("tsx", "readme.tsx"), ("js", "tags.mjs")] {
        write(&project.join(file), fenced(&readme, language)?)?;
    }
    prints_tags(&installed, &project)?;
    for (what, config) in [
        ("compile a page against the npm package", "tsconfig.json"),
        ("compile a page in React against the npm package", "tsconfig.react.json"),
    ] {
        Run { what, awaits: "tsc", advice: "correct the typings in crates/embed/npm, or its tests" }
            .quietly(
                Command::new("node")
                    .arg(TYPESCRIPT.folder()?.join("lib/tsc.js"))
                    .args(["--pretty", "false", "--project", config])
                    .current_dir(&project),
            )?;
    }
    Ok(())
}

fn pack(project: &Path) -> Outcome<PathBuf> {
    let mut npm = Tools::npm()?;
    npm.args(["pack", "--ignore-scripts", "--pack-destination"]).arg(project).current_dir(folder());
    Run { what: "pack the npm package", awaits: "npm", advice: "look at what npm says above" }
        .quietly(&mut npm)?;
    let packed = project.join(concat!("sspr-widget-", env!("CARGO_PKG_VERSION"), ".tgz"));
    if packed.is_file() {
        Ok(packed)
    } else {
        Err(Trouble::new(format!("{} was not made", packed.display())))
    }
}

/// Installs from files alone: what the registry holds today makes no difference.
fn install(packed: &Path, project: &Path) -> Outcome {
    let file = |path: &Path| format!("file:{}", path.display());
    let manifest = json!({
        "private": true,
        "type": "module",
        "dependencies": { "sspr-widget": file(packed) },
        "devDependencies": {
            (TYPES_REACT.name): file(&TYPES_REACT.archive()?),
            (CSSTYPE.name): file(&CSSTYPE.archive()?),
        },
    });
    let path = project.join("package.json");
    write(&path, &manifest.to_string())?;
    let mut npm = Tools::npm()?;
    npm.args(["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]);
    Run { what: "install the npm package", awaits: "npm", advice: "look at what npm says above" }
        .quietly(npm.current_dir(project))
}

/// Nothing that was laid out is left out by `files`, and nothing is added.
fn is_whole(installed: &Path) -> Outcome {
    let names = |root: &Path| -> BTreeSet<PathBuf> {
        files_below(root).iter().filter_map(|file| file.strip_prefix(root).ok()).map(Path::to_owned).collect()
    };
    let (laid_out, installed) = (names(&folder()), names(installed));
    match laid_out.symmetric_difference(&installed).next() {
        None => Ok(()),
        Some(name) => Err(Trouble::new(format!(
            "{} is in only one of dist/npm and what is installed from it",
            name.display()
        ))
        .advice("correct “files” in crates/embed/npm/package.json")),
    }
}

fn is_what_integrity_says(installed: &Path) -> Outcome {
    let digests = read_object(&installed.join(INTEGRITY))?;
    if !digests.contains_key("sspr-widget.js") {
        return Err(Trouble::new("integrity.json says nothing of sspr-widget.js"));
    }
    for (name, digest) in digests {
        let file = installed.join(&name);
        let bytes = fs::read(&file).doing(|| format!("read {}", file.display()))?;
        if digest != integrity_of(&bytes) {
            return Err(Trouble::new(format!("{name} is not what integrity.json says")));
        }
    }
    Ok(())
}

/// What the readme has a page's author run prints the digests of all modules and of the entry.
fn prints_tags(installed: &Path, project: &Path) -> Outcome {
    let printed = process::output(Command::new("node").arg("tags.mjs").current_dir(project));
    let printed = printed.ok_or_else(|| {
        Trouble::new("tags.mjs of the npm package's readme fails").advice("run it in target/npm and see why")
    })?;
    for (name, digest) in read_object(&installed.join(INTEGRITY))? {
        let mapped = printed.contains(&format!("\"/sspr-widget/{name}\":{digest}"));
        if mapped != name.ends_with(".js") {
            return Err(Trouble::new(format!("tags.mjs of the npm package's readme is wrong about {name}")));
        }
        if name == "sspr-widget.js" && !printed.contains(&format!(" integrity={digest}>")) {
            return Err(Trouble::new(
                "tags.mjs of the npm package's readme prints another digest of the entry",
            ));
        }
    }
    Ok(())
}

/// The code of one language in a text.
fn fenced<'a>(text: &'a str, language: &str) -> Outcome<&'a str> {
    text.split_once(&format!("\n```{language}\n"))
        .and_then(|(_, rest)| rest.split_once("```"))
        .map(|(code, _)| code)
        .ok_or_else(|| Trouble::new(format!("the npm package's readme has no code in “{language}”")))
}

/// Every file that package.json names is there; tsc sees only the typings among them.
fn exports_files(installed: &Path) -> Outcome {
    let manifest = read_object(&installed.join("package.json"))?;
    let exports = manifest.get("exports").and_then(Value::as_object).cloned().unwrap_or_default();
    if exports.len() < 7 {
        return Err(Trouble::new("package.json exports too little"));
    }
    let targets = exports.values().flat_map(|entry| match entry {
        Value::Object(conditions) => conditions.values().cloned().collect(),
        target => vec![target.clone()],
    });
    for target in targets.chain(manifest.get("customElements").cloned()) {
        let target = target.as_str().unwrap_or_default();
        if target != "./*" && !installed.join(target).is_file() {
            return Err(Trouble::new(format!("package.json names {target}, which is not there")));
        }
    }
    Ok(())
}

/// A module that is right only where each golden body is of its type.
fn golden_bodies() -> Outcome<String> {
    let mut module = String::from("import type * as wire from \"sspr-widget/backend\";\n");
    let files = files_below(&paths::root().join("crates/core/tests/golden"));
    if files.len() < GOLDEN.len() {
        return Err(Trouble::new("crates/core/tests/golden holds too few bodies"));
    }
    for (index, file) in files.iter().enumerate() {
        let name = file.file_stem().and_then(OsStr::to_str).unwrap_or_default();
        let (_, of) = GOLDEN.iter().find(|(begin, _)| name.starts_with(begin)).ok_or_else(|| {
            Trouble::new(format!("No type is known for the golden body {name}"))
                .advice("add it to GOLDEN in xtask/src/package/npm/check.rs")
        })?;
        let body = Value::Object(read_object(file)?);
        module.push_str(&format!("// {name}\nexport const body{index}: wire.{of} = {body};\n"));
    }
    Ok(module)
}

fn read_object(file: &Path) -> Outcome<Map<String, Value>> {
    let text = read(file)?;
    serde_json::from_str(&text).doing(|| format!("read {}", file.display()))
}
