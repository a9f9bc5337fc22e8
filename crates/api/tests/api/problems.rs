//! Refusals that no resource owns, and what all of them have.

use crate::support::{BASE, Call, Site};
use async_trait::async_trait;
use axum::http::request::Parts;
use sspr_api::{Identified, Identity, IdentityError, Options};
use std::sync::Arc;

/// A sign-in with a mistake in it.
struct Broken;

#[async_trait]
impl Identity for Broken {
    async fn identify(&self, _request: &Parts) -> Result<Option<Identified>, IdentityError> {
        panic!("secret-of-the-panic")
    }
}

#[tokio::test]
async fn a_panic_is_a_problem_that_says_nothing() {
    let site = Site::with(Options { identity: Arc::new(Broken), ..Options::default() }).await;
    let answer = site.get("/session").await;
    assert_eq!(answer.problem(), (500, "internal".to_owned()));
    assert!(!String::from_utf8_lossy(&answer.body).contains("secret"));
    site.get("/describe").await.ok();
}

#[tokio::test]
async fn an_unknown_path_is_a_problem_inside_and_outside_the_base() {
    let site = Site::new().await;
    for path in ["/sspr/v1/nowhere", "/nowhere", "/sspr/v1", "/sspr/v1/me/methods/a/b/c"] {
        let answer = Call::new("GET", path).send(&site.router).await;
        assert_eq!(answer.problem(), (404, "not-found".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn a_wrong_method_is_a_problem_that_names_the_right_ones() {
    let site = Site::new().await;
    let answer = Call::new("PUT", &format!("{BASE}/recovery")).send(&site.router).await;
    assert_eq!(answer.problem(), (405, "not-found".to_owned()));
    assert!(answer.header("allow").contains("POST"), "{:?}", answer.headers);
}

#[tokio::test]
async fn the_sentence_is_in_the_language_that_is_accepted() {
    let site = Site::new().await;
    let ask = |language: &'static str| {
        Call::new("GET", &format!("{BASE}/nowhere")).header("accept-language", language).send(&site.router)
    };
    let english = ask("en").await.text("detail");
    let japanese = ask("ja-JP, en;q=0.5").await.text("detail");
    assert_ne!(english, japanese);
    assert!(japanese.ends_with('。'), "{japanese}");
    assert_eq!(ask("tlh").await.text("detail"), english);
}

#[tokio::test]
async fn each_request_has_a_name_of_our_own() {
    let site = Site::new().await;
    let ask = || {
        Call::new("GET", &format!("{BASE}/session")).header("sspr-request-id", "chosen").send(&site.router)
    };
    let (first, second) = (ask().await, ask().await);
    assert_ne!(first.header("sspr-request-id"), second.header("sspr-request-id"));
    assert_eq!(first.header("sspr-request-id").len(), 36);
}
