//! Requests that a foreign page makes a browser send.

use crate::support::{BASE, Call, FRIEND, Site};
use serde_json::json;

fn start() -> Call {
    let body = json!({ "identifier": "alice", "intent": "reset" });
    Call::new("POST", &format!("{BASE}/recovery")).header("host", "id.example").json(&body)
}

#[tokio::test]
async fn a_foreign_page_can_start_nothing() {
    let site = Site::new().await;
    for call in [
        start().header("origin", "https://evil.test"),
        start().header("origin", "null"),
        start().header("sec-fetch-site", "cross-site"),
        start().header("sec-fetch-site", "same-site").header("origin", "https://other.id.example"),
    ] {
        assert_eq!(call.send(&site.router).await.problem(), (403, "csrf".to_owned()));
    }
}

#[tokio::test]
async fn the_own_page_an_allowed_one_and_programs_can() {
    let site = Site::new().await;
    for call in [
        start(),
        start().header("origin", "https://id.example"),
        start().header("origin", "https://id.example").header("sec-fetch-site", "same-origin"),
        start().header("origin", FRIEND).header("sec-fetch-site", "cross-site"),
    ] {
        call.send(&site.router).await.ok();
    }
}

#[tokio::test]
async fn a_cookie_session_needs_its_token_on_unsafe_requests() {
    let site = Site::new().await;
    let session = site.sign_in("alice").await;
    let change = |csrf: &str| {
        Call::new("POST", &format!("{BASE}/me/contacts/confirm"))
            .header("cookie", &session.cookie)
            .header("x-csrf-token", csrf)
            .json(&json!({}))
            .send(&site.router)
    };
    assert_eq!(change("").await.problem(), (403, "csrf".to_owned()));
    assert_eq!(change("guess").await.problem(), (403, "csrf".to_owned()));
    let other = site.sign_in("bob").await;
    assert_eq!(change(&other.csrf).await.problem(), (403, "csrf".to_owned()));
    change(&session.csrf).await.ok();
}

#[tokio::test]
async fn reading_needs_no_token() {
    let site = Site::new().await;
    let session = site.sign_in("alice").await;
    Call::new("GET", &format!("{BASE}/me/methods"))
        .header("cookie", &session.cookie)
        .send(&site.router)
        .await
        .ok();
}
