//! The header `SSPR-Flow`.

use crate::problem::Refusal;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use sspr_core::{
    Secret,
    wire::{ProblemCode, header::FLOW},
};

/// Longest token that is looked at; ours are shorter by far.
const MAX_LENGTH: usize = 256;

/// The token of the flow that the request belongs to. A missing or impossible one is a flow that is gone.
pub(crate) struct FlowToken(pub(crate) Secret);

impl FlowToken {
    /// The token of a request, if it has one.
    pub(crate) fn read(headers: &HeaderMap) -> Option<Secret> {
        let token = headers.get(FLOW)?.to_str().ok()?;
        (!token.is_empty() && token.len() <= MAX_LENGTH).then(|| Secret::new(token))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for FlowToken {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        Self::read(&parts.headers).map(Self).ok_or_else(|| Refusal::new(ProblemCode::FlowGone))
    }
}
