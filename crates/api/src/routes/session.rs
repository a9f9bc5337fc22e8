//! `/session`: who is signed in; and `/me/reauthenticate`, by which a signed-in person proves themselves again.

use crate::{
    cookie, csrf,
    extract::{Json, Refused, SignedIn, who},
    idempotency::IdempotencyKey,
    problem::{
        Refusal,
        documented::{ANY, BODY, KEYED, PERSON, UNSAFE, problems},
    },
    state::AppState,
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::AppendHeaders,
};
use sspr_core::wire::{ProblemCode, Reauthenticate, SessionView, SignIn};
use sspr_service::{Caller, Service};
use utoipa_axum::{router::OpenApiRouter, routes};

/// A `Set-Cookie` line.
type SetCookie = AppendHeaders<Option<(header::HeaderName, HeaderValue)>>;

problems! {
    ReadProblems = [ANY];
    SignInProblems = [ANY, UNSAFE, BODY] + [NotAllowed, SignInFailed];
    SignOutProblems = [ANY, UNSAFE];
    ProofProblems = [ANY, UNSAFE, BODY, KEYED, PERSON] + [CurrentPasswordIncorrect];
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(read, sign_in, sign_out))
}

/// The route that needs somebody to be signed in.
pub(super) fn proof() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(reauthenticate))
}

/// Say who is signed in
///
/// Nobody is an answer, not an error.
#[utoipa::path(
    get,
    path = "/session",
    operation_id = "read_session",
    tag = "session",
    responses((status = 200, description = "Who is signed in.", body = SessionView), ReadProblems),
)]
async fn read(State(state): State<AppState>, request: Parts) -> Refused<Json<SessionView>> {
    let person = who(&state, &request).await?;
    Ok(Json(state.service.session_view(person.as_ref())))
}

/// Sign in by password
///
/// For the demonstration and for servers that have no other sign-in.
#[utoipa::path(
    post,
    path = "/session",
    operation_id = "sign_in",
    tag = "session",
    request_body = SignIn,
    responses(
        (status = 200, description = "Signed in.", body = SessionView, headers(
            ("set-cookie" = String, description = "The session."),
        )),
        SignInProblems,
    ),
)]
async fn sign_in(
    State(state): State<AppState>,
    caller: Caller,
    Json(body): Json<SignIn>,
) -> Refused<(SetCookie, Json<SessionView>)> {
    if !state.options.sign_in {
        return Err(Refusal::new(ProblemCode::NotAllowed));
    }
    let (session, person) = state.service.sign_in(&caller, body).await?;
    let cookie = cookie::set(&session, state.options.secure_cookies);
    Ok((set_cookie(cookie), Json(state.service.session_view(Some(&person)))))
}

/// Sign out
#[utoipa::path(
    delete,
    path = "/session",
    operation_id = "sign_out",
    tag = "session",
    params(("x-csrf-token" = Option<String>, Header, description = "The token of the session.")),
    responses((status = 204, description = "Nobody is signed in by cookie."), SignOutProblems),
)]
async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> Refused<(StatusCode, SetCookie)> {
    let secure = state.options.secure_cookies;
    if let Some(session) = cookie::read(&headers, secure) {
        if let Some(row) = state.service.session(&session).await?.and_then(|person| person.session)
            && !csrf::has_token(&headers, &row.csrf)
        {
            return Err(Refusal::new(ProblemCode::Csrf));
        }
        state.service.sign_out(&session).await?;
    }
    Ok((StatusCode::NO_CONTENT, set_cookie(cookie::clear(secure))))
}

/// Prove again who is sitting there
#[utoipa::path(
    post,
    path = "/me/reauthenticate",
    operation_id = "reauthenticate",
    tag = "session",
    security(("session" = [], "csrf" = []), ("bearer" = [])),
    params(IdempotencyKey),
    request_body = Reauthenticate,
    responses((status = 200, description = "The session is fresh again.", body = SessionView), ProofProblems),
)]
async fn reauthenticate(
    State(service): State<Service>,
    caller: Caller,
    SignedIn(person): SignedIn,
    Json(body): Json<Reauthenticate>,
) -> Refused<Json<SessionView>> {
    Ok(Json(service.reauthenticate(&caller, &person, body).await?))
}

fn set_cookie(value: Option<HeaderValue>) -> SetCookie {
    AppendHeaders(value.map(|value| (header::SET_COOKIE, value)))
}
