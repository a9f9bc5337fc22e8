//! `Idempotency-Key`: a request that is repeated after a lost answer gets that answer again.
//!
//! An answer is kept where the request did something: it succeeded, or a proof or value was judged (422, which may
//! have cost an attempt). Every other refusal did nothing and gives the key back, so that the same request may run
//! once its obstacle is gone: a person signs in again, a time limit passes, the directory returns.
//!
//! Where the client hangs up or the process dies halfway, the claim runs out after a minute.

use crate::{
    extract::{FlowToken, JSON, Refused, most_bytes, read_body},
    problem::Refusal,
    state::AppState,
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use sspr_core::wire::{Problem, ProblemCode, header::IDEMPOTENCY_KEY};
use sspr_service::{Claimed, Person};
use utoipa::IntoParams;
use uuid::Uuid;

/// Seconds after which a client may ask again while the first request runs.
const RETRY_WHILE_RUNNING: u32 = 1;

/// The header, for the OpenAPI document.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code, reason = "read by the document's generator")]
pub(crate) struct IdempotencyKey {
    /// A UUID of the client's. The same key with the same body is carried out once within ten minutes and answered
    /// alike each time.
    #[param(rename = "idempotency-key", format = "uuid", required = false)]
    idempotency_key: String,
}

/// What is kept of an answer.
#[derive(Serialize, Deserialize)]
enum Kept {
    /// A success: status and JSON body, perhaps empty.
    Success(u16, String),
    /// A refusal, without its language.
    Refusal(Box<Problem>),
}

/// Runs an unsafe request that carries a key at most once.
pub(crate) async fn once(State(state): State<AppState>, request: Request, next: Next) -> Refused {
    let Some(key) = key(request.headers())? else { return Ok(next.run(request).await) };
    if request.method().is_safe() {
        return Ok(next.run(request).await);
    }
    let (parts, body) = request.into_parts();
    let body = read_body(body, most_bytes(parts.uri.path())).await?;
    let content =
        [parts.method.as_str().as_bytes(), b" ", parts.uri.path().as_bytes(), b"\n", &body].concat();
    match state.service.claim(&scope(&parts), &key, &content).await? {
        Claimed::Running => Err(Refusal::new(ProblemCode::InProgress).retry_after(RETRY_WHILE_RUNNING)),
        Claimed::OtherBody => Err(Refusal::new(ProblemCode::IdempotencyKeyReused)),
        Claimed::Answered(kept) => replay(&kept),
        Claimed::Run(ticket) => {
            let response = next.run(Request::from_parts(parts, Body::from(body))).await;
            let (response, kept) = keep(response).await?;
            // The work is done whether or not its answer can be kept, so the person gets it.
            if let Err(error) = state.service.finish_claim(ticket, kept.as_deref()).await {
                tracing::error!(%error, "an answer could not be kept for a repeated request");
            }
            Ok(response)
        }
    }
}

/// The key, in one spelling. Anything but a UUID is refused: a guessable key could fetch somebody else's answer.
fn key(headers: &HeaderMap) -> Refused<Option<String>> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    match Uuid::try_parse_ascii(value.as_bytes()) {
        Ok(key) => Ok(Some(key.to_string())),
        Err(error) => Err(Refusal::new(ProblemCode::Malformed).because(error)),
    }
}

/// Whose key it is: the session's or person's, the flow's, or, before there is a flow, the origin's.
fn scope(request: &Parts) -> Vec<u8> {
    if let Some(person) = request.extensions.get::<Person>() {
        return match &person.session {
            Some(session) => [b"session:".as_slice(), &session.token_hash].concat(),
            None => [b"person:".as_slice(), person.account.id.as_bytes()].concat(),
        };
    }
    match FlowToken::read(&request.headers) {
        Some(token) => [b"flow:".as_slice(), token.expose().as_bytes()].concat(),
        None => {
            let origin =
                request.headers.get(header::ORIGIN).map_or(b"".as_slice(), |origin| origin.as_bytes());
            [b"origin:".as_slice(), origin].concat()
        }
    }
}

/// Splits an answer into itself and what to keep of it.
async fn keep(response: Response) -> Refused<(Response, Option<Vec<u8>>)> {
    if let Some(refusal) = response.extensions().get::<Refusal>() {
        let judged = response.status() == StatusCode::UNPROCESSABLE_ENTITY;
        let kept = judged.then(|| encode(&Kept::Refusal(Box::new(refusal.problem().clone())))).transpose()?;
        return Ok((response, kept));
    }
    if !response.status().is_success() {
        return Ok((response, None));
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(Refusal::internal)?;
    let text =
        String::from_utf8(body.to_vec()).map_err(|_| Refusal::internal("an answer that is not UTF-8"))?;
    let kept = encode(&Kept::Success(parts.status.as_u16(), text))?;
    Ok((Response::from_parts(parts, Body::from(body)), Some(kept)))
}

fn encode(kept: &Kept) -> Refused<Vec<u8>> {
    serde_json::to_vec(kept).map_err(Refusal::internal)
}

/// The first answer again. A refusal is worded anew, in the language of who asks now.
fn replay(kept: &[u8]) -> Refused {
    match serde_json::from_slice(kept).map_err(Refusal::internal)? {
        Kept::Refusal(problem) => Err(Refusal::from(*problem)),
        Kept::Success(status, body) => {
            let status = StatusCode::from_u16(status).map_err(Refusal::internal)?;
            Ok(if body.is_empty() {
                status.into_response()
            } else {
                (status, [(header::CONTENT_TYPE, JSON)], body).into_response()
            })
        }
    }
}
