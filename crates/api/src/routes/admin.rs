//! `/admin`: what an administrator sees and changes at run time. Everybody else who is signed in gets `policy-forbids`.

use crate::{
    extract::{Json, Refused, SignedIn},
    idempotency::IdempotencyKey,
    problem::{
        Refusal,
        documented::{ANY, BODY, KEYED, PERSON, UNSAFE, problems},
    },
    state::AppState,
};
use axum::extract::{RawQuery, State};
use sspr_core::wire::{AdminPolicy, AdminReport, ChangePolicy, LookUp, LookedUp, ProblemCode};
use sspr_service::{Caller, Service};
use utoipa_axum::{router::OpenApiRouter, routes};

problems! {
    SeeProblems = [ANY, PERSON];
    ReportProblems = [ANY, PERSON] + [Malformed];
    ChangeProblems = [ANY, UNSAFE, BODY, KEYED, PERSON] + [ValueRejected, VersionConflict];
    LookUpProblems = [ANY, UNSAFE, BODY, KEYED, PERSON] + [ValueRejected];
}

/// Days of a report unless said.
const DAYS: u32 = 30;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(see, change)).routes(routes!(report)).routes(routes!(look_up))
}

/// See the policy in force
#[utoipa::path(
    get,
    path = "/admin/policy",
    operation_id = "see_policy",
    tag = "admin",
    security(("session" = []), ("bearer" = [])),
    responses((status = 200, description = "The policy, and its version.", body = AdminPolicy), SeeProblems),
)]
async fn see(State(service): State<Service>, SignedIn(person): SignedIn) -> Refused<Json<AdminPolicy>> {
    Ok(Json(service.policy(&person).await?))
}

/// Change the policy
///
/// Every node goes by it within seconds. Each field that changes is a line of the audit log.
#[utoipa::path(
    put,
    path = "/admin/policy",
    operation_id = "change_policy",
    tag = "admin",
    security(("session" = [], "csrf" = []), ("bearer" = [])),
    params(IdempotencyKey),
    request_body = ChangePolicy,
    responses((status = 200, description = "The policy now in force.", body = AdminPolicy), ChangeProblems),
)]
async fn change(
    State(service): State<Service>,
    caller: Caller,
    SignedIn(person): SignedIn,
    Json(body): Json<ChangePolicy>,
) -> Refused<Json<AdminPolicy>> {
    Ok(Json(service.change_policy(&caller, &person, body).await?))
}

/// Count who can help themselves, and what became of those who tried
#[utoipa::path(
    get,
    path = "/admin/reports",
    operation_id = "read_report",
    tag = "admin",
    security(("session" = []), ("bearer" = [])),
    params(("days" = Option<u32>, Query, description = "Days, today's included (UTC), 1 to 366; 30 unless said.")),
    responses((status = 200, description = "The report.", body = AdminReport), ReportProblems),
)]
async fn report(
    State(service): State<Service>,
    SignedIn(person): SignedIn,
    RawQuery(query): RawQuery,
) -> Refused<Json<AdminReport>> {
    Ok(Json(service.admin_report(&person, days(query.as_deref())?).await?))
}

/// The days that a query asks for.
fn days(query: Option<&str>) -> Refused<u32> {
    let pairs = query.unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    let Some((_, days)) = pairs.into_iter().find(|(name, _)| *name == "days") else { return Ok(DAYS) };
    days.parse().map_err(|_| Refusal::new(ProblemCode::Malformed))
}

/// Look up why somebody could not reset
///
/// The identifier is in the body, so that it stands in no log of addresses. The lookup itself is a line of the audit log.
#[utoipa::path(
    post,
    path = "/admin/lookup",
    operation_id = "look_up",
    tag = "admin",
    security(("session" = [], "csrf" = []), ("bearer" = [])),
    params(IdempotencyKey),
    request_body = LookUp,
    responses((status = 200, description = "What stands in the way, and what happened last.", body = LookedUp), LookUpProblems),
)]
async fn look_up(
    State(service): State<Service>,
    caller: Caller,
    SignedIn(person): SignedIn,
    Json(body): Json<LookUp>,
) -> Refused<Json<LookedUp>> {
    Ok(Json(service.look_up(&caller, &person, body).await?))
}
