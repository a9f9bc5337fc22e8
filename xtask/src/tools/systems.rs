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
const SCHEMATHESIS: &str = "4.32.5";
const DJANGO: &str = "5.2.19";
const BETTER_AUTH: &str = "1.7.25";

/// What django-allauth is served with under load.
const SERVED_WITH: [&str; 3] = ["gunicorn==27.0.1", "psycopg[binary]==3.3.9", "argon2-cffi==25.1.0"];

/// What better-auth speaks to the database and the mail server with under load, and hashes with.
const NEEDED_WITH: [&str; 3] = ["pg@8.23.1", "nodemailer@10.6.0", "@node-rs/argon2@2.2.1"];

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
    python(&format!("django-allauth-{ALLAUTH}"), "allauth.headless.account", &allauth_packages())
}

/// A Python that has django-allauth and what it is served with under load.
pub(super) fn allauth_under_load() -> Outcome<PathBuf> {
    let mut packages = allauth_packages();
    packages.extend(SERVED_WITH.map(str::to_owned));
    python(
        &format!("load-django-allauth-{ALLAUTH}"),
        "argon2, gunicorn, psycopg, allauth.headless.account",
        &packages,
    )
}

/// Schemathesis, in a Python of its own.
pub(super) fn schemathesis() -> Outcome<PathBuf> {
    let packages = [format!("schemathesis=={SCHEMATHESIS}")];
    let python = python(&format!("schemathesis-{SCHEMATHESIS}"), "schemathesis", &packages)?;
    Ok(python.with_file_name("schemathesis"))
}

fn allauth_packages() -> Vec<String> {
    vec![format!("django-allauth[headless,mfa]=={ALLAUTH}"), format!("Django=={DJANGO}")]
}

/// A Python of its own with packages of exact versions, which then has `modules`.
fn python(name: &str, modules: &str, packages: &[String]) -> Outcome<PathBuf> {
    let home = paths::tools()?.join(name);
    let python = home.join("bin").join("python");
    let has = || process::output(Command::new(&python).args(["-c", &format!("import {modules}")])).is_some();
    if has() {
        return Ok(python);
    }
    if process::output(Command::new("python3").args(["-m", "ensurepip", "--version"])).is_none() {
        let packages = Packages { apt: &["python3", "python3-venv"], dnf: &["python3"], brew: &["python"] };
        system::install("Python", &packages)?;
    }
    let mut venv = Command::new("python3");
    Run {
        what: &format!("make a place for {name}"),
        awaits: "python3",
        advice: "install python3 with its module venv",
    }
    .quietly(venv.args(["-m", "venv", "--clear"]).arg(&home))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    Run { what: &format!("install {name}"), awaits: "pip, which downloads it", advice: ADVICE }
        .quietly(pip.args(packages))?;
    Ok(python)
}

/// The folder `node_modules` that has better-auth.
pub(super) fn better_auth() -> Outcome<PathBuf> {
    modules(&format!("better-auth-{BETTER_AUTH}"), &[format!("better-auth@{BETTER_AUTH}")])
}

/// The folder `node_modules` that has better-auth and what it needs under load.
pub(super) fn better_auth_under_load() -> Outcome<PathBuf> {
    let mut packages = vec![format!("better-auth@{BETTER_AUTH}")];
    packages.extend(NEEDED_WITH.map(str::to_owned));
    modules(&format!("load-better-auth-{BETTER_AUTH}"), &packages)
}

/// Names and versions of what is put under load.
pub(super) fn under_load() -> Vec<String> {
    let mut names = vec![format!("django-allauth {ALLAUTH}"), format!("Django {DJANGO}")];
    names.extend(SERVED_WITH.map(|it| it.replace("==", " ").replace("[binary]", "")));
    names.push(format!("better-auth {BETTER_AUTH}"));
    names.extend(NEEDED_WITH.map(|it| match it.rsplit_once('@') {
        Some((name, version)) => format!("{name} {version}"),
        None => it.to_owned(),
    }));
    names
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
