//! The keys that tokens are checked with: a JWKS document (RFC 7517) from a file or an address, kept for a while.

use crate::{delivery::SetupError, tls};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};
use tokio::sync::Mutex;

/// How long keys are used before they are read again.
const FRESH: Duration = Duration::from_secs(3600);

/// Least time between two reads, so that tokens with invented key ids cannot make us ask without end.
const LEAST_PAUSE: Duration = Duration::from_secs(30);

/// How long one read may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Largest document.
const MAX_BYTES: usize = 512 * 1024;

/// The document cannot be had. The text is for the log.
#[derive(Debug, thiserror::Error)]
#[error("the keys cannot be read: {0}")]
pub struct Unreadable(String);

#[derive(Debug)]
enum Source {
    File(PathBuf),
    Url { client: reqwest::Client, url: reqwest::Url },
}

#[derive(Debug, Default)]
struct Kept {
    keys: Option<JwkSet>,
    read_at: Option<Instant>,
    tried_at: Option<Instant>,
}

/// Keys by id. One reader at a time; who comes meanwhile waits for the same answer.
#[derive(Debug)]
pub struct KeySet {
    source: Source,
    kept: Mutex<Kept>,
}

impl KeySet {
    /// Keys of a file, which may be replaced while we run.
    pub fn file(path: PathBuf) -> Self {
        Self { source: Source::File(path), kept: Mutex::default() }
    }

    /// Keys of an address.
    pub fn url(url: &str, ca_file: Option<&std::path::Path>) -> Result<Self, SetupError> {
        let wrong = |why: String| SetupError::Value { key: "identity.token.jwks_url", why };
        let url = reqwest::Url::parse(url).map_err(|error| wrong(format!("is no address: {error}")))?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::client(ca_file)?)
            .timeout(TIMEOUT)
            .build()
            .map_err(|error| wrong(error.to_string()))?;
        Ok(Self { source: Source::Url { client, url }, kept: Mutex::default() })
    }

    /// The key of an id. Without an id, the only key there is. `None` if there is none, after reading again where
    /// that is allowed.
    pub async fn find(&self, id: Option<&str>) -> Result<Option<Jwk>, Unreadable> {
        let mut kept = self.kept.lock().await;
        let fresh = kept.read_at.is_some_and(|at| at.elapsed() < FRESH);
        let found = kept.keys.as_ref().and_then(|keys| pick(keys, id));
        if fresh && found.is_some() {
            return Ok(found);
        }
        if kept.tried_at.is_some_and(|at| at.elapsed() < LEAST_PAUSE) {
            return if kept.keys.is_some() {
                Ok(found)
            } else {
                Err(Unreadable("the last try failed".into()))
            };
        }
        kept.tried_at = Some(Instant::now());
        match self.read().await {
            Ok(keys) => {
                let found = pick(&keys, id);
                kept.keys = Some(keys);
                kept.read_at = Some(Instant::now());
                Ok(found)
            }
            // Keys that were good an hour ago are better than nobody being able to sign in.
            Err(error) if found.is_some() => {
                tracing::warn!(%error, "the old keys stay in use");
                Ok(found)
            }
            Err(error) => Err(error),
        }
    }

    /// Reads the keys and counts them.
    pub(crate) async fn count(&self) -> Result<usize, Unreadable> {
        Ok(self.read().await?.keys.len())
    }

    async fn read(&self) -> Result<JwkSet, Unreadable> {
        let document = match &self.source {
            Source::File(path) => tokio::fs::read(path)
                .await
                .map_err(|error| Unreadable(format!("{}: {error}", path.display())))?,
            Source::Url { client, url } => {
                let fetch = async {
                    let mut response = client.get(url.clone()).send().await?.error_for_status()?;
                    let mut document = Vec::new();
                    while let Some(chunk) = response.chunk().await? {
                        document.extend_from_slice(&chunk);
                        if document.len() > MAX_BYTES {
                            break;
                        }
                    }
                    Ok::<_, reqwest::Error>(document)
                };
                // The address may hold a key.
                fetch.await.map_err(|error| Unreadable(error.without_url().to_string()))?
            }
        };
        if document.len() > MAX_BYTES {
            return Err(Unreadable("the document is too large".into()));
        }
        serde_json::from_slice(&document).map_err(|_| Unreadable("the document is no JWKS".into()))
    }
}

fn pick(keys: &JwkSet, id: Option<&str>) -> Option<Jwk> {
    match (id, keys.keys.as_slice()) {
        (Some(id), _) => keys.find(id).cloned(),
        (None, [only]) => Some(only.clone()),
        (None, _) => None,
    }
}
