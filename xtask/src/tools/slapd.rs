//! OpenLDAP's server and its command-line tools, from the system's package manager.

use std::path::Path;
use std::process::Command;

use super::system::{self, Packages};
use crate::process;
use crate::trouble::{Outcome, Trouble};

/// Installs them where one is missing. Tests start a server of their own; none of the system's is needed.
pub(super) fn find_or_install() -> Outcome {
    if !is_there() {
        system::install(
            "OpenLDAP",
            &Packages {
                apt: &["slapd", "ldap-utils"],
                dnf: &["openldap-servers", "openldap-clients"],
                brew: &["openldap"],
            },
        )?;
    }
    if is_there() {
        Ok(())
    } else {
        let advice = "install slapd, slapadd, ldapsearch and ldapwhoami (Debian: slapd and ldap-utils)";
        Err(Trouble::new("OpenLDAP is missing, or not in /usr/sbin").advice(advice))
    }
}

fn is_there() -> bool {
    let tool = |name: &str| process::output(Command::new(name).arg("-VV")).is_some();
    let servers = ["/usr/sbin/slapd", "/usr/sbin/slapadd"];
    servers.iter().all(|path| Path::new(path).exists()) && tool("ldapsearch") && tool("ldapwhoami")
}
