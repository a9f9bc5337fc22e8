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
    npm_tools::node()?;
    let home = paths::tools()?.join(format!("better-auth-{BETTER_AUTH}"));
    let modules = home.join("node_modules");
    if modules.join("better-auth").join("package.json").is_file() {
        return Ok(modules);
    }
    fs::create_dir_all(&home).doing(|| format!("create {}", home.display()))?;
    let mut npm = npm_tools::npm();
    npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(&home);
    npm.arg(format!("better-auth@{BETTER_AUTH}")).current_dir(&home);
    Run {
        what: &format!("install better-auth {BETTER_AUTH}"),
        awaits: "npm, which downloads it",
        advice: ADVICE,
    }
    .quietly(&mut npm)?;
    Ok(modules)
}
