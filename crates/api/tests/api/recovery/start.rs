//! Starting, reading and cancelling a flow.

use crate::support::Site;
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn a_start_is_accepted_and_gives_a_token() {
    let site = Site::new().await;
    let answer = site.post("/recovery", &json!({ "identifier": "alice", "intent": "reset" })).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    assert!(answer.text("flow").len() >= 22, "at least 128 bits in base64");
    assert_eq!(answer.text("state"), "choose");
    assert!(!answer.headers.contains_key("set-cookie"), "the anonymous part has no cookies");
}

#[tokio::test]
async fn a_flow_can_be_looked_at_again_by_its_token_alone() {
    let site = Site::new().await;
    let flow = site.start("alice").await;
    let view = site.call("GET", "/recovery").flow(&flow).send(&site.router).await.ok();
    assert_eq!(view.text("state"), "choose");
    assert!(view.json()["flow"].is_null(), "a token that did not change is not sent again");
}

#[tokio::test]
async fn no_token_a_wrong_one_and_an_endless_one_are_a_flow_that_is_gone() {
    let site = Site::new().await;
    let bare = site.get("/recovery").await;
    assert_eq!(bare.problem(), (410, "flow-gone".to_owned()));
    for token in ["wrong", &"x".repeat(5_000)] {
        let answer = site.call("GET", "/recovery").flow(token).send(&site.router).await;
        assert_eq!(answer.problem(), (410, "flow-gone".to_owned()));
    }
}

#[tokio::test]
async fn a_cancelled_flow_is_gone() {
    let site = Site::new().await;
    let flow = site.start("alice").await;
    let answer = site.call("DELETE", "/recovery").flow(&flow).send(&site.router).await;
    assert_eq!((answer.status, answer.body.len()), (StatusCode::NO_CONTENT, 0));
    let after = site.call("GET", "/recovery").flow(&flow).send(&site.router).await;
    assert_eq!(after.problem(), (410, "flow-gone".to_owned()));
}

#[tokio::test]
async fn the_body_names_the_language_of_the_mails() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    let body = json!({ "identifier": "alice", "intent": "reset", "locale": "ja-JP" });
    let flow = site.post("/recovery", &body).await.ok().text("flow");
    site.send_code(&flow).await;
    let mail = site.newest_message().await;
    assert!(mail.chars().any(|c| ('ぁ'..='ん').contains(&c)), "{mail}");
}
