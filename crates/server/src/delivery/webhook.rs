//! Tells the identity provider what happened to an account, by a signed request as Standard Webhooks 1.0.0 describe it:
//! `webhook-id` stays the same when it is sent again, `webhook-timestamp` is the second of this attempt, and
//! `webhook-signature` is `v1,` and the Base64 of HMAC-SHA-256 over `id.timestamp.body`. 2xx: taken. 408, 429 and 5xx, and no
//! answer: tried again. Anything else: given up.

use super::{
    Outcome, SetupError,
    gateway::{judge, later},
    headers::{Headers, headers},
};
use crate::{config::RevocationSection, tls};
use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use sspr_core::Secret;
use sspr_service::revocation::Revocation;
use std::time::Duration;
use zeroize::Zeroizing;

/// What secrets begin with where other software makes them.
const PREFIX: &str = "whsec_";

/// Fewest bytes of a secret.
const LEAST: usize = 24;

/// Tells the identity provider.
#[derive(Clone)]
pub struct Webhook {
    client: reqwest::Client,
    url: reqwest::Url,
    key: Zeroizing<Vec<u8>>,
}

impl Webhook {
    /// Prepares the way; `None` where the configuration names none.
    pub fn new(section: &RevocationSection, secret: Option<Secret>) -> Result<Option<Self>, SetupError> {
        let Some(url) = &section.url else { return Ok(None) };
        let wrong = |key, why: String| SetupError::Value { key, why };
        let url = reqwest::Url::parse(url)
            .map_err(|error| wrong("revocation.url", format!("is no address: {error}")))?;
        let secret = secret.unwrap_or_default();
        let text = secret.expose().trim();
        let key = BASE64.decode(text.strip_prefix(PREFIX).unwrap_or(text).as_bytes());
        let key = key.ok().filter(|key| key.len() >= LEAST).map(Zeroizing::new).ok_or_else(|| {
            let why =
                "must hold a secret of 24 bytes or more in Base64, such as `openssl rand -base64 32` makes";
            wrong("revocation.secret_file", why.into())
        })?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::client(section.ca_file.as_deref())?)
            .timeout(Duration::from_secs(section.timeout_seconds.into()))
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("sspr-server/", env!("CARGO_PKG_VERSION")))
            .no_proxy()
            .build()
            .map_err(|error| wrong("revocation.url", error.to_string()))?;
        Ok(Some(Self { client, url, key }))
    }

    /// Asks for the headers of its address; nothing happens to anybody.
    pub(crate) async fn try_out(&self) -> Result<Headers, &'static str> {
        headers(self.client.head(self.url.clone())).await
    }

    /// Sends one event.
    pub async fn send(&self, id: &str, now: Timestamp, event: &Revocation) -> Outcome {
        let Ok(body) = serde_json::to_string(event) else {
            return Outcome::Refused("it cannot be written as JSON".into());
        };
        let at = now.as_second().to_string();
        let Some(signature) = self.signature(&[id, ".", &at, ".", &body]) else {
            return Outcome::Refused("it cannot be signed".into());
        };
        let request = self.client.post(self.url.clone()).header("content-type", "application/json");
        let request = request.header("webhook-id", id).header("webhook-timestamp", at);
        match request.header("webhook-signature", signature).body(body).send().await {
            Ok(response) => judge("the identity provider", response.status(), response.headers()),
            Err(error) if error.is_timeout() => {
                later(None, "the identity provider did not answer in time".into())
            }
            Err(_) => later(None, "the identity provider cannot be reached".into()),
        }
    }

    fn signature(&self, parts: &[&str]) -> Option<String> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.key).ok()?;
        parts.iter().for_each(|part| mac.update(part.as_bytes()));
        Some(format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes())))
    }
}
