//! Samba's domain controller, in the place of Active Directory, from the system's package manager.

use std::path::Path;
use std::process::Command;

use super::system::{self, Packages};
use crate::process;
use crate::trouble::{Outcome, Trouble};

/// The Python that the packages belong to; another one on PATH does not have Samba's library.
const PYTHON: &str = "/usr/bin/python3";

/// Installs it where a part is missing. Tests start a controller of their own; none of the system's is needed.
pub(super) fn find_or_install() -> Outcome {
    if !is_there() {
        system::install(
            "Samba",
            &Packages {
                apt: &["samba", "samba-dsdb-modules", "samba-ad-provision", "python3-samba"],
                dnf: &["samba-dc", "samba-dc-provision", "python3-samba-dc"],
                brew: &["samba"],
            },
        )?;
    }
    if is_there() {
        return Ok(());
    }
    Err(Trouble::new("Samba's domain controller is missing").advice(
        "install it (Debian: samba, samba-dsdb-modules, samba-ad-provision and python3-samba); \
         there is none for macOS",
    ))
}

fn is_there() -> bool {
    // The library alone is not enough: the schema and the controller's modules are packages of their own.
    let complete = "from samba import param, provision; open(param.setup_dir() + '/provision.ldif'); \
                    open(param.modules_dir() + '/ldb/samba_dsdb.so')";
    let provisions = process::output(Command::new(PYTHON).args(["-c", complete])).is_some();
    provisions && Path::new("/usr/sbin/samba").exists()
}
