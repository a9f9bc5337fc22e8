//! What the server decides about the HTTP side, as opposed to the rules in [`sspr_service::Settings`].

use crate::identity::{Identity, NoIdentity};
use std::sync::Arc;

/// How the router behaves towards browsers and other systems.
#[derive(Clone)]
pub struct Options {
    /// Origins of other sites that may call the contract from a page, as browsers write them:
    /// `https://intranet.example`, without a slash at the end. The own origin needs no entry.
    pub allowed_origins: Vec<String>,
    /// Whether people reach us by HTTPS. Then the session cookie is `Secure` and named `__Host-sspr`.
    pub secure_cookies: bool,
    /// Whether `POST /session` signs people in. Off where something else does (see [`Options::identity`]).
    pub sign_in: bool,
    /// Says who is signed in when the session cookie does not.
    pub identity: Arc<dyn Identity>,
    /// Requests of the contract that are under way at most; further ones are refused as `overloaded`.
    pub requests_at_once: usize,
}

impl Default for Options {
    /// No other origins, HTTPS, own sign-in on, no other way of signing in, any number of requests.
    fn default() -> Self {
        Self {
            allowed_origins: Vec::new(),
            secure_cookies: true,
            sign_in: true,
            identity: Arc::new(NoIdentity),
            requests_at_once: usize::MAX,
        }
    }
}
