//! The router of the whole server: the contract, the static files and what stands around both.

use super::{client_address, even_time, measure, safe_headers, shed, static_files};
use crate::{Metrics, config::Config, identity::Identities};
use axum::{Router, http::StatusCode, middleware, response::Redirect, routing::get};
use sspr_service::Service;
use std::{sync::Arc, time::Duration};
use tower_http::timeout::TimeoutLayer;

/// Everything that is answered.
pub fn app(config: &Config, service: Service, identities: Arc<Identities>, metrics: Metrics) -> Router {
    let options = sspr_api::Options {
        allowed_origins: config.server.allowed_origins.clone(),
        secure_cookies: config.server.https,
        sign_in: config.identity.own_sign_in,
        identity: identities,
        requests_at_once: shed::at_once(config.server.requests_at_once),
    };
    let page = config.server.change_password_page.clone();
    // W3C "A Well-Known URL for Changing Passwords": a redirect to the page where people do it.
    let change_password = get(move || async move { Redirect::to(&page) });
    let mut app = sspr_api::router(service, options).route("/.well-known/change-password", change_password);
    if let Some(folder) = &config.server.static_dir {
        app = app.fallback_service(static_files::serve(folder));
    }
    let timeout = Duration::from_secs(config.server.request_timeout_seconds.into());
    let proxies = Arc::<[ipnet::IpNet]>::from(config.server.trusted_proxies.clone());
    let step = Duration::from_millis(config.server.even_answer_ms.into());
    app.layer(middleware::from_fn_with_state(step, even_time::hold))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, timeout))
        .layer(middleware::map_response(shed::say_when))
        .layer(middleware::from_fn_with_state(metrics, measure::requests))
        .layer(middleware::from_fn_with_state(proxies, client_address::note))
        .layer(middleware::from_fn_with_state(config.server.https, safe_headers::add))
}
