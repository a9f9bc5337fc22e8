//! `GET /describe`.

use crate::support::{BASE, Call, Site};
use axum::http::StatusCode;

#[tokio::test]
async fn it_says_what_is_switched_on() {
    let answer = Site::new().await.get("/describe").await.ok();
    let description = answer.json();
    assert_eq!(description["version"], 1);
    assert_eq!(description["features"]["reset"], true);
    assert!(description["recovery_methods"].as_array().is_some_and(|methods| !methods.is_empty()));
}

#[tokio::test]
async fn it_may_be_kept_for_five_minutes_and_is_not_sent_again_while_it_is_right() {
    let site = Site::new().await;
    let first = site.get("/describe").await.ok();
    assert_eq!(first.header("cache-control"), "public, max-age=300");
    let tag = first.header("etag");
    for given in [tag.to_owned(), format!("\"other\", W/{tag}"), "*".to_owned()] {
        let again = Call::new("GET", &format!("{BASE}/describe")).header("if-none-match", &given);
        let again = again.send(&site.router).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{given}");
        assert_eq!((again.header("etag"), again.body.len()), (tag, 0));
    }
    let other = Call::new("GET", &format!("{BASE}/describe")).header("if-none-match", "\"other\"");
    assert_eq!(other.send(&site.router).await.status, StatusCode::OK);
}

#[tokio::test]
async fn everything_else_is_not_to_be_stored_sniffed_or_framed() {
    let site = Site::new().await;
    for path in ["/session", "/openapi.json", "/recovery", "/nowhere"] {
        let answer = site.get(path).await;
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
    }
}
