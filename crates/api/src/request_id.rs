//! A name for each request, which the log, problems and the header `SSPR-Request-Id` share.

use crate::header;
use axum::{extract::Request, http::HeaderValue, middleware::Next, response::Response};
use sspr_core::wire::header::REQUEST_ID;
use uuid::Uuid;

/// The name: a random UUID (RFC 9562, version 4). One that comes from outside is not taken over, so nobody can
/// write into the log by it.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) String);

/// Gives the request its name and says it in the answer.
pub(crate) async fn assign(mut request: Request, next: Next) -> Response {
    let id = Uuid::new_v4().to_string();
    let value = HeaderValue::from_str(&id);
    request.extensions_mut().insert(RequestId(id));
    let mut response = next.run(request).await;
    if let Ok(value) = value {
        response.headers_mut().insert(header(REQUEST_ID), value);
    }
    response
}
