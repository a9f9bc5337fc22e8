//! A list of leaked passwords over real HTTP: what it is asked, and every way in which it may fail.
#![allow(clippy::unwrap_used, reason = "a test")]

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use sspr_server::{breached::HttpList, config::BreachedSection};
use sspr_service::breached::BreachedList;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

async fn answer(Path(prefix): Path<String>, headers: HeaderMap) -> Response {
    match prefix.as_str() {
        "5BAA6" if headers.get("add-padding").is_some_and(|it| it == "true") => "REST:1\r\n".into_response(),
        "00001" => StatusCode::TOO_MANY_REQUESTS.into_response(),
        "00002" => Redirect::to("/range/5BAA6").into_response(),
        "00003" => "x".repeat(3 << 20).into_response(),
        "00004" => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            "late".into_response()
        }
        "00005" => vec![0xff, 0xfe].into_response(),
        _ => StatusCode::BAD_REQUEST.into_response(),
    }
}

async fn list() -> HttpList {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/range/{prefix}", get(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let url = Some(format!("http://{address}/range/"));
    HttpList::new(&BreachedSection { url, timeout_seconds: 1, ..BreachedSection::default() })
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn five_digits_go_to_the_end_of_the_address_and_padding_is_asked_for() {
    assert_eq!(list().await.range("5BAA6").await.unwrap(), "REST:1\r\n");
}

#[tokio::test]
async fn every_failure_of_the_list_is_told_and_none_is_an_answer() {
    let list = list().await;
    let begun = Instant::now();
    for (prefix, why) in [
        ("00001", "it answered 429"),
        ("00002", "it answered 303"),
        ("00003", "its answer is too long"),
        ("00004", "not in time"),
        ("00005", "its answer is no text"),
    ] {
        let error = list.range(prefix).await.unwrap_err();
        assert!(error.to_string().ends_with(why), "{prefix}: {error}");
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "a list that hangs holds nobody up");
}

#[tokio::test]
async fn a_list_that_is_not_there_cannot_be_reached() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let section = BreachedSection { url: Some(format!("http://{free}/")), ..BreachedSection::default() };
    let error = HttpList::new(&section).unwrap().unwrap().range("5BAA6").await.unwrap_err();
    assert!(error.to_string().ends_with("it cannot be reached"), "{error}");
}

#[test]
fn without_an_address_there_is_no_list() {
    assert!(HttpList::new(&BreachedSection::default()).unwrap().is_none());
}
