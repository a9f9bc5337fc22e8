//! How many requests are answered at once before further ones are sent away (`sspr_api` sends them).

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use std::thread::available_parallelism;

/// Requests for each processor where the configuration does not say. Most of them wait for a password's hash; a new
/// password takes some 50 ms of a processor, so the last of them waits for some 6 s (`docs/load.md`).
const FOR_EACH_PROCESSOR: usize = 128;

/// What a request that ran out of time may be asked again after, in seconds.
const LATER: HeaderValue = HeaderValue::from_static("5");

/// The configured number; 0 is so many for each processor.
pub(super) fn at_once(configured: u32) -> usize {
    match usize::try_from(configured).unwrap_or(usize::MAX) {
        0 => available_parallelism().map_or(1, usize::from).saturating_mul(FOR_EACH_PROCESSOR),
        some => some,
    }
}

/// Says when to come again on every 503 that does not say so itself.
pub(super) async fn say_when(mut response: Response) -> Response {
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().entry(header::RETRY_AFTER).or_insert(LATER);
    }
    response
}
