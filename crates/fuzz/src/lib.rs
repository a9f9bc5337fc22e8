//! Fuzz targets: one for every parser of what comes from outside.
//!
//! A target is a plain function over bytes that panics where a property does not hold. The program of this crate gives
//! them to libFuzzer (`cargo xtask fuzz targets`); a test replays the inputs that were kept in `corpus`, on stable and in
//! seconds.

mod reader;
mod targets;
mod world;

use std::path::PathBuf;

/// One target.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, which is also its folder in `corpus`.
    pub name: &'static str,
    /// What it reads.
    pub reads: &'static str,
    /// Takes one input; panics where something is wrong.
    pub run: fn(&[u8]),
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target { name: "config", reads: "the configuration file", run: targets::config::run },
    Target { name: "key_file", reads: "the key file", run: targets::key_file::run },
    Target { name: "wire", reads: "every request and answer of the contract", run: targets::wire::run },
    Target { name: "problem", reads: "problems", run: targets::problem::run },
    Target { name: "people", reads: "the file of `user import`", run: targets::people::run },
    Target { name: "pattern", reads: "patterns of the password policy", run: targets::pattern::run },
    Target { name: "contact", reads: "identifiers, contacts, codes and answers", run: targets::contact::run },
    Target { name: "ldap", reads: "what a directory answers", run: targets::ldap::run },
    Target { name: "jwt", reads: "bearer tokens", run: targets::jwt::run },
    Target {
        name: "locale",
        reads: "`Accept-Language` and the texts' placeholders",
        run: targets::locale::run,
    },
    Target { name: "flows", reads: "events in any order", run: targets::flows::run },
    Target {
        name: "request",
        reads: "requests: paths, headers, cookies, bodies",
        run: targets::request::run,
    },
    Target { name: "smtp", reads: "the mailbox's SMTP sessions", run: targets::smtp::run },
];

/// The target of a name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// Where the kept inputs of a target are.
pub fn corpus(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name)
}
