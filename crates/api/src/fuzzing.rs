//! What only the fuzz targets (`crates/fuzz`) reach.
#![doc(hidden)]

/// The language of `exist` for an `Accept-Language`.
pub fn negotiate<'a>(accepted: &str, exist: &'a [String]) -> &'a str {
    crate::locale::negotiate(accepted, exist)
}

/// The language that one range names.
pub fn look_up<'a>(range: &str, exist: &'a [String]) -> Option<&'a str> {
    crate::locale::look_up(range, exist)
}

/// The session of the cookies in a request's headers.
pub fn session(headers: &axum::http::HeaderMap, secure: bool) -> Option<sspr_core::Secret> {
    crate::cookie::read(headers, secure)
}
