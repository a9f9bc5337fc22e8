//! Refusals: how a failure becomes `application/problem+json` (RFC 9457).
//!
//! A handler or layer answers with a [`Refusal`], which knows what went wrong but not who asked. On its way out it
//! passes [`write_bodies`], which adds the sentence in the person's language and the request's name.

mod catalog;
pub(crate) mod documented;
mod refusal;

pub(crate) use refusal::Refusal;

use crate::{extract::caller_of, state::AppState};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sspr_core::wire::ProblemCode;
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;

/// The media type of problems.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// The code of a problem; an extension of its response, for whoever counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedWith(pub ProblemCode);

/// Writes the body of each refusal that passes, and logs the cause of those that are our fault.
pub(crate) async fn write_bodies(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let caller = caller_of(&state, request.headers(), request.extensions());
    let mut response = next.run(request).await;
    let Some(refusal) = response.extensions_mut().remove::<Refusal>() else { return response };
    if let Some(cause) = refusal.cause() {
        let code = refusal.problem().code.word();
        tracing::error!(code, cause, request_id = caller.request_id, "request refused");
    }
    let mut problem = refusal.into_problem();
    problem.detail = Some(catalog::detail(problem.code, &caller.locale).to_owned());
    problem.request_id = Some(caller.request_id);
    response.extensions_mut().insert(RefusedWith(problem.code));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    if let Some(seconds) = problem.retry_after {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    // A problem is plain data; were it ever not, the status alone would have to do.
    *response.body_mut() = serde_json::to_vec(&problem).unwrap_or_default().into();
    response
}

/// Turns a panic into `internal`. (In the page a panic ends the program; there this does nothing.)
pub(crate) fn panic_guard() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    CatchPanicLayer::custom(|_| Refusal::internal("panic").into_response())
}
