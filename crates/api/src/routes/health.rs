//! `/healthz` and `/readyz`, for whoever watches the server.

use crate::{
    extract::{Json, Refused},
    problem::{Refusal, documented::problems},
    state::AppState,
};
use axum::extract::State;
use serde::Serialize;
use sspr_core::wire::ProblemCode;
use sspr_service::{Failure, Service};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

problems! {
    ReadyProblems = [] + [Overloaded, DirectoryUnavailable];
}

/// How the server is.
#[derive(Serialize, ToSchema)]
struct Health {
    /// Always `ok`; anything else is a problem.
    status: &'static str,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(live)).routes(routes!(ready))
}

/// Say that the process runs
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "health",
    responses((status = 200, description = "It runs.", body = Health)),
)]
async fn live() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Say that requests can be answered
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "health",
    responses((status = 200, description = "The store and the directory work.", body = Health), ReadyProblems),
)]
async fn ready(State(service): State<Service>) -> Refused<Json<Health>> {
    match service.ping().await {
        Ok(()) => Ok(Json(Health { status: "ok" })),
        Err(failure @ Failure::DirectoryUnavailable(_)) => Err(failure.into()),
        Err(failure) => Err(Refusal::new(ProblemCode::Overloaded).because(failure)),
    }
}
