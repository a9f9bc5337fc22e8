//! The key that seals is replaced while people use the server: everything still works, and the old key opens nothing any more.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use reqwest::Method;
use serde_json::{Value, json};
use sspr_server::config::KeyFile;
use std::{fs, path::Path};
use support::{Running, postgres::Database};

async fn ask(server: &Running, path: &str, flow: Option<&str>, body: Value) -> Value {
    let answer = server.ask(Method::POST, path, flow, &body).await;
    assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.text);
    answer.json()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// A flow of blair's that waits for its code by mail.
async fn begin(server: &Running) -> (String, String) {
    let flow = text(
        &ask(server, "/recovery", None, json!({ "identifier": "blair", "intent": "reset" })).await["flow"],
    );
    let sent = ask(server, "/recovery/challenge", Some(&flow), json!({ "method": "email" })).await;
    (flow, text(&sent["challenge"]["id"]))
}

async fn answer(server: &Running, (flow, challenge): (String, String), code: &str) -> String {
    let body = json!({ "challenge": challenge, "code": code });
    text(&ask(server, "/recovery/verify", Some(&flow), body).await["flow"])
}

/// A code on a printed sheet, whose hash only the first key can make, still proves.
async fn recovery_code(server: &Running, flow: &str, code: &str) {
    let options = server.ask(Method::GET, "/recovery", Some(flow), &json!({})).await.json();
    let option =
        options["methods"].as_array().unwrap().iter().find(|it| it["kind"] == "recovery_code").unwrap();
    let sent = ask(server, "/recovery/challenge", Some(flow), json!({ "method": option["id"] })).await;
    answer(server, (flow.to_owned(), text(&sent["challenge"]["id"])), code).await;
}

fn lines(server: &Running) -> usize {
    fs::read_to_string(server.folder().join("key")).unwrap().lines().count()
}

async fn replaced_step_by_step(mut server: Running) {
    let old = fs::read_to_string(server.folder().join("key")).unwrap();
    let waiting = begin(&server).await;
    let code = server.message_to("blair@home.example").await.code.unwrap();

    assert!(server.run(&["key", "prepare"]).contains("restart"));
    server.restart();
    assert!(server.run(&["key", "use"]).contains("reseal"));
    server.restart();
    let said = server.run(&["key", "reseal"]);
    assert!(!said.starts_with("0 sealed"), "{said}");
    assert!(server.run(&["key", "show"]).contains("keys: 2; the last one seals"));
    server.restart();

    let flow = answer(&server, waiting, &code).await;
    recovery_code(&server, &flow, "bcdfg-23456").await;

    // Another time: the key between is forgotten, the first stays.
    let said = server.run(&["key", "rotate"]);
    assert!(said.contains("1 keys forgotten"), "{said}");
    assert_eq!(lines(&server), 2);
    server.restart();
    server.mailbox.clear();
    let waiting = begin(&server).await;
    let code = server.message_to("blair@home.example").await.code.unwrap();
    let flow = answer(&server, waiting, &code).await;
    recovery_code(&server, &flow, "hjkmn-34567").await;

    let stolen = server.folder().join("stolen");
    fs::write(&stolen, old).unwrap();
    fs::set_permissions(&stolen, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    nothing_opens(&server, &stolen).await;
}

/// Whoever copied the old key and now copies the database learns nothing: not one method can be read by it.
async fn nothing_opens(server: &Running, old: &Path) {
    fs::rename(old, server.folder().join("key")).unwrap();
    assert_eq!(KeyFile::load(&server.folder().join("key")).unwrap().count(), 1);
    let failed = server.try_run(&["key", "reseal"]);
    assert!(failed.contains("does not open"), "{failed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replaced_key_opens_nothing_any_more_and_nobody_notices() {
    replaced_step_by_step(Running::start("warn").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_over_postgresql_on_two_nodes() {
    let database = Database::new().await;
    replaced_step_by_step(Running::start_nodes("warn", 2, Some(&database.url)).await).await;
}
