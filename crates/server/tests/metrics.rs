//! What a node counts for Prometheus, and what of that is told.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use reqwest::Method;
use serde_json::json;
use std::fs;
use support::Running;

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_a_refusal_and_a_mail_that_nobody_takes_are_counted_without_names() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("sspr-server.toml");
    let text = "[server]\nmetrics_listen = \"127.0.0.1:0\"\nhttps = false\n\
                [policy]\nrecovery_methods = [\"email\"]\ngates = 1\n\
                [password.hashing]\nmemory = 64\npasses = 1\n";
    fs::write(&config, text).unwrap();
    let people = folder.path().join("people.json");
    let mai = json!([{ "username": "mai", "password": "Old-Harbor-42",
        "methods": [{ "kind": "email", "value": "mai@home.example" }] }]);
    fs::write(&people, mai.to_string()).unwrap();
    let server = Running::start_with("info", 1, None, &config, Some(&people)).await;

    let start = json!({ "identifier": "mai", "intent": "reset" });
    let flow = server.ask(Method::POST, "/recovery", None, &start).await.json()["flow"].clone();
    let flow = flow.as_str().unwrap();
    let chosen =
        server.ask(Method::POST, "/recovery/challenge", Some(flow), &json!({ "method": "email" })).await;
    let code = server.message_to("mai@home.example").await.code.unwrap();
    let wrong = json!({ "challenge": chosen.json()["challenge"]["id"], "code": "12345" });
    server.ask(Method::POST, "/recovery/verify", Some(flow), &wrong).await;
    let right = json!({ "challenge": chosen.json()["challenge"]["id"], "code": code });
    let passed =
        server.ask(Method::POST, "/recovery/verify", Some(flow), &right).await.json()["flow"].clone();
    let new = json!({ "new_password": "Quilted-Lantern-77", "end_other_sessions": true });
    let done = server.ask(Method::POST, "/recovery/password", passed.as_str(), &new).await;
    assert_eq!(done.status, 200, "{}", done.text);

    let told = server.metrics().await;
    for line in [
        r#"sspr_activities_total{activity="start_recovery",result="success",detail=""} 1"#,
        r#"sspr_activities_total{activity="send_challenge",result="success",detail="email"} 1"#,
        r#"sspr_activities_total{activity="verify_challenge",result="failure",detail="email"} 1"#,
        r#"sspr_activities_total{activity="verify_challenge",result="success",detail="email"} 1"#,
        r#"sspr_activities_total{activity="reset_password",result="success",detail="email"} 1"#,
        r#"sspr_refusals_total{code="code-incorrect"} 1"#,
        r#"sspr_request_duration_seconds_count{method="POST",route="/sspr/v1/recovery",status="202"} 1"#,
        "sspr_store_up 1",
        "sspr_directory_up 1",
        "sspr_outbox_dead 0",
        "# EOF",
    ] {
        assert!(told.contains(line), "{line} is not in:\n{told}");
    }
    for part in ["sspr_password_hash_seconds_count", "sspr_store_connections_open", "channel=\"email\""] {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
    for secret in ["mai", "home.example", flow, code.as_str(), "127.0.0"] {
        assert!(!told.replace("email", "").contains(secret), "{secret} is told:\n{told}");
    }
}
