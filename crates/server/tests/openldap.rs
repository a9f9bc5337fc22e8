//! The server with its accounts in OpenLDAP: a whole recovery over HTTP, and a directory that goes and comes back.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../../directory-ldap/tests/support/mod.rs"]
mod slapd;
mod support;

use reqwest::Method;
use serde_json::{Value, json};
use slapd::{BASE, OLD, SERVICE, SERVICE_PASSWORD, Slapd};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant},
};
use support::{Answer, Running};
use tempfile::TempDir;

const NEW: &str = "Marked-Harbour-77";
const HOME: &str = "carol@home.example";

/// The configuration that an administrator would write, STARTTLS and all; the folder must outlive the server.
async fn start(slapd: &Slapd) -> (Running, TempDir) {
    let tls = format!("starttls = true\nca_file = \"{}\"", slapd.ca_file().display());
    start_at(&slapd.url(), &tls).await
}

async fn start_at(url: &str, more: &str) -> (Running, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let password = folder.path().join("ldap-password");
    fs::write(&password, format!("{SERVICE_PASSWORD}\n")).unwrap();
    fs::set_permissions(&password, fs::Permissions::from_mode(0o600)).unwrap();
    let text = format!(
        r#"
[server]
https = false
even_answer_ms = 10
[directory]
kind = "openldap"
[directory.ldap]
url = "{url}"
{more}
connect_timeout_seconds = 1
timeout_seconds = 1
bind_dn = "{SERVICE}"
bind_password_file = "ldap-password"
base = "ou=people,{BASE}"
group_base = "ou=groups,{BASE}"
admin_groups = ["admins"]
default_policy = "cn=default,ou=policies,{BASE}"
[policy]
recovery_methods = ["email"]
gates = 1
[limits]
resend_after = 1
"#
    );
    let config = folder.path().join("server.toml");
    fs::write(&config, text).unwrap();
    (Running::start_with("trace", 1, None, &config, None).await, folder)
}

async fn sign_in(server: &Running, password: &str) -> Answer {
    let body = json!({ "identifier": "carol", "password": password });
    server.ask(Method::POST, "/session", None, &body).await
}

/// Registers a private address, as the person does after signing in.
async fn enrol(server: &Running) {
    let session = sign_in(server, OLD).await;
    assert_eq!(session.status, 200, "{}", session.text);
    let added = server.ask_as(&session, "/me/methods", &json!({ "kind": "email", "value": HOME })).await;
    assert!(added.status.is_success(), "{}", added.text);
    let code = server.message_to(HOME).await.code.unwrap();
    let id = added.json()["id"].as_str().map(str::to_owned);
    let id = id.or_else(|| added.json()["method"]["id"].as_str().map(str::to_owned));
    let id = id.unwrap_or_else(|| panic!("{}", added.text));
    let verified =
        server.ask_as(&session, &format!("/me/methods/{id}/verify"), &json!({ "code": code })).await;
    assert!(verified.status.is_success(), "{}", verified.text);
    server.mailbox.clear();
}

/// Starts a recovery and passes its one gate.
async fn prove(server: &Running) -> (String, Value) {
    let start = json!({ "identifier": "Carol@Example.Test", "intent": "reset" });
    let started = server.ask(Method::POST, "/recovery", None, &start).await;
    assert_eq!(started.status, 202, "{}", started.text);
    let flow = started.json()["flow"].as_str().unwrap().to_owned();
    let sent =
        server.ask(Method::POST, "/recovery/challenge", Some(&flow), &json!({ "method": "email" })).await;
    assert_eq!(sent.status, 202, "{}", sent.text);
    let code = server.message_to(HOME).await.code.unwrap();
    let answer = json!({ "challenge": sent.json()["challenge"]["id"], "code": code });
    let passed = server.ask(Method::POST, "/recovery/verify", Some(&flow), &answer).await;
    assert_eq!(passed.status, 200, "{}", passed.text);
    let view = passed.json();
    (view["flow"].as_str().unwrap().to_owned(), view)
}

async fn set(server: &Running, flow: &str, password: &str) -> Answer {
    let body = json!({ "new_password": password, "end_other_sessions": true });
    server.ask(Method::POST, "/recovery/password", Some(flow), &body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_ends_with_a_new_password_in_the_directory() {
    let mut slapd = Slapd::start();
    let (server, _folder) = start(&slapd).await;
    assert_eq!(server.ready().await.status, 200);
    enrol(&server).await;
    let (flow, view) = prove(&server).await;
    assert_eq!(view["policy"]["min_length"], 12, "the directory's, shown before anything is typed");
    let told = view["policy"]["server_rules"].as_array().unwrap();
    assert!(told.contains(&json!({ "rule": "in-history", "number": 3 })), "{told:?}");

    let used = set(&server, &flow, OLD).await;
    assert_eq!((used.status.as_u16(), &used.json()["violations"][0]["rule"]), (422, &json!("in-history")));

    slapd.stop();
    let begun = Instant::now();
    let down = set(&server, &flow, NEW).await;
    assert_eq!(down.status, 502, "{}", down.text);
    assert!(down.json()["type"].as_str().unwrap().ends_with("directory-unavailable"), "{}", down.text);
    assert_eq!(server.ready().await.status, 502);
    assert_eq!(sign_in(&server, OLD).await.status, 502);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    slapd.go_on();
    assert_eq!(server.ready().await.status, 200);

    let done = set(&server, &flow, NEW).await;
    assert_eq!(done.status, 200, "the proof outlives the directory: {}", done.text);
    assert!(slapd.opens("carol", NEW) && !slapd.opens("carol", OLD));
    assert_eq!(sign_in(&server, NEW).await.status, 200);
    assert_ne!(sign_in(&server, OLD).await.status, 200);
    let log = server.log();
    for secret in [OLD, NEW, SERVICE_PASSWORD] {
        assert_eq!(log.lines().find(|line| line.contains(secret)), None, "the log holds {secret}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_directory_is_unavailable_in_bounded_time() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let (server, _folder) = start_at(&format!("ldap://{}", listener.local_addr().unwrap()), "").await;
    let start = json!({ "identifier": "carol", "intent": "reset" });
    for _ in 0..2 {
        let answer = server.ask(Method::POST, "/recovery", None, &start).await;
        assert_eq!(answer.status, 502, "{}", answer.text);
        assert!(answer.took < Duration::from_secs(3), "{:?}", answer.took);
    }
    assert_eq!(server.ready().await.status, 502);
    assert!(server.log().contains("no answer within 1000 ms"), "the log says what is wrong");
}
