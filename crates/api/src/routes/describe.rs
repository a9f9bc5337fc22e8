//! `/describe`: what is switched on.

use crate::{
    extract::{JSON, Refused},
    problem::{
        Refusal,
        documented::{ANY, problems},
    },
    state::AppState,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use sha2::{Digest, Sha256};
use sspr_core::wire::Description;
use sspr_service::{Caller, Service};
use std::fmt::Write;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Browsers may keep the description for five minutes.
const CACHE_CONTROL: &str = "public, max-age=300";

/// Bytes of the digest in an entity tag; 16 make chance collisions irrelevant.
const TAG_BYTES: usize = 16;

problems! {
    DescribeProblems = [ANY];
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(describe))
}

/// Describe what is switched on
///
/// The same for everybody, so it may be kept for five minutes.
#[utoipa::path(
    get,
    path = "/describe",
    tag = "describe",
    params(("if-none-match" = Option<String>, Header, description = "The `ETag` of the description at hand.")),
    responses(
        (status = 200, description = "What is switched on.", body = Description, headers(
            ("etag" = String, description = "Names this version of the description."),
            ("cache-control" = String, description = "Five minutes."),
        )),
        (status = 304, description = "The description at hand is still right."),
        DescribeProblems,
    ),
)]
async fn describe(State(service): State<Service>, caller: Caller, headers: HeaderMap) -> Refused {
    let body = serde_json::to_vec(&service.describe(&caller)).map_err(Refusal::internal)?;
    let tag = entity_tag(&body);
    let kept = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, CACHE_CONTROL.to_owned())];
    if has(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    Ok((kept, [(header::CONTENT_TYPE, JSON)], body).into_response())
}

/// A strong validator (RFC 9110, section 8.8.3): the body's SHA-256, shortened.
fn entity_tag(body: &[u8]) -> String {
    let mut tag = String::from("\"");
    for byte in Sha256::digest(body).iter().take(TAG_BYTES) {
        // Writing to a string cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

/// Whether `If-None-Match` names the tag. Compared weakly, as caches may have weakened it.
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let given = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    given
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .any(|item| item == "*" || item.trim_start_matches("W/") == tag)
}
