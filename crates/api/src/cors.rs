//! Cross-origin reads: an exact allow-list, and credentials only where a session counts.

use crate::{Options, header as name};
use axum::http::{HeaderName, HeaderValue, Method, header, request::Parts};
use sspr_core::wire::{
    BASE_PATH,
    header::{CSRF, FLOW, IDEMPOTENCY_KEY, REQUEST_ID},
};
use std::{sync::Arc, time::Duration};
use tower_http::cors::{AllowCredentials, AllowOrigin, CorsLayer};

/// Seconds for which a browser may remember a preflight.
const MAX_AGE: Duration = Duration::from_secs(600);

/// Answers preflights and marks what other origins may read.
pub(crate) fn layer(options: &Options) -> CorsLayer {
    let allowed: Arc<[String]> = options.allowed_origins.clone().into();
    let credentialed = Arc::clone(&allowed);
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(move |origin, _| is_listed(&allowed, origin)))
        .allow_credentials(AllowCredentials::predicate(move |origin, request| {
            is_listed(&credentialed, origin) && takes_credentials(request)
        }))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers(request_headers())
        .expose_headers([header::RETRY_AFTER, header::ETAG, name(REQUEST_ID)])
        .max_age(MAX_AGE)
}

/// Whether pages of this origin may call us.
pub(crate) fn is_listed(allowed: &[String], origin: &HeaderValue) -> bool {
    allowed.iter().any(|listed| listed.as_bytes() == origin.as_bytes())
}

/// The part of the contract that knows sessions. The rest works without any cookie.
fn takes_credentials(request: &Parts) -> bool {
    let path = request.uri.path().strip_prefix(BASE_PATH).unwrap_or_default();
    path == "/session" || path.starts_with("/me/")
}

fn request_headers() -> [HeaderName; 6] {
    [
        header::CONTENT_TYPE,
        header::ACCEPT_LANGUAGE,
        header::AUTHORIZATION,
        name(FLOW),
        name(CSRF),
        name(IDEMPOTENCY_KEY),
    ]
}
