//! One line in the log for each request. Neither the path as it came, nor headers, nor bodies are ever part of it,
//! since ids, tokens and passwords travel there.

use crate::request_id::RequestId;
use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use web_time::Instant;

/// Logs the method, the route's template, the status and how long it took.
pub(crate) async fn request(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let request_id = request.extensions().get::<RequestId>().cloned();
    let response = next.run(request).await;
    tracing::info!(
        method = method.as_str(),
        route = route.as_ref().map_or("(none)", MatchedPath::as_str),
        status = response.status().as_u16(),
        latency_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        request_id = request_id.as_ref().map_or("", |id| id.0.as_str()),
        "request"
    );
    response
}
