//! PostgreSQL's server, from the system's package manager. The tests of the store start one of their own with it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::system::{self, Packages};
use crate::trouble::{Outcome, Trouble};

/// Folders with one folder for each version, where packages keep the server's programs off PATH.
const VERSIONS: [&str; 3] = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];

/// The folder of its programs: of PATH or a usual place, else where the package manager puts them.
pub(super) fn find_or_install() -> Outcome<PathBuf> {
    if let Some(folder) = found() {
        return Ok(folder);
    }
    system::install(
        "PostgreSQL",
        &Packages { apt: &["postgresql"], dnf: &["postgresql-server"], brew: &["postgresql@17"] },
    )?;
    found().ok_or_else(|| {
        Trouble::new("PostgreSQL was installed, but initdb is not where it usually is")
            .advice("put the folder of initdb and postgres on PATH")
    })
}

fn found() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).chain(VERSIONS.iter().flat_map(versions)).find(|folder| has_server(folder))
}

fn versions(around: impl AsRef<Path>) -> Vec<PathBuf> {
    let found = fs::read_dir(around).into_iter().flatten().flatten();
    found.map(|version| version.path().join("bin")).collect()
}

fn has_server(folder: &Path) -> bool {
    folder.join("initdb").is_file() && folder.join("postgres").is_file()
}
