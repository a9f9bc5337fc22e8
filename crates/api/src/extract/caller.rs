//! Who calls: address, language, origin, request id.

use crate::{locale::negotiate, request_id::RequestId, state::AppState};
use axum::{
    extract::FromRequestParts,
    http::{Extensions, HeaderMap, HeaderName, header, request::Parts},
};
use sspr_core::wire::header::IDEMPOTENCY_KEY;
use sspr_service::Caller;
use std::{convert::Infallible, net::IpAddr};

/// The client's address, put into the request's extensions by whoever serves the router: the socket's peer, or
/// what a trusted proxy says. Limits by address depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// The caller of a request. Its language is the best of `Accept-Language` that exists.
pub(crate) fn of(state: &AppState, headers: &HeaderMap, extensions: &Extensions) -> Caller {
    let accepted = text(headers, &header::ACCEPT_LANGUAGE).unwrap_or_default();
    Caller {
        address: extensions.get::<ClientAddress>().map(|address| address.0),
        locale: negotiate(accepted, &state.locales).to_owned(),
        request_id: extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
        origin: text(headers, &header::ORIGIN).map(str::to_owned),
        key: text(headers, &HeaderName::from_static(IDEMPOTENCY_KEY)).map(str::to_ascii_lowercase),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(of(state, &parts.headers, &parts.extensions))
    }
}
