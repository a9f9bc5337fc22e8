//! Counts requests by their route's template, status and time.

use crate::Metrics;
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use sspr_api::RefusedWith;
use std::time::Instant;

/// Methods that have a name here; others share one, since anybody can invent some.
const METHODS: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

pub(super) async fn requests(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = METHODS.into_iter().find(|it| *it == request.method().as_str()).unwrap_or("other");
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("(none)", MatchedPath::as_str);
    let code = response.extensions().get::<RefusedWith>().map(|it| it.0.word());
    metrics.request(method, route, response.status().as_u16(), code, began.elapsed());
    response
}
