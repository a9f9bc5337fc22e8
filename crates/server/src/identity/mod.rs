//! Who is signed in, as other systems say it: a reverse proxy's header, or a bearer token.

mod keys;
mod proxy_header;
mod token;

pub use keys::KeySet;
pub use proxy_header::ProxyHeader;
pub use token::BearerToken;

use crate::{config::IdentitySection, delivery::SetupError};
use async_trait::async_trait;
use axum::http::request::Parts;
use sspr_api::{Identified, Identity, IdentityError};
use std::sync::Arc;

/// Asks each configured way in turn; the first that knows somebody decides, and so does the first that refuses.
pub struct Identities(Vec<Arc<dyn Identity>>);

impl Identities {
    /// The ways that the configuration names.
    pub fn new(section: &IdentitySection) -> Result<Self, SetupError> {
        let mut ways: Vec<Arc<dyn Identity>> = Vec::new();
        if let Some(header) = &section.header {
            ways.push(Arc::new(ProxyHeader::new(header)?));
        }
        if let Some(token) = &section.token {
            ways.push(Arc::new(BearerToken::new(token)?));
        }
        Ok(Self(ways))
    }
}

#[async_trait]
impl Identity for Identities {
    async fn identify(&self, request: &Parts) -> Result<Option<Identified>, IdentityError> {
        for way in &self.0 {
            if let Some(found) = way.identify(request).await? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}
