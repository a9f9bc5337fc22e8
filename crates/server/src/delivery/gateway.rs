//! Text messages and voice calls by a small HTTP contract that any provider can be put behind.
//!
//! `POST <gateway.url>` with `Authorization: Bearer <token>` and JSON
//! `{"id", "channel": "sms" | "voice", "to": "+81…", "text", "locale"}`. `id` stays the same when a message is tried
//! again, so the gateway can drop doubles. 2xx: accepted. 408, 429 and 5xx: tried again, not before `Retry-After`.
//! Anything else: given up.

use super::{
    Outcome, SetupError,
    headers::{Headers, headers},
};
use crate::{config::GatewaySection, tls};
use reqwest::{
    StatusCode,
    header::{HeaderMap, RETRY_AFTER},
};
use sspr_core::Secret;
use std::time::Duration;

/// What is said to a phone, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneChannel {
    /// Shown as a text message.
    Sms,
    /// Read out in a call.
    Voice,
}

impl PhoneChannel {
    /// As the contract writes it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Voice => "voice",
        }
    }
}

#[derive(serde::Serialize)]
struct Message<'a> {
    id: &'a str,
    channel: PhoneChannel,
    to: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<&'a str>,
}

/// Hands messages to the gateway.
#[derive(Clone)]
pub struct Gateway {
    client: reqwest::Client,
    url: reqwest::Url,
    token: Option<Secret>,
}

impl Gateway {
    /// Prepares the way to the gateway; `None` where the configuration names none.
    pub fn new(section: &GatewaySection, token: Option<Secret>) -> Result<Option<Self>, SetupError> {
        let Some(url) = &section.url else { return Ok(None) };
        let wrong = |why: String| SetupError::Value { key: "gateway.url", why };
        let url = reqwest::Url::parse(url).map_err(|error| wrong(format!("is no address: {error}")))?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::client(section.ca_file.as_deref())?)
            .timeout(Duration::from_secs(section.timeout_seconds.into()))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| wrong(error.to_string()))?;
        Ok(Some(Self { client, url, token }))
    }

    /// Asks for the headers of its address, with the token; nothing is sent to anybody.
    pub(crate) async fn try_out(&self) -> Result<Headers, &'static str> {
        let mut request = self.client.head(self.url.clone());
        if let Some(token) = &self.token {
            request = request.bearer_auth(token.expose());
        }
        headers(request).await
    }

    /// Hands one message over.
    pub async fn send(
        &self,
        id: &str,
        channel: PhoneChannel,
        to: &str,
        text: &str,
        locale: Option<&str>,
    ) -> Outcome {
        let mut request = self.client.post(self.url.clone()).json(&Message { id, channel, to, text, locale });
        if let Some(token) = &self.token {
            request = request.bearer_auth(token.expose());
        }
        match request.send().await {
            Ok(response) => judge("the gateway", response.status(), response.headers()),
            Err(error) if error.is_timeout() => later(None, "the gateway did not answer in time".into()),
            Err(_) => later(None, "the gateway cannot be reached".into()),
        }
    }
}

/// What an answer means; `who` answered.
pub(super) fn judge(who: &str, status: StatusCode, headers: &HeaderMap) -> Outcome {
    let why = format!("{who} answered {}", status.as_u16());
    if status.is_success() {
        Outcome::Accepted
    } else if status.is_server_error()
        || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)
    {
        later(retry_after(headers), why)
    } else {
        Outcome::Refused(why)
    }
}

pub(super) fn later(after: Option<Duration>, why: String) -> Outcome {
    Outcome::Later { after, why }
}

/// RFC 9110 section 10.2.3, in its form of seconds; a date is left to our own back-off.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_gateway_is_asked_again_when_it_says() {
        let headers = HeaderMap::from_iter([(RETRY_AFTER, "17".parse().unwrap())]);
        let outcome = judge("it", StatusCode::TOO_MANY_REQUESTS, &headers);
        assert!(matches!(outcome, Outcome::Later { after: Some(after), .. } if after.as_secs() == 17));
        assert!(matches!(
            judge("it", StatusCode::BAD_GATEWAY, &HeaderMap::new()),
            Outcome::Later { after: None, .. }
        ));
    }

    #[test]
    fn a_message_that_the_gateway_calls_wrong_is_given_up() {
        assert!(matches!(judge("it", StatusCode::BAD_REQUEST, &HeaderMap::new()), Outcome::Refused(_)));
        assert!(matches!(judge("it", StatusCode::FOUND, &HeaderMap::new()), Outcome::Refused(_)));
        assert_eq!(judge("it", StatusCode::ACCEPTED, &HeaderMap::new()), Outcome::Accepted);
    }
}
