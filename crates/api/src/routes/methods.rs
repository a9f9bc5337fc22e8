//! `/me/methods`: what a signed-in person registers so that a recovery is possible later.

use crate::{
    extract::{Empty, Json, MethodId, Refused, SignedIn},
    idempotency::IdempotencyKey,
    problem::documented::{ANY, BODY, KEYED, PERSON, UNSAFE, problems},
    state::AppState,
};
use axum::{extract::State, http::StatusCode};
use sspr_core::wire::{AddMethod, AddedMethod, MethodList, ResendCode, UpdateMethod, VerifyMethod};
use sspr_service::{Caller, Service};
use utoipa_axum::{router::OpenApiRouter, routes};

problems! {
    ListProblems = [ANY, PERSON];
    AddProblems = [ANY, UNSAFE, BODY, KEYED, PERSON] + [ValueRejected, ValueTaken, DeliveryUnavailable];
    VerifyProblems = [ANY, UNSAFE, BODY, KEYED, PERSON] + [MethodNotFound, CodeIncorrect, ValueTaken];
    ResendProblems = [ANY, UNSAFE, BODY, KEYED, PERSON] + [MethodNotFound, ValueRejected, DeliveryUnavailable];
    UpdateProblems = [ANY, UNSAFE, BODY, KEYED, PERSON] + [MethodNotFound, ValueRejected];
    RemoveProblems = [ANY, UNSAFE, KEYED, PERSON] + [MethodNotFound, LastMethod];
    AnswerProblems = [ANY, UNSAFE, BODY, KEYED, PERSON];
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(update, remove))
        .routes(routes!(verify))
        .routes(routes!(resend))
        .routes(routes!(confirm))
        .routes(routes!(skip))
}

/// List the methods, and what may be added
#[utoipa::path(
    get,
    path = "/me/methods",
    operation_id = "list_methods",
    tag = "methods",
    security(("session" = []), ("bearer" = [])),
    responses((status = 200, description = "The person's methods.", body = MethodList), ListProblems),
)]
async fn list(
    State(service): State<Service>,
    caller: Caller,
    SignedIn(person): SignedIn,
) -> Refused<Json<MethodList>> {
    Ok(Json(service.methods(&caller, &person).await?))
}

/// Add a method
///
/// What has to be proved does not count before it is. One-time secrets are shown in this answer alone.
#[utoipa::path(
    post,
    path = "/me/methods",
    operation_id = "add_method",
    tag = "methods",
    security(("session" = [], "csrf" = []), ("bearer" = [])),
    params(IdempotencyKey),
    request_body = AddMethod,
    responses((status = 201, description = "The method, and what to do next.", body = AddedMethod), AddProblems),
)]
async fn add(
    State(service): State<Service>,
    caller: Caller,
    SignedIn(person): SignedIn,
    Json(body): Json<AddMethod>,
) -> Refused<(StatusCode, Json<AddedMethod>)> {
    Ok((StatusCode::CREATED, Json(service.add_method(&caller, &person, body).await?)))
}

/// Prove a method by its code
#[utoipa::path(
    post,
    path = "/me/methods/{id}/verify",
    operation_id = "verify_method",
    tag = "methods",
    security(("session" = [], "csrf" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The method."), IdempotencyKey),
    request_body = VerifyMethod,
    responses((status = 200, description = "The method counts now.", body = MethodList), VerifyProblems),
)]
async fn verify(
    State(service): State<Service>,
    caller: Caller,
    SignedIn(person): SignedIn,
    MethodId(id): MethodId,
    Json(body): Json<VerifyMethod>,
) -> Refused<Json<MethodList>> {
    Ok(Json(service.verify_method(&caller, &person, &id, body).await?))
}

/// Send the code again
#[utoipa::path(
    post,
    path = "/me/methods/{id}/resend",
    operation_id = "resend_code",
    tag = "methods",
    security(("session" = [], "csrf" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The method."), IdempotencyKey),
    request_body = ResendCode,
    responses((status = 202, description = "A new code is on its way.", body = AddedMethod), ResendProblems),
)]
async fn resend(
    State(service): State<Service>,
    caller: Caller,
    SignedIn(person): SignedIn,
    MethodId(id): MethodId,
    Json(body): Json<ResendCode>,
) -> Refused<(StatusCode, Json<AddedMethod>)> {
    Ok((StatusCode::ACCEPTED, Json(service.resend_code(&caller, &person, &id, body).await?)))
}

/// Rename a method or make it the default
#[utoipa::path(
    patch,
    path = "/me/methods/{id}",
    operation_id = "update_method",
    tag = "methods",
    security(("session" = [], "csrf" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The method."), IdempotencyKey),
    request_body = UpdateMethod,
    responses((status = 200, description = "The person's methods.", body = MethodList), UpdateProblems),
)]
async fn update(
    State(service): State<Service>,
    caller: Caller,
    SignedIn(person): SignedIn,
    MethodId(id): MethodId,
    Json(body): Json<UpdateMethod>,
) -> Refused<Json<MethodList>> {
    Ok(Json(service.update_method(&caller, &person, &id, body).await?))
}

/// Remove a method
#[utoipa::path(
    delete,
    path = "/me/methods/{id}",
    operation_id = "remove_method",
    tag = "methods",
    security(("session" = [], "csrf" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The method."), IdempotencyKey),
    responses((status = 200, description = "The methods that are left.", body = MethodList), RemoveProblems),
)]
async fn remove(
    State(service): State<Service>,
    caller: Caller,
    SignedIn(person): SignedIn,
    MethodId(id): MethodId,
) -> Refused<Json<MethodList>> {
    Ok(Json(service.remove_method(&caller, &person, &id).await?))
}

/// Say that every method is still right
#[utoipa::path(
    post,
    path = "/me/contacts/confirm",
    operation_id = "confirm_contacts",
    tag = "methods",
    security(("session" = [], "csrf" = []), ("bearer" = [])),
    params(IdempotencyKey),
    request_body = Empty,
    responses((status = 200, description = "The person's methods.", body = MethodList), AnswerProblems),
)]
async fn confirm(
    State(service): State<Service>,
    caller: Caller,
    SignedIn(person): SignedIn,
    Json(Empty {}): Json<Empty>,
) -> Refused<Json<MethodList>> {
    Ok(Json(service.confirm_contacts(&caller, &person).await?))
}

/// Put registering off
#[utoipa::path(
    post,
    path = "/me/registration/skip",
    operation_id = "skip_registration",
    tag = "methods",
    security(("session" = [], "csrf" = []), ("bearer" = [])),
    params(IdempotencyKey),
    request_body = Empty,
    responses((status = 200, description = "The person's methods.", body = MethodList), AnswerProblems),
)]
async fn skip(
    State(service): State<Service>,
    caller: Caller,
    SignedIn(person): SignedIn,
    Json(Empty {}): Json<Empty>,
) -> Refused<Json<MethodList>> {
    Ok(Json(service.skip_registration(&caller, &person).await?))
}
