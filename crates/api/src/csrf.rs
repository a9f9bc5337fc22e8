//! Guards against requests that a foreign page makes a browser send.

use crate::{cors, extract::Refused, problem::Refusal, state::AppState};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
};
use sspr_core::wire::{ProblemCode, header::CSRF};
use sspr_service::Person;
use subtle::ConstantTimeEq;

/// Refuses unsafe requests from origins that are neither ours nor allowed.
pub(crate) async fn refuse_cross_site(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Refused {
    if !request.method().is_safe() && is_foreign(request.headers(), &state.options.allowed_origins) {
        return Err(Refusal::new(ProblemCode::Csrf));
    }
    Ok(next.run(request).await)
}

/// `Sec-Fetch-Site` decides where a browser sends it, since a page cannot set it and a proxy leaves it alone
/// (Fetch Metadata, section 2.3). Older browsers send `Origin` on unsafe requests; it must name our host then.
/// Who sends neither is no browser.
fn is_foreign(headers: &HeaderMap, allowed: &[String]) -> bool {
    let origin = headers.get(header::ORIGIN);
    if origin.is_some_and(|origin| cors::is_listed(allowed, origin)) {
        return false;
    }
    if let Some(site) = headers.get("sec-fetch-site") {
        return !matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    let Some(origin) = origin else { return false };
    let host = headers.get(header::HOST).map(|host| host.as_bytes());
    let named =
        origin.as_bytes().strip_prefix(b"https://").or_else(|| origin.as_bytes().strip_prefix(b"http://"));
    named.is_none() || host.is_none() || named != host
}

/// Refuses an unsafe request of a cookie session without its token.
pub(crate) async fn require_token(request: Request, next: Next) -> Refused {
    let session = request.extensions().get::<Person>().and_then(|person| person.session.as_ref());
    if let Some(session) = session
        && !request.method().is_safe()
        && !has_token(request.headers(), &session.csrf)
    {
        return Err(Refusal::new(ProblemCode::Csrf));
    }
    Ok(next.run(request).await)
}

/// Whether the request carries the session's token. Compared in constant time.
pub(crate) fn has_token(headers: &HeaderMap, expected: &str) -> bool {
    headers.get(CSRF).is_some_and(|token| bool::from(token.as_bytes().ct_eq(expected.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn foreign(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (crate::header(name), HeaderValue::from_static(value)))
            .collect::<HeaderMap>();
        is_foreign(&headers, &["https://intranet.example".to_owned()])
    }

    #[test]
    fn a_program_without_browser_headers_is_not_foreign() {
        assert!(!foreign(&[("host", "id.example")]));
    }

    #[test]
    fn an_old_browser_is_judged_by_host_and_origin() {
        assert!(!foreign(&[("host", "id.example:8443"), ("origin", "https://id.example:8443")]));
        assert!(foreign(&[("host", "id.example"), ("origin", "https://id.example.evil.test")]));
        assert!(foreign(&[("host", "id.example"), ("origin", "null")]));
        assert!(foreign(&[("origin", "https://id.example")]));
    }

    #[test]
    fn what_the_browser_says_about_the_site_decides() {
        assert!(!foreign(&[
            ("host", "behind-a-proxy"),
            ("origin", "https://id.example"),
            ("sec-fetch-site", "same-origin")
        ]));
        assert!(foreign(&[("host", "id.example"), ("sec-fetch-site", "cross-site")]));
        assert!(foreign(&[("host", "id.example"), ("sec-fetch-site", "same-site")]));
    }

    #[test]
    fn an_allowed_origin_may_come_from_another_site() {
        assert!(!foreign(&[
            ("host", "id.example"),
            ("origin", "https://intranet.example"),
            ("sec-fetch-site", "cross-site")
        ]));
    }
}
