//! A whole recovery over HTTP, with the database, SMTP and the gateway for real, and a log that tells nothing of it.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use reqwest::Method;
use serde_json::{Value, json};
use support::{Running, postgres};

const NEW_PASSWORD: &str = "Marked-Harbour-77";

/// One gate: chooses, reads the message, answers. Gives the new token, the next view and the code.
async fn pass(server: &Running, flow: &str, method: &str, to: &str) -> (String, Value, String) {
    server.mailbox.clear();
    let sent =
        server.ask(Method::POST, "/recovery/challenge", Some(flow), &json!({ "method": method })).await;
    assert_eq!(sent.status, 202, "{}", sent.text);
    let message = server.message_to(to).await;
    let code = message.code.unwrap_or_else(|| panic!("no code in: {}", message.text));
    let answer = json!({ "challenge": sent.json()["challenge"]["id"], "code": code });
    let passed = server.ask(Method::POST, "/recovery/verify", Some(flow), &answer).await;
    assert_eq!(passed.status, 200, "{}", passed.text);
    let view = passed.json();
    (view["flow"].as_str().unwrap().to_owned(), view, code)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_gates_lead_to_a_new_password_and_the_log_holds_no_secret() {
    resets_a_password(Running::start("trace").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_of_a_recovery_may_reach_another_node() {
    let database = postgres::Database::new().await;
    resets_a_password(Running::start_nodes("trace", 2, Some(&database.url)).await).await;
}

async fn resets_a_password(server: Running) {
    let start = json!({ "identifier": "kit", "intent": "reset" });
    let started = server.ask(Method::POST, "/recovery", None, &start).await;
    assert_eq!(started.status, 202, "{}", started.text);
    let first = started.json()["flow"].as_str().unwrap().to_owned();

    let (second, view, mail_code) = pass(&server, &first, "email", "kit@home.example").await;
    let phone = view["methods"].as_array().unwrap().iter().find(|method| method["kind"] == "sms").unwrap();
    let (third, view, text_code) =
        pass(&server, &second, phone["id"].as_str().unwrap(), "+819012340004").await;
    assert_eq!(view["policy"]["min_length"], 8);

    server.mailbox.clear();
    let password = json!({ "new_password": NEW_PASSWORD, "end_other_sessions": true });
    let done = server.ask(Method::POST, "/recovery/password", Some(&third), &password).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert!(server.message_to("kit@home.example").await.text.len() > 20);

    let sign_in = async |password: &str| {
        let body = json!({ "identifier": "kit", "password": password });
        server.ask(Method::POST, "/session", None, &body).await
    };
    assert_ne!(sign_in("Old-Harbor-42").await.status, 200);
    let signed_in = sign_in(NEW_PASSWORD).await;
    assert_eq!(signed_in.status, 200, "{}", signed_in.text);
    let cookie = signed_in.headers["set-cookie"].to_str().unwrap().to_owned();
    let cookie = cookie.split_once('=').unwrap().1.split(';').next().unwrap();

    let log = server.log();
    assert!(log.contains("request"), "nothing was logged");
    let secrets = [&first, &second, &third, &mail_code, &text_code, NEW_PASSWORD, "Old-Harbor-42", cookie];
    for secret in secrets {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "the log holds {secret}");
    }
}
