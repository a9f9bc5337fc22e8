//! One line in the log for each request. Neither the path as it came, nor headers, nor bodies are ever part of it,
//! since ids, tokens and passwords travel there.

use crate::{header, request_id::RequestId};
use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use sspr_core::wire::header::IDEMPOTENCY_KEY;
use uuid::Uuid;
use web_time::Instant;

/// How much of an idempotency key names a call in the log and on the person's screen (`<sspr-reset>` shows it while no
/// answer comes): enough to find it, and 74 random bits too few to fetch the answer that was kept under it.
const CALL: usize = 13;

/// The beginning of the request's idempotency key, where that is a key: letters from outside do not come into the log.
fn call(request: &Request) -> String {
    let key = request.headers().get(header(IDEMPOTENCY_KEY));
    let key = key.and_then(|key| Uuid::try_parse_ascii(key.as_bytes()).ok());
    key.map(|key| key.to_string().chars().take(CALL).collect()).unwrap_or_default()
}

/// Logs the method, the route's template, the status and how long it took.
pub(crate) async fn request(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let request_id = request.extensions().get::<RequestId>().cloned();
    let call = call(&request);
    let response = next.run(request).await;
    tracing::info!(
        method = method.as_str(),
        route = route.as_ref().map_or("(none)", MatchedPath::as_str),
        status = response.status().as_u16(),
        latency_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        call,
        request_id = request_id.as_ref().map_or("", |id| id.0.as_str()),
        "request"
    );
    response
}
