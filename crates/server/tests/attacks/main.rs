//! Attacks on a running server, each with what came of it: `target/tables/attacks.txt`.
//!
//! One file for each family, one test for each attack; `docs/threat-model.md` names them. Two attacks have test programs of
//! their own: telling accounts apart by answers and times (`tests/enumeration.rs`), and limits under many requests at once on
//! several nodes (`tests/nodes/throttles.rs`).
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../../../directory-ldap/tests/support/slapd.rs"]
mod slapd;
#[path = "../support/mod.rs"]
mod support;

mod authenticator;
mod person;
mod raw;
mod site;
mod table;

mod bodies;
mod connections;
mod files;
mod flows;
mod guessing;
mod injection;
mod ldap;
mod names;
mod pages;
mod proxies;
mod secrets;
mod smuggling;
mod throttles;
mod tokens;
mod work;
