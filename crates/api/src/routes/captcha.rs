//! `/captcha`: puzzles for the browser that starts a recovery, where the description asks for `proof-of-work`.

use crate::{
    extract::{Json, Refused},
    problem::documented::{ANY, problems},
    state::AppState,
};
use axum::extract::State;
use sspr_core::wire::CaptchaChallenge;
use sspr_service::{Caller, Service};
use utoipa_axum::{router::OpenApiRouter, routes};

problems! {
    CaptchaProblems = [ANY] + [NotAllowed];
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(challenge))
}

/// Get puzzles to work on
///
/// Their solution goes into `captcha` of `POST /recovery`, once. The server keeps nothing of a challenge until then.
#[utoipa::path(
    get,
    path = "/captcha",
    operation_id = "captcha_challenge",
    tag = "recovery",
    responses((status = 200, description = "The puzzles.", body = CaptchaChallenge), CaptchaProblems),
)]
async fn challenge(State(service): State<Service>, caller: Caller) -> Refused<Json<CaptchaChallenge>> {
    Ok(Json(service.captcha_challenge(&caller).await?))
}
