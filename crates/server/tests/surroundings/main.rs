//! `sspr-server doctor`, with each part around the server broken for real: the mail server at every step, two kinds of
//! directories, two databases, a gateway, the services that are asked over HTTP, and clocks that differ.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../support/postgres.rs"]
mod postgres;
#[path = "../../../directory-ldap/tests/support/samba.rs"]
mod samba;
#[path = "../../../directory-ldap/tests/support/slapd.rs"]
mod slapd;

mod setup;

mod clock;
mod configuration;
mod database;
mod directory;
mod gateway;
mod health;
mod key;
mod mail;
mod services;
