//! The id in `/me/methods/{id}`.

use crate::problem::Refusal;
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use sspr_core::wire::ProblemCode;

/// Longest id that is looked at; ours are UUIDs.
const MAX_LENGTH: usize = 64;

/// Names one of the person's methods. What cannot be an id is an id that the person does not have.
pub(crate) struct MethodId(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for MethodId {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(id)) if id.len() <= MAX_LENGTH => Ok(Self(id)),
            _ => Err(Refusal::new(ProblemCode::MethodNotFound)),
        }
    }
}
