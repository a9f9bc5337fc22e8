//! The session cookie of the own sign-in. Only `/session` and `/me` read it.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite, time};
use sspr_core::Secret;

/// The `__Host-` prefix makes browsers refuse the cookie unless it is `Secure`, for the whole path and for this
/// host alone (RFC 6265bis, section 4.1.3.2), so a neighbouring host cannot plant one.
fn name(secure: bool) -> &'static str {
    if secure { "__Host-sspr" } else { "sspr" }
}

/// The session that the request brings.
pub(crate) fn read(headers: &HeaderMap, secure: bool) -> Option<Secret> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(Cookie::split_parse)
        .flatten()
        .find(|cookie| cookie.name() == name(secure) && !cookie.value().is_empty())
        .map(|cookie| Secret::new(cookie.value()))
}

/// `Set-Cookie` for a new session. It ends with the browser, or when the service ends it.
pub(crate) fn set(session: &Secret, secure: bool) -> Option<HeaderValue> {
    line(Cookie::new(name(secure), session.expose()), secure)
}

/// `Set-Cookie` that takes the session away.
pub(crate) fn clear(secure: bool) -> Option<HeaderValue> {
    let mut cookie = Cookie::new(name(secure), "");
    // `Cookie::make_removal` would ask std's clock, which panics in the page.
    cookie.set_max_age(time::Duration::ZERO);
    cookie.set_expires(time::OffsetDateTime::UNIX_EPOCH);
    line(cookie, secure)
}

fn line(mut cookie: Cookie<'_>, secure: bool) -> Option<HeaderValue> {
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Strict);
    cookie.set_path("/");
    cookie.set_secure(secure);
    let mut value = HeaderValue::from_str(&cookie.to_string()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(line: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(line))])
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let found = read(&headers("a=1; __Host-sspr=secret; b=2"), true);
        assert_eq!(found.as_ref().map(Secret::expose), Some("secret"));
    }

    #[test]
    fn a_cookie_without_the_host_prefix_does_not_count_over_https() {
        assert!(read(&headers("sspr=planted"), true).is_none());
    }

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        let value = set(&Secret::new("s"), true).expect("a header");
        assert_eq!(value.to_str().expect("text"), "__Host-sspr=s; HttpOnly; SameSite=Strict; Secure; Path=/");
    }

    #[test]
    fn clearing_ends_the_cookie_at_once() {
        let value = clear(false).expect("a header");
        let text = value.to_str().expect("text");
        assert!(text.starts_with("sspr=; ") && text.contains("Max-Age=0"), "{text}");
    }
}
