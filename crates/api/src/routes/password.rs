//! `/me/password`: changing a known password.

use crate::{
    extract::{Json, Refused, SignedIn},
    idempotency::IdempotencyKey,
    problem::documented::{ANY, BODY, KEYED, PERSON, UNSAFE, problems},
    state::AppState,
};
use axum::extract::State;
use sspr_core::{
    policy::PasswordPolicy,
    wire::{ChangePassword, PasswordChanged},
};
use sspr_service::{Caller, Service};
use utoipa_axum::{router::OpenApiRouter, routes};

problems! {
    PolicyProblems = [ANY, PERSON];
    ChangeProblems = [ANY, UNSAFE, BODY, KEYED, PERSON] + [CurrentPasswordIncorrect, PasswordRejected];
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(policy, change))
}

/// Say what a new password must be
///
/// With the person's own terms, which it must not contain.
#[utoipa::path(
    get,
    path = "/me/password",
    operation_id = "password_policy",
    tag = "password",
    security(("session" = []), ("bearer" = [])),
    responses((status = 200, description = "The policy for this person.", body = PasswordPolicy), PolicyProblems),
)]
async fn policy(State(service): State<Service>, SignedIn(person): SignedIn) -> Refused<Json<PasswordPolicy>> {
    Ok(Json(service.password_policy(&person)))
}

/// Change the password
#[utoipa::path(
    put,
    path = "/me/password",
    operation_id = "change_password",
    tag = "password",
    security(("session" = [], "csrf" = []), ("bearer" = [])),
    params(IdempotencyKey),
    request_body = ChangePassword,
    responses((status = 200, description = "The password is changed.", body = PasswordChanged), ChangeProblems),
)]
async fn change(
    State(service): State<Service>,
    caller: Caller,
    SignedIn(person): SignedIn,
    Json(body): Json<ChangePassword>,
) -> Refused<Json<PasswordChanged>> {
    Ok(Json(service.change_password(&caller, &person, body).await?))
}
