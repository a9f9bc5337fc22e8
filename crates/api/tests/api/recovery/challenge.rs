//! Choosing a method and sending again.

use crate::support::Site;
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn choosing_a_method_sends_a_code() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    let flow = site.start("alice").await;
    let answer = site.call("POST", "/recovery/challenge").flow(&flow).json(&json!({ "method": "email" }));
    let answer = answer.send(&site.router).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    assert_eq!(answer.text("state"), "challenge");
    assert_eq!(answer.json()["challenge"]["kind"], "email");
    assert!(answer.json()["challenge"]["masked"].is_null(), "nothing is shown before the first proof");
    assert_eq!(site.newest_code().await.len(), 6);
}

#[tokio::test]
async fn sending_again_too_soon_says_when() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    let flow = site.start("alice").await;
    site.send_code(&flow).await;
    let body = json!({ "method": "email" });
    let again = site.call("POST", "/recovery/challenge").flow(&flow).json(&body).send(&site.router).await;
    assert_eq!(again.problem(), (429, "rate-limited".to_owned()));
    let seconds = again.json()["retry_after"].as_u64().expect("seconds");
    assert!((1..=60).contains(&seconds));
    assert_eq!(again.header("retry-after"), seconds.to_string());
}

#[tokio::test]
async fn a_method_that_is_not_offered_is_not_found() {
    let site = Site::new().await;
    let flow = site.start("alice").await;
    let body = json!({ "method": "telepathy" });
    let answer = site.call("POST", "/recovery/challenge").flow(&flow).json(&body).send(&site.router).await;
    assert_eq!(answer.problem(), (404, "method-not-found".to_owned()));
}
