//! `/recovery/link`: the link in a mail. Looking at it changes nothing, so mail scanners may follow it.

use crate::{
    extract::{Json, Refused},
    idempotency::IdempotencyKey,
    problem::documented::{ANY, BODY, KEYED, UNSAFE, problems},
    state::AppState,
};
use axum::extract::State;
use sspr_core::wire::{FlowView, LinkToken, LinkView};
use sspr_service::{Caller, Service};
use utoipa_axum::{router::OpenApiRouter, routes};

problems! {
    LookProblems = [ANY, UNSAFE, BODY] + [FlowGone];
    OpenProblems = [ANY, UNSAFE, BODY, KEYED] + [FlowGone, WrongState];
}

/// The route that spends nothing and so needs no idempotency key.
pub(super) fn looking() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(look))
}

/// The route that spends the link.
pub(super) fn spending() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(open))
}

/// See what a mailed link is good for
#[utoipa::path(
    post,
    path = "/recovery/link",
    operation_id = "look_at_link",
    tag = "recovery",
    request_body = LinkToken,
    responses((status = 200, description = "The link is good.", body = LinkView), LookProblems),
)]
async fn look(
    State(service): State<Service>,
    caller: Caller,
    Json(body): Json<LinkToken>,
) -> Refused<Json<LinkView>> {
    Ok(Json(service.look_at_link(&caller, body).await?))
}

/// Spend a mailed link
///
/// It passes the gate of its flow and moves the flow to the browser that asks: the old token is dead.
#[utoipa::path(
    post,
    path = "/recovery/link/open",
    operation_id = "open_link",
    tag = "recovery",
    params(IdempotencyKey),
    request_body = LinkToken,
    responses((status = 200, description = "The flow, with its new token.", body = FlowView), OpenProblems),
)]
async fn open(
    State(service): State<Service>,
    caller: Caller,
    Json(body): Json<LinkToken>,
) -> Refused<Json<FlowView>> {
    Ok(Json(service.open_link(&caller, body).await?))
}
