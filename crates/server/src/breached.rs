//! The list of leaked passwords, asked by HTTP: `GET <breached.url><five digits>` with `Add-Padding: true`, answered in
//! lines of `REST:COUNT`.

use crate::{config::BreachedSection, delivery::SetupError, tls};
use async_trait::async_trait;
use reqwest::Url;
use sspr_service::breached::{BreachedList, ListUnavailable};
use std::time::Duration;

/// Bytes of an answer that are read. The longest are a tenth of that.
const LONGEST: usize = 1 << 20;

/// Asks a list over HTTP.
pub struct HttpList {
    client: reqwest::Client,
    url: Url,
}

impl HttpList {
    /// Prepares the way to the list; `None` where the configuration names none.
    pub fn new(section: &BreachedSection) -> Result<Option<Self>, SetupError> {
        let Some(url) = &section.url else { return Ok(None) };
        let wrong = |why: String| SetupError::Value { key: "breached.url", why };
        let url = Url::parse(url).map_err(|error| wrong(format!("is no address: {error}")))?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::client(section.ca_file.as_deref())?)
            .timeout(Duration::from_secs(section.timeout_seconds.into()))
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("sspr-server/", env!("CARGO_PKG_VERSION")))
            .no_proxy()
            .build()
            .map_err(|error| wrong(error.to_string()))?;
        Ok(Some(Self { client, url }))
    }

    async fn ask(&self, prefix: &str) -> Result<String, ListUnavailable> {
        let unreachable = |error: reqwest::Error| {
            let why = if error.is_timeout() { "not in time" } else { "it cannot be reached" };
            ListUnavailable(why.into())
        };
        let mut address = self.url.clone();
        address.set_path(&format!("{}{prefix}", address.path()));
        let request = self.client.get(address).header("add-padding", "true");
        let mut response = request.send().await.map_err(unreachable)?;
        if !response.status().is_success() {
            return Err(ListUnavailable(format!("it answered {}", response.status().as_u16())));
        }
        let mut answer = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            answer.extend_from_slice(&chunk);
            if answer.len() > LONGEST {
                return Err(ListUnavailable("its answer is too long".into()));
            }
        }
        String::from_utf8(answer).map_err(|_| ListUnavailable("its answer is no text".into()))
    }
}

#[async_trait]
impl BreachedList for HttpList {
    async fn range(&self, prefix: &str) -> Result<String, ListUnavailable> {
        let answer = self.ask(prefix).await;
        if let Err(error) = &answer {
            tracing::warn!(%error, "new passwords are not held against the list of leaked ones");
        }
        answer
    }
}
