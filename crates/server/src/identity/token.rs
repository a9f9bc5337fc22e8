//! Sign-in by a bearer JWT (RFC 6750, RFC 7519), with the care of RFC 8725: the algorithm is chosen by us and by the
//! key, never by the token alone.

use super::keys::{KeySet, Unreadable};
use crate::{config::TokenSection, delivery::SetupError};
use async_trait::async_trait;
use axum::http::{header::AUTHORIZATION, request::Parts};
use jiff::Timestamp;
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, decode, decode_header,
    jwk::{Jwk, PublicKeyUse},
};
use sspr_api::{Identified, Identity, IdentityError};

/// Algorithms that are taken. None of them works with a secret that we share, so a public key cannot be abused as one.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA];

/// How far clocks may differ, in seconds.
const LEEWAY: u64 = 30;

/// Longest token.
const MAX_BYTES: usize = 16 * 1024;

/// Checks the token of `Authorization: Bearer`.
#[derive(Debug)]
pub struct BearerToken {
    keys: KeySet,
    issuer: String,
    audience: String,
    identifier_claim: String,
}

impl BearerToken {
    /// As configured.
    pub fn new(section: &TokenSection) -> Result<Self, SetupError> {
        let keys = match (&section.jwks_file, &section.jwks_url) {
            (Some(path), None) => KeySet::file(path.clone()),
            (None, Some(url)) => KeySet::url(url, section.ca_file.as_deref())?,
            _ => {
                let why = "needs exactly one of jwks_file and jwks_url".into();
                return Err(SetupError::Value { key: "identity.token", why });
            }
        };
        Ok(Self {
            keys,
            issuer: section.issuer.clone(),
            audience: section.audience.clone(),
            identifier_claim: section.identifier_claim.clone(),
        })
    }

    /// How many keys there are now.
    pub(crate) async fn count_keys(&self) -> Result<usize, Unreadable> {
        self.keys.count().await
    }

    async fn check(&self, token: &str) -> Result<Identified, IdentityError> {
        if token.len() > MAX_BYTES {
            return Err(refused("it is too long"));
        }
        let header =
            decode_header(token).map_err(|_| refused("it is no signed token of a known algorithm"))?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(refused("its algorithm is not taken"));
        }
        if header.crit.is_some() {
            return Err(refused("it demands an extension"));
        }
        let key = self.keys.find(header.kid.as_deref()).await;
        let key = key.map_err(|error| IdentityError::Unavailable(error.to_string()))?;
        let key = key.ok_or_else(|| refused("its key is not known"))?;
        if !fits(&key, header.alg) {
            return Err(refused("its key is for something else"));
        }
        let decoding = DecodingKey::from_jwk(&key).map_err(|_| refused("its key cannot be used"))?;
        let mut validation = Validation::new(header.alg);
        validation.leeway = LEEWAY;
        validation.validate_nbf = true;
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        let claims = decode::<serde_json::Map<String, serde_json::Value>>(token, &decoding, &validation)
            .map_err(|error| refused(&error.to_string()))?
            .claims;
        let identifier = claims.get(&self.identifier_claim).and_then(|claim| claim.as_str()).map(str::trim);
        let identifier = identifier.filter(|identifier| !identifier.is_empty());
        let identifier = identifier.ok_or_else(|| refused("it names nobody"))?.to_owned();
        let authenticated_at = claims.get("auth_time").and_then(serde_json::Value::as_i64);
        let authenticated_at = authenticated_at.and_then(|seconds| Timestamp::from_second(seconds).ok());
        Ok(Identified { identifier, authenticated_at })
    }
}

#[async_trait]
impl Identity for BearerToken {
    async fn identify(&self, request: &Parts) -> Result<Option<Identified>, IdentityError> {
        let Some(value) = request.headers.get(AUTHORIZATION) else { return Ok(None) };
        let Some((scheme, token)) = value.to_str().ok().and_then(|value| value.split_once(' ')) else {
            return Ok(None);
        };
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Ok(None);
        }
        self.check(token.trim()).await.map(Some)
    }
}

fn refused(why: &str) -> IdentityError {
    IdentityError::Refused(format!("the bearer token: {why}"))
}

/// Whether a key may check signatures of this algorithm. Its type is compared by the library.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let for_signing = !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption));
    let algorithm_agrees =
        key.common.key_algorithm.is_none_or(|named| named.to_string() == format!("{algorithm:?}"));
    for_signing && algorithm_agrees
}
