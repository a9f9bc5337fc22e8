//! `/session`.

use crate::support::{PASSWORD, Site};
use axum::http::StatusCode;
use serde_json::json;
use sspr_api::Options;

#[tokio::test]
async fn nobody_is_signed_in_at_first_and_that_is_no_error() {
    let view = Site::new().await.get("/session").await.ok();
    assert_eq!(view.json()["signed_in"], false);
}

#[tokio::test]
async fn signing_in_sets_a_cookie_that_scripts_and_other_sites_cannot_use() {
    let site = Site::new().await;
    let answer = site.post("/session", &json!({ "identifier": "alice", "password": PASSWORD })).await.ok();
    let line = answer.header("set-cookie");
    assert!(line.starts_with("__Host-sspr="), "{line}");
    for part in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"] {
        assert!(line.split("; ").any(|given| given == part), "{part} in {line}");
    }
    assert_eq!(answer.json()["signed_in"], true);
    assert!(!answer.text("csrf").is_empty());
}

#[tokio::test]
async fn without_https_the_cookie_is_plainly_named() {
    let site = Site::with(Options { secure_cookies: false, ..Options::default() }).await;
    let answer = site.post("/session", &json!({ "identifier": "alice", "password": PASSWORD })).await.ok();
    let line = answer.header("set-cookie");
    assert!(line.starts_with("sspr=") && !line.contains("Secure"), "{line}");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_refused_alike() {
    let site = Site::new().await;
    for name in ["alice", "nobody-at-all"] {
        let answer = site.post("/session", &json!({ "identifier": name, "password": "wrong" })).await;
        assert_eq!(answer.problem(), (401, "sign-in-failed".to_owned()));
        assert!(!answer.headers.contains_key("set-cookie"));
    }
}

#[tokio::test]
async fn where_others_sign_people_in_the_own_sign_in_is_off() {
    let site = Site::with(Options { sign_in: false, ..Options::default() }).await;
    let answer = site.post("/session", &json!({ "identifier": "alice", "password": PASSWORD })).await;
    assert_eq!(answer.problem(), (403, "not-allowed".to_owned()));
}

#[tokio::test]
async fn signing_out_needs_the_token_and_ends_the_session() {
    let site = Site::new().await;
    let session = site.sign_in("alice").await;
    let bare = site.call("DELETE", "/session").header("cookie", &session.cookie).send(&site.router).await;
    assert_eq!(bare.problem(), (403, "csrf".to_owned()));

    let out = session.call("DELETE", "/session").send(&site.router).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    let after = session.call("GET", "/session").send(&site.router).await.ok();
    assert_eq!(after.json()["signed_in"], false);
}

#[tokio::test]
async fn who_is_not_signed_in_can_sign_out_all_the_same() {
    let site = Site::new().await;
    let out = site.call("DELETE", "/session").header("cookie", "__Host-sspr=stale").send(&site.router).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn proving_again_takes_the_right_password() {
    let site = Site::new().await;
    let session = site.sign_in("alice").await;
    let prove = |password: &str| {
        session.call("POST", "/me/reauthenticate").json(&json!({ "password": password })).send(&site.router)
    };
    assert_eq!(prove("wrong").await.problem(), (422, "current-password-incorrect".to_owned()));
    let view = prove(PASSWORD).await.ok();
    assert!(view.json()["fresh_for"].as_u64().is_some_and(|seconds| seconds > 0));
}
