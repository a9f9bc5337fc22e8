//! `/passwords/range/{prefix}`: the list of leaked passwords, so that a browser asks nobody but us.

use crate::{
    extract::Refused,
    problem::documented::{ANY, problems},
    state::AppState,
};
use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::header,
    response::IntoResponse,
};
use sspr_service::{Caller, Service};
use utoipa_axum::{router::OpenApiRouter, routes};

problems! {
    RangeProblems = [ANY] + [NotAllowed, ValueRejected, BreachedListUnavailable];
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(range))
}

/// Ask the list of leaked passwords
///
/// In the k-anonymity range format: whoever asks sends the first five hexadecimal digits of a password's SHA-1 and looks
/// for the rest among the lines of `REST:COUNT` that come back. Lines with the count 0 are padding.
#[utoipa::path(
    get,
    path = "/passwords/range/{prefix}",
    operation_id = "breached_range",
    tag = "describe",
    params(("prefix" = String, Path, description = "Five hexadecimal digits.", pattern = "^[0-9A-Fa-f]{5}$")),
    responses(
        (status = 200, description = "Lines of `REST:COUNT`.", body = String, content_type = "text/plain"),
        RangeProblems,
    ),
)]
async fn range(
    State(service): State<Service>,
    caller: Caller,
    prefix: Result<Path<String>, PathRejection>,
) -> Refused<impl IntoResponse> {
    // What is no text at all is no prefix either.
    let prefix = prefix.map(|Path(prefix)| prefix).unwrap_or_default();
    let lines = service.breached_range(&caller, &prefix).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], lines))
}
