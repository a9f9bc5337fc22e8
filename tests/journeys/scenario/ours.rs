//! Our server: on SQLite, on PostgreSQL, over OpenLDAP.

#[path = "../../../crates/server/tests/support/postgres.rs"]
mod postgres;
#[path = "../../../crates/directory-ldap/tests/support/mod.rs"]
mod slapd;

use super::{
    CHANGE, ENROLL, RESET,
    subject::{Can, Sends, SignIn, Subject},
};
use crate::{
    site::Site,
    world::server::{Server, free_port},
};
use anyhow::Result;
use std::{any::Any, fs, os::unix::fs::PermissionsExt};

const OLD: &str = "Old-Harbor-Light-1";

/// Somebody with a mailbox and a phone.
const PEOPLE: &str = r#"[{"username": "alex", "email": "alex@example.org", "password": "Old-Harbor-Light-1", "methods": [
    {"kind": "email", "value": "alex@home.example", "primary": true}, {"kind": "phone", "value": "+819012340001"}]}]"#;

/// One gate, and limits that one person at one address does not reach.
const CONFIG: &str = r#"
[server]
https = false
even_answer_ms = 10
[smtp]
from = "no-reply@example.org"
[policy]
recovery_methods = ["email", "sms", "totp"]
gates = 1
unlock_without_reset = true
[password.hashing]
memory = 64
passes = 1
[limits]
resend_after = 1
starts_per_hour = 1000
failed_proofs_per_day = 1000
messages_per_destination = 1000
starts_per_prefix = 1000
"#;

const CAN: &[Can] = &[Can::Judge, Can::Text, Can::Link, Can::Unlock, Can::Change, Can::Register];

pub(super) async fn on_sqlite() -> Result<Subject> {
    started(CONFIG.to_owned(), PEOPLE, Box::new(())).await
}

pub(super) async fn on_postgresql() -> Result<Subject> {
    let database = postgres::Database::new().await;
    let config = format!("{CONFIG}[database]\nurl = \"{}\"\n", database.url);
    started(config, PEOPLE, Box::new(database)).await
}

/// Nobody registered anything: the number is the directory's own.
pub(super) async fn over_openldap() -> Result<Subject> {
    let slapd = slapd::Slapd::start();
    let folder = tempfile::tempdir()?;
    let password = folder.path().join("password");
    fs::write(&password, slapd::SERVICE_PASSWORD)?;
    fs::set_permissions(&password, fs::Permissions::from_mode(0o600))?;
    let config = format!(
        r#"{CONFIG}
[directory]
kind = "openldap"
[directory.ldap]
url = "{}"
starttls = true
ca_file = "{}"
bind_dn = "{}"
bind_password_file = "{}"
base = "ou=people,{base}"
default_policy = "cn=default,ou=policies,{base}"
contact_phone_attributes = ["mobile"]
"#,
        slapd.url(),
        slapd.ca_file().display(),
        slapd::SERVICE,
        password.display(),
        base = slapd::BASE,
    );
    let subject = started(config, "", Box::new((slapd, folder))).await?;
    Ok(Subject {
        person: "carol",
        by_phone: "carol@example.test",
        old: slapd::OLD,
        way: "sms",
        refusal: "At least 12 characters",
        can: &[Can::Judge, Can::Text, Can::Unlock, Can::Change, Can::Register],
        ..subject
    })
}

async fn started(config: String, people: &str, beside: Box<dyn Any>) -> Result<Subject> {
    let port = free_port()?;
    let body = [RESET, CHANGE, ENROLL].map(|form| format!("<{form} backend=/sspr/v1></{form}>")).concat();
    let site = Site::before("/sspr", &format!("http://127.0.0.1:{port}"), &body).await?;
    let server = Server::configured(port, &format!("{}/", site.origin), &config, people).await?;
    Ok(Subject {
        page: format!("{}/", site.origin),
        log: server.log_file(),
        sends: Sends::Server(Box::new(server)),
        person: "alex",
        by_phone: "alex",
        nobody: "nobody",
        old: OLD,
        way: "email",
        wrong: "000000",
        weak: "harbor77",
        refusal: "3 of: small letters",
        sign_in: SignIn::Post("/sspr/v1/session", None),
        locks_after: 10,
        can: CAN,
        stories: &[],
        ends: Box::new(|| Ok(())),
        _running: Box::new((beside, site)),
    })
}
