//! Setting the new password.

use crate::support::{PASSWORD, Site};
use serde_json::json;

#[tokio::test]
async fn a_proved_person_sets_a_password_and_signs_in_with_it() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    let flow = site.pass_gate(&site.start("alice").await).await;
    let new = "Warbler-Kettle-47";
    let body = json!({ "new_password": new, "end_other_sessions": true });
    let done = site.call("POST", "/recovery/password").flow(&flow).json(&body).send(&site.router).await.ok();
    assert_eq!((done.text("state"), done.text("identifier")), ("done".to_owned(), "alice".to_owned()));
    assert!(!done.headers.contains_key("set-cookie"), "a reset is no sign-in");

    let old = site.post("/session", &json!({ "identifier": "alice", "password": PASSWORD })).await;
    assert_eq!(old.problem(), (401, "sign-in-failed".to_owned()));
    site.post("/session", &json!({ "identifier": "alice", "password": new })).await.ok();
}

#[tokio::test]
async fn a_refused_password_is_refused_rule_by_rule_and_the_flow_lives() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    let flow = site.pass_gate(&site.start("alice").await).await;
    let body = json!({ "new_password": "abc", "end_other_sessions": false });
    let answer = site.call("POST", "/recovery/password").flow(&flow).json(&body).send(&site.router).await;
    assert_eq!(answer.problem(), (422, "password-rejected".to_owned()));
    let rules = answer.json()["violations"].as_array().cloned().unwrap_or_default();
    assert!(rules.iter().any(|violation| violation["rule"] == "min-length"), "{rules:?}");
    assert!(!String::from_utf8_lossy(&answer.body).contains("\"abc\""));
    site.call("GET", "/recovery").flow(&flow).send(&site.router).await.ok();
}

#[tokio::test]
async fn no_password_is_set_before_the_gate_is_passed() {
    let site = Site::new().await;
    let flow = site.start("alice").await;
    let body = json!({ "new_password": "Warbler-Kettle-47", "end_other_sessions": false });
    let answer = site.call("POST", "/recovery/password").flow(&flow).json(&body).send(&site.router).await;
    assert_eq!(answer.problem(), (409, "wrong-state".to_owned()));
}
