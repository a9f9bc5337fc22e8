//! The seam for sign-in that happens elsewhere: a reverse proxy's header, a bearer token.

use async_trait::async_trait;
use axum::http::request::Parts;
use jiff::Timestamp;

/// Somebody whom another system signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identified {
    /// User name or e-mail address of the account.
    pub identifier: String,
    /// When they proved themselves there, if it says. Without it, changes that need a fresh proof ask for the
    /// password.
    pub authenticated_at: Option<Timestamp>,
}

/// Why nobody could be identified. The texts are for the log.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// What the request carries is forged, expired or not for us: `session-required`.
    #[error("identity refused: {0}")]
    Refused(String),
    /// It cannot be checked now: `overloaded`.
    #[error("identity cannot be checked: {0}")]
    Unavailable(String),
}

/// Says who is signed in, from the request alone. Asked on `/session` and `/me` when no session cookie counts.
///
/// What it reads must be something that a foreign page cannot make a browser send along by itself, since only
/// cookie sessions are held to a CSRF token; foreign origins are refused for all.
#[async_trait]
pub trait Identity: Send + Sync {
    /// `None` where the request says nothing about it.
    async fn identify(&self, request: &Parts) -> Result<Option<Identified>, IdentityError>;
}

/// Nobody is signed in but by the session cookie.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoIdentity;

#[async_trait]
impl Identity for NoIdentity {
    async fn identify(&self, _request: &Parts) -> Result<Option<Identified>, IdentityError> {
        Ok(None)
    }
}
