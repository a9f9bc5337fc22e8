//! Firefox, from the system's package manager.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use super::system::{self, Packages};
use crate::process;
use crate::trouble::{Outcome, Trouble};

/// Names under which the browser is found, most wanted first.
const BROWSERS: [&str; 3] = ["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/// A browser and its driver.
#[derive(Clone, Debug)]
pub(crate) struct Firefox {
    /// The browser's program.
    pub(crate) firefox: PathBuf,
    /// Its WebDriver.
    pub(crate) driver: PathBuf,
}

/// `SSPR_FIREFOX`, else what PATH has, else what the package manager installs.
pub(super) fn find_or_install(driver: PathBuf) -> Outcome<Firefox> {
    if browser().is_none() {
        system::install(
            "Firefox",
            &Packages { apt: &["firefox-esr"], dnf: &["firefox"], brew: &["firefox"] },
        )?;
    }
    let firefox = browser().ok_or_else(|| {
        Trouble::new("Firefox is missing or does not start").advice("install it, or name it in SSPR_FIREFOX")
    })?;
    Ok(Firefox { firefox, driver })
}

fn browser() -> Option<PathBuf> {
    let starts = |name: &PathBuf| process::output(Command::new(name).arg("--version")).is_some();
    match env::var_os("SSPR_FIREFOX") {
        Some(set) => Some(PathBuf::from(set)).filter(starts),
        None => BROWSERS.iter().map(PathBuf::from).find(starts),
    }
}
