//! `/me/methods`.

use crate::support::Site;
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn nobody_sees_methods_without_signing_in() {
    let site = Site::new().await;
    for (method, path) in [
        ("GET", "/me/methods"),
        ("POST", "/me/methods"),
        ("PATCH", "/me/methods/x"),
        ("DELETE", "/me/methods/x"),
        ("POST", "/me/methods/x/verify"),
        ("GET", "/me/password"),
        ("PUT", "/me/password"),
    ] {
        let answer = site.call(method, path).json(&json!({})).send(&site.router).await;
        assert_eq!(answer.problem(), (401, "session-required".to_owned()), "{method} {path}");
    }
}

#[tokio::test]
async fn an_address_counts_once_its_code_is_typed() {
    let site = Site::new().await;
    let session = site.sign_in("alice").await;
    let body = json!({ "kind": "email", "value": "alice@home.example", "label": "Home" });
    let added = session.call("POST", "/me/methods").json(&body).send(&site.router).await;
    assert_eq!(added.status, StatusCode::CREATED);
    let method = added.json()["method"].clone();
    assert_eq!((&method["verified"], &method["label"]), (&json!(false), &json!("Home")));
    assert!(!String::from_utf8_lossy(&added.body).contains("alice@home.example"), "masked even to its owner");

    let verify = format!("/me/methods/{}/verify", method["id"].as_str().expect("an id"));
    let code = json!({ "code": site.newest_code().await });
    let list = session.call("POST", &verify).json(&code).send(&site.router).await.ok();
    assert_eq!(list.json()["methods"][0]["verified"], true);
    assert_eq!(list.json()["registered"], 1);
}

#[tokio::test]
async fn a_method_is_renamed_and_removed() {
    let site = Site::new().await;
    let session = site.enroll_email("bob").await;
    let list = session.call("GET", "/me/methods").send(&site.router).await.ok().json();
    let one = format!("/me/methods/{}", list["methods"][0]["id"].as_str().expect("an id"));
    let renamed = session.call("PATCH", &one).json(&json!({ "label": "Post" })).send(&site.router).await.ok();
    assert_eq!(renamed.json()["methods"][0]["label"], "Post");
    assert_eq!(session.call("DELETE", &one).send(&site.router).await.problem().1, "last-method");
}

#[tokio::test]
async fn an_id_of_somebody_else_or_of_nobody_is_not_found() {
    let site = Site::new().await;
    let alice = site.enroll_email("alice").await;
    let list = alice.call("GET", "/me/methods").send(&site.router).await.ok().json();
    let hers = list["methods"][0]["id"].as_str().expect("an id").to_owned();
    let bob = site.sign_in("bob").await;
    for id in [hers.as_str(), "none", "%ff%fe", &"x".repeat(300)] {
        let answer = bob.call("PATCH", &format!("/me/methods/{id}")).json(&json!({ "label": "Mine" }));
        assert_eq!(answer.send(&site.router).await.problem(), (404, "method-not-found".to_owned()), "{id}");
    }
}
