//! The HTTP contract of self-service reset, as an axum [`Router`] over [`sspr_service::Service`].
//!
//! It knows nothing of sockets, time-outs or a runtime, so the server serves it and the demonstration page calls it
//! in place. Each resource is one file under [`routes`]; what concerns all of them is a layer, put together here.
//! The way of a request, outside in:
//!
//! request id → log line → fixed headers → CORS → problem body → panic guard → cross-site guard → shedding → route, and under
//! `/me` also: who is signed in → CSRF token → idempotency.

mod cookie;
mod cors;
mod csrf;
mod extract;
pub mod fuzzing;
mod headers;
mod idempotency;
mod identity;
mod locale;
mod log;
mod options;
mod policy;
mod problem;
mod request_id;
mod routes;
mod shed;
mod state;

pub use extract::ClientAddress;
pub use identity::{Identified, Identity, IdentityError, NoIdentity};
pub use options::Options;
pub use problem::RefusedWith;

use axum::{Extension, Router, http::HeaderName, middleware};

use sspr_service::Service;
use state::AppState;

/// The contract's router: everything under [`sspr_core::wire::BASE_PATH`], and `/healthz` and `/readyz` at the root.
///
/// Paths under the base that do not exist answer with a problem. Elsewhere too, until the caller sets a fallback of
/// its own (the server's static files), which then stands outside all layers of this router.
///
/// Put a [`ClientAddress`] into each request's extensions, or limits by address do not apply.
pub fn router(service: Service, options: Options) -> Router {
    let cors = cors::layer(&options);
    let state = AppState::new(service, options);
    let (routes, document) = routes::all(&state).split_for_parts();
    routes
        .fallback(routes::not_found)
        .method_not_allowed_fallback(routes::method_not_allowed)
        .layer(Extension(routes::Served::new(document)))
        .layer(middleware::from_fn_with_state(state.clone(), shed::shed))
        .layer(middleware::from_fn_with_state(state.clone(), csrf::refuse_cross_site))
        .layer(problem::panic_guard())
        .layer(middleware::from_fn_with_state(state.clone(), problem::write_bodies))
        .layer(cors)
        .layer(middleware::map_response(headers::fix))
        .layer(middleware::from_fn(log::request))
        .layer(middleware::from_fn(request_id::assign))
        .with_state(state)
}

/// A header of the contract, by its name in [`sspr_core::wire::header`].
fn header(name: &'static str) -> HeaderName {
    HeaderName::from_static(name)
}
