//! `/recovery`: the flow of a person who cannot sign in.

use crate::{
    extract::{Empty, FlowToken, Json, Refused},
    idempotency::IdempotencyKey,
    locale,
    problem::documented::{ANY, BODY, FLOW, KEYED, UNSAFE, problems},
    state::AppState,
};
use axum::{extract::State, http::StatusCode};
use sspr_core::wire::{FlowView, RecoveryDone, SendChallenge, SetPassword, StartRecovery, VerifyChallenge};
use sspr_service::{Caller, Service};
use utoipa_axum::{router::OpenApiRouter, routes};

problems! {
    StartProblems = [ANY, UNSAFE, BODY, KEYED] + [NotAllowed, CaptchaRequired, ValueRejected];
    ReadProblems = [ANY] + [FlowGone];
    ChallengeProblems = [ANY, UNSAFE, BODY, KEYED, FLOW] + [MethodNotFound, DeliveryUnavailable];
    VerifyProblems = [ANY, UNSAFE, BODY, KEYED, FLOW] + [CodeIncorrect];
    PasswordProblems = [ANY, UNSAFE, BODY, KEYED, FLOW] + [PasswordRejected];
    UnlockProblems = [ANY, UNSAFE, BODY, KEYED, FLOW];
    CancelProblems = [ANY, UNSAFE, KEYED] + [FlowGone];
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(start, read, cancel))
        .routes(routes!(challenge))
        .routes(routes!(verify))
        .routes(routes!(password))
        .routes(routes!(unlock))
        .routes(routes!(extend))
}

/// Start a recovery
///
/// Answers alike whether or not the identifier belongs to an account that can recover.
#[utoipa::path(
    post,
    path = "/recovery",
    operation_id = "start_recovery",
    tag = "recovery",
    params(IdempotencyKey),
    request_body = StartRecovery,
    responses((status = 202, description = "The flow, with its token.", body = FlowView), StartProblems),
)]
async fn start(
    State(state): State<AppState>,
    mut caller: Caller,
    Json(body): Json<StartRecovery>,
) -> Refused<(StatusCode, Json<FlowView>)> {
    if let Some(asked) = body.locale.as_deref().and_then(|asked| locale::look_up(asked, &state.locales)) {
        caller.locale = asked.to_owned();
    }
    let view = state.service.current().start_recovery(&caller, body).await?;
    Ok((StatusCode::ACCEPTED, Json(view)))
}

/// Look at the flow
#[utoipa::path(
    get,
    path = "/recovery",
    operation_id = "read_recovery",
    tag = "recovery",
    security(("flow" = [])),
    responses((status = 200, description = "The flow.", body = FlowView), ReadProblems),
)]
async fn read(
    State(service): State<Service>,
    caller: Caller,
    FlowToken(token): FlowToken,
) -> Refused<Json<FlowView>> {
    Ok(Json(service.recovery(&caller, &token).await?))
}

/// Choose a method, or send again
#[utoipa::path(
    post,
    path = "/recovery/challenge",
    operation_id = "send_challenge",
    tag = "recovery",
    security(("flow" = [])),
    params(IdempotencyKey),
    request_body = SendChallenge,
    responses((status = 202, description = "The flow, with the challenge.", body = FlowView), ChallengeProblems),
)]
async fn challenge(
    State(service): State<Service>,
    caller: Caller,
    FlowToken(token): FlowToken,
    Json(body): Json<SendChallenge>,
) -> Refused<(StatusCode, Json<FlowView>)> {
    Ok((StatusCode::ACCEPTED, Json(service.send_challenge(&caller, &token, body).await?)))
}

/// Answer the challenge
///
/// A right answer passes the gate; the flow gets a new token and the old one is dead.
#[utoipa::path(
    post,
    path = "/recovery/verify",
    operation_id = "verify_challenge",
    tag = "recovery",
    security(("flow" = [])),
    params(IdempotencyKey),
    request_body = VerifyChallenge,
    responses((status = 200, description = "The flow, with its new token.", body = FlowView), VerifyProblems),
)]
async fn verify(
    State(service): State<Service>,
    caller: Caller,
    FlowToken(token): FlowToken,
    Json(body): Json<VerifyChallenge>,
) -> Refused<Json<FlowView>> {
    Ok(Json(service.verify_challenge(&caller, &token, body).await?))
}

/// Set the new password
#[utoipa::path(
    post,
    path = "/recovery/password",
    operation_id = "set_password",
    tag = "recovery",
    security(("flow" = [])),
    params(IdempotencyKey),
    request_body = SetPassword,
    responses((status = 200, description = "The password is set.", body = RecoveryDone), PasswordProblems),
)]
async fn password(
    State(service): State<Service>,
    caller: Caller,
    FlowToken(token): FlowToken,
    Json(body): Json<SetPassword>,
) -> Refused<Json<RecoveryDone>> {
    Ok(Json(service.set_password(&caller, &token, body).await?))
}

/// Unlock the account and keep the password
#[utoipa::path(
    post,
    path = "/recovery/unlock",
    operation_id = "unlock",
    tag = "recovery",
    security(("flow" = [])),
    params(IdempotencyKey),
    request_body = Empty,
    responses((status = 200, description = "The account is unlocked.", body = RecoveryDone), UnlockProblems),
)]
async fn unlock(
    State(service): State<Service>,
    caller: Caller,
    FlowToken(token): FlowToken,
    Json(Empty {}): Json<Empty>,
) -> Refused<Json<RecoveryDone>> {
    Ok(Json(service.unlock(&caller, &token).await?))
}

/// Ask for more time
///
/// The flow lives for as long again as it does after a step, up to its longest life.
#[utoipa::path(
    post,
    path = "/recovery/extend",
    operation_id = "extend_recovery",
    tag = "recovery",
    security(("flow" = [])),
    params(IdempotencyKey),
    request_body = Empty,
    responses((status = 200, description = "The flow, with the seconds that it has now.", body = FlowView), UnlockProblems),
)]
async fn extend(
    State(service): State<Service>,
    caller: Caller,
    FlowToken(token): FlowToken,
    Json(Empty {}): Json<Empty>,
) -> Refused<Json<FlowView>> {
    Ok(Json(service.extend_recovery(&caller, &token).await?))
}

/// Cancel the flow
#[utoipa::path(
    delete,
    path = "/recovery",
    operation_id = "cancel_recovery",
    tag = "recovery",
    security(("flow" = [])),
    params(IdempotencyKey),
    responses((status = 204, description = "The flow is gone."), CancelProblems),
)]
async fn cancel(
    State(service): State<Service>,
    caller: Caller,
    FlowToken(token): FlowToken,
) -> Refused<StatusCode> {
    service.cancel_recovery(&caller, &token).await?;
    Ok(StatusCode::NO_CONTENT)
}
