//! Other people's systems that the widget is tried against, as their package registries carry them.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::npm_tools;
use super::system::{self, Packages};
use crate::paths;
use crate::process::{self, Run};
use crate::trouble::{Doing, Outcome};

const ALLAUTH: &str = "65.21.1";
const DJANGO: &str = "5.2.19";
const BETTER_AUTH: &str = "1.7.25";

/// What the guides are run with.
const GUIDES: [&str; 9] = [
    "react@19.2.0",
    "react-dom@19.2.0",
    "vue@3.5.24",
    "@angular/core@20.3.12",
    "@angular/common@20.3.12",
    "@angular/compiler@20.3.12",
    "@angular/platform-browser@20.3.12",
    "rxjs@7.8.2",
    "tslib@2.8.1",
];

const ADVICE: &str = "look at the last lines above; a missing network is the usual reason";

/// A Python that has django-allauth.
pub(super) fn allauth() -> Outcome<PathBuf> {
    let home = paths::tools()?.join(format!("django-allauth-{ALLAUTH}"));
    let python = home.join("bin").join("python");
    let has =
        || process::output(Command::new(&python).args(["-c", "import allauth.headless.account"])).is_some();
    if has() {
        return Ok(python);
    }
    if process::output(Command::new("python3").args(["-m", "ensurepip", "--version"])).is_none() {
        let packages = Packages { apt: &["python3", "python3-venv"], dnf: &["python3"], brew: &["python"] };
        system::install("Python", &packages)?;
    }
    let mut venv = Command::new("python3");
    Run {
        what: "make a place for django-allauth",
        awaits: "python3",
        advice: "install python3 with its module venv",
    }
    .quietly(venv.args(["-m", "venv", "--clear"]).arg(&home))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.arg(format!("django-allauth[headless,mfa]=={ALLAUTH}")).arg(format!("Django=={DJANGO}"));
    Run {
        what: &format!("install django-allauth {ALLAUTH}"),
        awaits: "pip, which downloads it",
        advice: ADVICE,
    }
    .quietly(&mut pip)?;
    Ok(python)
}

/// The folder `node_modules` that has better-auth.
pub(super) fn better_auth() -> Outcome<PathBuf> {
    modules(&format!("better-auth-{BETTER_AUTH}"), &[format!("better-auth@{BETTER_AUTH}")])
}

/// The folder `node_modules` that has the frameworks of the guides, and a PHP on PATH.
pub(super) fn guides() -> Outcome<PathBuf> {
    if process::output(Command::new("php").arg("--version")).is_none() {
        system::install("PHP", &Packages { apt: &["php-cli"], dnf: &["php-cli"], brew: &["php"] })?;
    }
    // Other versions are other packages: they are put beside these.
    let name: Vec<_> =
        GUIDES.iter().map(|it| it.rsplit('/').next().unwrap_or(it).replace('@', "-")).collect();
    modules(&format!("guides-{}", name.join("-")), &GUIDES.map(str::to_owned))
}

/// A folder `node_modules` with packages of exact versions.
fn modules(name: &str, packages: &[String]) -> Outcome<PathBuf> {
    npm_tools::node()?;
    let home = paths::tools()?.join(name);
    let (modules, done) = (home.join("node_modules"), home.join("installed"));
    if done.is_file() {
        return Ok(modules);
    }
    npm_tools::install(name, &home, packages)?;
    fs::write(&done, "").doing(|| format!("write {}", done.display()))?;
    Ok(modules)
}
