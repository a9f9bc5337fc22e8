//! Packages of the operating system.

use std::process::Command;

use crate::process::{self, Run};
use crate::trouble::{Outcome, Trouble};

/// What one thing is called by each package manager.
pub(super) struct Packages {
    pub(super) apt: &'static [&'static str],
    pub(super) dnf: &'static [&'static str],
    pub(super) brew: &'static [&'static str],
}

/// Installs packages with the manager that this machine has.
pub(super) fn install(what: &str, packages: &Packages) -> Outcome {
    let has = |manager: &str| process::output(Command::new(manager).arg("--version")).is_some();
    if has("apt-get") {
        Run {
            what: "update the list of packages",
            awaits: "apt-get, and the network",
            advice: "run “apt-get update” as root and see why it fails; a missing network is the usual reason",
        }
        .quietly(as_root("apt-get")?.arg("update"))?;
        let mut apt = as_root("apt-get")?;
        apt.args(["install", "--yes", "--no-install-recommends"]).args(packages.apt);
        add(what, "apt-get", packages.apt, &mut apt)
    } else if has("dnf") {
        add(what, "dnf", packages.dnf, as_root("dnf")?.args(["install", "--assumeyes"]).args(packages.dnf))
    } else if has("brew") {
        add(what, "brew", packages.brew, Command::new("brew").arg("install").args(packages.brew))
    } else {
        Err(Trouble::new(format!("{what} cannot be installed: there is no apt-get, dnf or brew on PATH"))
            .advice(format!("install {what} by hand, so that PATH has it")))
    }
}

fn add(what: &str, manager: &str, packages: &[&str], command: &mut Command) -> Outcome {
    Run {
        what: &format!("install {what}"),
        awaits: &format!("{manager}, which downloads and unpacks"),
        advice: &format!("install {} with {manager} by hand and see why it fails", packages.join(" ")),
    }
    .quietly(command)
}

/// The program as root: as it is for root, else by sudo without a question nobody would see.
fn as_root(program: &str) -> Outcome<Command> {
    if is_root() {
        let mut command = Command::new(program);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        return Ok(command);
    }
    if process::output(Command::new("sudo").args(["--non-interactive", "true"])).is_none() {
        return Err(Trouble::new(format!("{program} needs root, and sudo would ask for a password"))
            .advice("run “sudo -v” first, then this command again"));
    }
    let mut command = Command::new("sudo");
    command.args(["--non-interactive", "DEBIAN_FRONTEND=noninteractive", program]);
    Ok(command)
}

/// Whether we are root, as in most containers.
pub(super) fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_some_and(|id| id == "0")
}
