//! The cookies of the service inside the page. `Set-Cookie` cannot cross a `Response` made by a script, so the
//! browser's own jar never sees them.

use axum::http::{HeaderMap, header};
use cookie::{Cookie, CookieJar};

/// The cookies that the router set.
#[derive(Default)]
pub(super) struct Jar(CookieJar);

impl Jar {
    /// The header `Cookie` of the next request; empty where there is none to send.
    pub(super) fn header(&self) -> String {
        let pairs: Vec<_> = self.0.iter().map(|cookie| cookie.stripped().to_string()).collect();
        pairs.join("; ")
    }

    /// Follows the `Set-Cookie` headers of an answer.
    pub(super) fn remember(&mut self, headers: &HeaderMap) {
        for value in headers.get_all(header::SET_COOKIE) {
            let Some(cookie) = value.to_str().ok().and_then(|text| Cookie::parse(text.to_owned()).ok())
            else {
                continue;
            };
            let over = cookie.max_age().is_some_and(|age| !age.is_positive());
            if over || cookie.value().is_empty() {
                self.0.force_remove(cookie.name());
            } else {
                self.0.add(cookie);
            }
        }
    }
}
