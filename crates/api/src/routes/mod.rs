//! The resources, one file each. What is routed here is what the OpenAPI document says: both come from the handlers.

mod admin;
mod breached;
mod captcha;
mod describe;
mod health;
mod link;
mod methods;
mod openapi;
mod password;
mod recovery;
mod session;

pub(crate) use openapi::Served;

use crate::{csrf, extract::require_person, idempotency, policy, problem::Refusal, state::AppState};
use axum::middleware::{from_fn, from_fn_with_state};
use sspr_core::wire::{BASE_PATH, ProblemCode};
use utoipa_axum::router::OpenApiRouter;

/// Every route, with the layers that only some resources have.
pub(crate) fn all(state: &AppState) -> OpenApiRouter<AppState> {
    let once = || from_fn_with_state(state.clone(), idempotency::once);
    let anonymous = recovery::routes().merge(link::spending()).route_layer(once());
    let signed_in = methods::routes()
        .merge(password::routes())
        .merge(session::proof())
        .merge(admin::routes())
        .route_layer(once())
        .route_layer(from_fn(csrf::require_token))
        .route_layer(from_fn_with_state(state.clone(), require_person));
    let base = describe::routes()
        .merge(breached::routes())
        .merge(captcha::routes())
        .merge(anonymous)
        .merge(link::looking())
        .merge(session::routes())
        .merge(signed_in)
        .merge(openapi::routes())
        .route_layer(from_fn_with_state(state.clone(), policy::follow))
        .fallback(not_found);
    OpenApiRouter::new().nest(BASE_PATH, base).merge(health::routes())
}

/// Nothing is there.
pub(crate) async fn not_found() -> Refusal {
    Refusal::new(ProblemCode::NotFound)
}

/// Something is there, but it takes other methods; axum adds `Allow`.
pub(crate) async fn method_not_allowed() -> Refusal {
    Refusal::method_not_allowed()
}
