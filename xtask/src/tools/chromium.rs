//! Chromium and its driver. They have to be of one version, so they come from one package manager.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::major;
use super::system::{self, Packages};
use crate::process;
use crate::trouble::{Outcome, Trouble};

/// Names under which the browser is found, most wanted first.
const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const ADVICE: &str =
    "install Chromium and ChromeDriver of one version, or name them in SSPR_CHROMIUM and SSPR_CHROMEDRIVER";

/// A browser and the driver that fits it.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    /// The browser's program.
    pub(crate) chromium: PathBuf,
    /// Its WebDriver.
    pub(crate) driver: PathBuf,
    /// Whether the browser's sandbox cannot be used, because we are root.
    pub(crate) no_sandbox: bool,
}

/// `SSPR_CHROMIUM` and `SSPR_CHROMEDRIVER`, else what PATH has, else what the package manager installs.
pub(super) fn find_or_install() -> Outcome<Browser> {
    if browser().is_none() || driver().is_none() {
        system::install(
            "Chromium and ChromeDriver",
            &Packages {
                apt: &["chromium", "chromium-driver"],
                dnf: &["chromium", "chromedriver"],
                brew: &["chromium", "chromedriver"],
            },
        )?;
    }
    let (chromium, browser_says) =
        browser().ok_or_else(|| Trouble::new("Chromium is missing or does not start").advice(ADVICE))?;
    let (driver, driver_says) =
        driver().ok_or_else(|| Trouble::new("ChromeDriver is missing or does not start").advice(ADVICE))?;
    if major(&browser_says) != major(&driver_says) {
        let sentence = format!("Chromium and ChromeDriver differ: “{browser_says}” and “{driver_says}”");
        return Err(Trouble::new(sentence).advice(ADVICE));
    }
    Ok(Browser { chromium, driver, no_sandbox: system::is_root() })
}

fn browser() -> Option<(PathBuf, String)> {
    match env::var_os("SSPR_CHROMIUM") {
        Some(set) => version(Path::new(&set)),
        None => BROWSERS.iter().find_map(|name| version(Path::new(name))),
    }
}

fn driver() -> Option<(PathBuf, String)> {
    version(Path::new(&env::var_os("SSPR_CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into())))
}

/// The whole path of a program and the first line of its version.
fn version(program: &Path) -> Option<(PathBuf, String)> {
    let says = process::output(Command::new(program).arg("--version"))?;
    let folders = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&folders).map(|folder| folder.join(program)).find(|file| file.is_file());
    Some((found.unwrap_or_else(|| program.to_owned()), says.lines().next()?.to_owned()))
}
