//! Each request goes by the policy that is in force when it comes (`sspr_service::Service::follow_policy`).

use crate::state::AppState;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

/// Looks whether an administrator changed the policy. Where the store does not answer, the request goes by what was in
/// force, and says itself that the store does not answer.
pub(crate) async fn follow(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if let Err(error) = state.service.follow_policy().await {
        tracing::warn!(%error, "the policy could not be looked at");
    }
    next.run(request).await
}
