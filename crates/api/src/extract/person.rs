//! Who is signed in: the session cookie's person, else whom the server's [`crate::Identity`] names.

use super::Refused;
use crate::{cookie, identity::IdentityError, problem::Refusal, state::AppState};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::request::Parts,
    middleware::Next,
};
use sspr_core::wire::ProblemCode;
use sspr_service::Person;

/// The signed-in person. Only for routes under [`require`].
pub(crate) struct SignedIn(pub(crate) Person);

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        parts
            .extensions
            .get::<Person>()
            .cloned()
            .map(Self)
            .ok_or_else(|| Refusal::new(ProblemCode::SessionRequired))
    }
}

/// Lets a request through with its person in the extensions, or refuses it.
pub(crate) async fn require(State(state): State<AppState>, request: Request, next: Next) -> Refused {
    let (mut parts, body) = request.into_parts();
    let person = who(&state, &parts).await?.ok_or_else(|| Refusal::new(ProblemCode::SessionRequired))?;
    parts.extensions.insert(person);
    Ok(next.run(Request::from_parts(parts, body)).await)
}

/// Who is signed in, if anybody.
pub(crate) async fn who(state: &AppState, request: &Parts) -> Refused<Option<Person>> {
    if let Some(session) = cookie::read(&request.headers, state.options.secure_cookies)
        && let Some(person) = state.service.session(&session).await?
    {
        return Ok(Some(person));
    }
    let identified = state.options.identity.identify(request).await.map_err(|error| {
        let code = match error {
            IdentityError::Refused(_) => ProblemCode::SessionRequired,
            IdentityError::Unavailable(_) => ProblemCode::Overloaded,
        };
        Refusal::new(code).because(error)
    })?;
    match identified {
        Some(somebody) => Ok(state.service.person(&somebody.identifier, somebody.authenticated_at).await?),
        None => Ok(None),
    }
}
