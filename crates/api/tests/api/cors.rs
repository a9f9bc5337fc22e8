//! Cross-origin reads.

use crate::support::{BASE, Call, FRIEND, Site};

async fn preflight(site: &Site, path: &str, origin: &str) -> crate::support::Answer {
    Call::new("OPTIONS", &format!("{BASE}{path}"))
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type,sspr-flow,idempotency-key")
        .send(&site.router)
        .await
        .ok()
}

#[tokio::test]
async fn an_allowed_origin_may_send_the_contracts_headers() {
    let answer = preflight(&Site::new().await, "/recovery", FRIEND).await;
    assert_eq!(answer.header("access-control-allow-origin"), FRIEND);
    assert_eq!(answer.header("access-control-max-age"), "600");
    for name in
        ["content-type", "accept-language", "authorization", "sspr-flow", "x-csrf-token", "idempotency-key"]
    {
        assert!(
            answer.header("access-control-allow-headers").split(',').any(|given| given == name),
            "{name}"
        );
    }
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        assert!(
            answer.header("access-control-allow-methods").split(',').any(|given| given == method),
            "{method}"
        );
    }
}

#[tokio::test]
async fn other_origins_are_allowed_nothing() {
    let site = Site::new().await;
    for origin in
        ["https://evil.test", "https://intranet.example.evil.test", "null", "HTTPS://INTRANET.EXAMPLE"]
    {
        let answer = preflight(&site, "/recovery", origin).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
    }
}

#[tokio::test]
async fn credentials_are_allowed_only_where_a_session_counts() {
    let site = Site::new().await;
    let cases = [
        ("/session", "true"),
        ("/me/methods", "true"),
        ("/me/password", "true"),
        ("/recovery", ""),
        ("/describe", ""),
    ];
    for (path, credentials) in cases {
        let answer = preflight(&site, path, FRIEND).await;
        assert_eq!(answer.header("access-control-allow-credentials"), credentials, "{path}");
    }
    let stranger = preflight(&site, "/session", "https://evil.test").await;
    assert_eq!(stranger.header("access-control-allow-credentials"), "");
}

#[tokio::test]
async fn an_answer_can_be_read_by_an_allowed_origin_and_differs_by_origin() {
    let site = Site::new().await;
    let answer =
        Call::new("GET", &format!("{BASE}/describe")).header("origin", FRIEND).send(&site.router).await;
    assert_eq!(answer.header("access-control-allow-origin"), FRIEND);
    for name in ["retry-after", "etag", "sspr-request-id"] {
        assert!(answer.header("access-control-expose-headers").contains(name), "{name}");
    }
    assert!(answer.header("vary").contains("origin"));
}

#[tokio::test]
async fn a_problem_can_be_read_by_an_allowed_origin_too() {
    let site = Site::new().await;
    let answer =
        Call::new("GET", &format!("{BASE}/recovery")).header("origin", FRIEND).send(&site.router).await;
    assert_eq!(answer.problem(), (410, "flow-gone".to_owned()));
    assert_eq!(answer.header("access-control-allow-origin"), FRIEND);
}
