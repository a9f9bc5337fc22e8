//! Sign-in that happens elsewhere.

use crate::support::{Call, Site};
use async_trait::async_trait;
use axum::http::request::Parts;
use serde_json::json;
use sspr_api::{Identified, Identity, IdentityError, Options};
use std::sync::Arc;

/// A reverse proxy that names the person in a header.
struct Proxy;

#[async_trait]
impl Identity for Proxy {
    async fn identify(&self, request: &Parts) -> Result<Option<Identified>, IdentityError> {
        match request.headers.get("x-user").map(|name| name.as_bytes()) {
            None => Ok(None),
            Some(b"forged") => Err(IdentityError::Refused("bad signature".to_owned())),
            Some(b"later") => Err(IdentityError::Unavailable("no keys".to_owned())),
            Some(name) => Ok(Some(Identified {
                identifier: String::from_utf8_lossy(name).into_owned(),
                authenticated_at: None,
            })),
        }
    }
}

async fn behind_proxy() -> Site {
    Site::with(Options { identity: Arc::new(Proxy), sign_in: false, ..Options::default() }).await
}

fn methods(site: &Site, name: &str) -> Call {
    site.call("GET", "/me/methods").header("x-user", name)
}

#[tokio::test]
async fn whom_the_proxy_names_is_signed_in_without_cookie_or_token() {
    let site = behind_proxy().await;
    methods(&site, "alice").send(&site.router).await.ok();
    let confirm = site.call("POST", "/me/contacts/confirm").header("x-user", "alice").json(&json!({}));
    confirm.send(&site.router).await.ok();
    let view = site.call("GET", "/session").header("x-user", "alice").send(&site.router).await.ok();
    assert_eq!(
        (view.json()["signed_in"].clone(), view.text("identifier")),
        (json!(true), "alice".to_owned())
    );
    assert!(view.json()["csrf"].is_null());
}

#[tokio::test]
async fn forged_unknown_and_missing_names_are_nobody() {
    let site = behind_proxy().await;
    for name in ["forged", "nobody-at-all"] {
        let answer = methods(&site, name).send(&site.router).await;
        assert_eq!(answer.problem(), (401, "session-required".to_owned()), "{name}");
        assert!(!String::from_utf8_lossy(&answer.body).contains("signature"), "reasons are for the log");
    }
    assert_eq!(site.get("/me/methods").await.problem(), (401, "session-required".to_owned()));
}

#[tokio::test]
async fn what_cannot_be_checked_now_is_for_later() {
    let site = behind_proxy().await;
    assert_eq!(methods(&site, "later").send(&site.router).await.problem(), (503, "overloaded".to_owned()));
}
