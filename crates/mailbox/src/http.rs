//! The HTTP side: the list of messages, the gateway for text messages and calls, and a list of leaked passwords.
//!
//! No answer allows other origins, and the gateway only takes `application/json`, so a web page elsewhere can neither
//! read nor write here.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

use crate::breached;
use crate::message::{Channel, Message};
use crate::store::Store;

/// The largest gateway request, in bytes.
const LARGEST_REQUEST: usize = 64 * 1024;

#[derive(Clone)]
struct Shared {
    store: Arc<Store>,
    token: Option<Arc<str>>,
}

pub(crate) fn router(store: Arc<Store>, gateway_token: Option<String>) -> Router {
    Router::new()
        .route("/mailbox/messages", get(list).delete(clear))
        .route("/gateway", post(take))
        .route("/breached/range/{prefix}", get(async |Path(prefix): Path<String>| breached::range(&prefix)))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .with_state(Shared { store, token: gateway_token.map(Into::into) })
}

async fn list(State(shared): State<Shared>) -> ([(header::HeaderName, &'static str); 1], Json<Vec<Message>>) {
    ([(header::CACHE_CONTROL, "no-store")], Json(shared.store.messages()))
}

async fn clear(State(shared): State<Shared>) -> StatusCode {
    shared.store.clear();
    StatusCode::NO_CONTENT
}

/// What a sender posts to the gateway. `id` is the sender's and names the message over all its attempts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GatewayRequest {
    id: String,
    channel: Channel,
    to: String,
    text: String,
    #[serde(default)]
    locale: Option<String>,
}

/// Takes a message: 202 when it is new, 200 when this id was taken before.
async fn take(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Json(request): Json<GatewayRequest>,
) -> StatusCode {
    let faults = shared.store.faults();
    tokio::time::sleep(faults.delay).await;
    if faults.refuse {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    if let Some(status) = faults.gateway_status.and_then(|code| StatusCode::from_u16(code).ok()) {
        return status;
    }
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(token) = &shared.token
        && sent.and_then(|value| value.strip_prefix("Bearer ")) != Some(token)
    {
        return StatusCode::UNAUTHORIZED;
    }
    if request.channel == Channel::Email || request.id.is_empty() || !is_phone_number(&request.to) {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    let new = shared.store.keep_call(request.id, request.channel, request.to, request.text, request.locale);
    match (faults.lose_answers, new) {
        (true, _) => StatusCode::GATEWAY_TIMEOUT,
        (false, true) => StatusCode::ACCEPTED,
        (false, false) => StatusCode::OK,
    }
}

/// E.164 with its plus: at most 15 digits.
fn is_phone_number(to: &str) -> bool {
    to.strip_prefix('+')
        .is_some_and(|digits| (3..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
}
