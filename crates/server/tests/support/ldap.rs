//! The server with its accounts in an LDAP directory: a whole recovery over HTTP, whichever directory it is.

use super::{Answer, Running};
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant},
};
use tempfile::TempDir;

pub(crate) const NEW: &str = "Marked-Harbour-77";
const HOME: &str = "carol@home.example";

/// A directory of the test's own, which has Carol.
pub(crate) trait Directory {
    /// Carol's password, and that of the service account.
    const PASSWORDS: [&'static str; 2];
    fn stop(&mut self);
    fn go_on(&mut self);
    /// Whether a password opens Carol's account.
    fn opens(&self, password: &str) -> bool;
}

/// A server over a directory, by what an administrator would write from `[directory]` on; the folder must outlive it.
pub(crate) async fn start(section: &str, service_password: &str) -> (Running, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let password = folder.path().join("ldap-password");
    fs::write(&password, format!("{service_password}\n")).unwrap();
    fs::set_permissions(&password, fs::Permissions::from_mode(0o600)).unwrap();
    let text = format!(
        r#"
[server]
https = false
even_answer_ms = 10
{section}
bind_password_file = "ldap-password"
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
async fn enrol(server: &Running, password: &str) {
    let session = sign_in(server, password).await;
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

/// Carol registers an address and later resets her password, which the directory first refuses by a rule and then is
/// not there for. What she was shown before she typed.
pub(crate) async fn recovery<D: Directory>(
    directory: &mut D,
    server: &Running,
    refused: &str,
    rule: &str,
) -> Value {
    let [old, service_password] = D::PASSWORDS;
    assert_eq!(server.ready().await.status, 200);
    enrol(server, old).await;
    let (flow, view) = prove(server).await;

    let answer = set(server, &flow, refused).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["violations"][0]["rule"]), (422, &json!(rule)));

    directory.stop();
    let begun = Instant::now();
    let down = set(server, &flow, NEW).await;
    assert_eq!(down.status, 502, "{}", down.text);
    assert!(down.json()["type"].as_str().unwrap().ends_with("directory-unavailable"), "{}", down.text);
    assert_eq!(server.ready().await.status, 502);
    assert_eq!(sign_in(server, old).await.status, 502);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    directory.go_on();
    assert_eq!(server.ready().await.status, 200);

    let done = set(server, &flow, NEW).await;
    assert_eq!(done.status, 200, "the proof outlives the directory: {}", done.text);
    assert!(directory.opens(NEW) && !directory.opens(old));
    assert_eq!(sign_in(server, NEW).await.status, 200);
    assert_ne!(sign_in(server, old).await.status, 200);
    let log = server.log();
    for secret in [old, NEW, service_password] {
        assert_eq!(log.lines().find(|line| line.contains(secret)), None, "the log holds {secret}");
    }
    view
}
