//! What a start asks for besides the identifier: from `[captcha]`, and over HTTP from the service that judges answers. It is
//! asked by `POST <captcha.verify_url>` with the form fields `secret` and `response`, and answers JSON with `success`, as
//! reCAPTCHA's `siteverify` began it and hCaptcha, Turnstile and Friendly Captcha's and mCaptcha's compatible modes do. No
//! address of the person is sent.

use crate::{
    config::{CaptchaKind, CaptchaSection, load_secret},
    delivery::SetupError,
    tls,
};
use async_trait::async_trait;
use reqwest::Url;
use serde::Deserialize;
use sspr_core::Secret;
use sspr_service::captcha::{Captcha, CaptchaJudge, JudgeUnavailable};
use std::{sync::Arc, time::Duration};

/// Bytes of an answer that are read.
const LONGEST: usize = 1 << 16;

/// What starts ask for; `None` where nothing.
pub fn captcha(section: &CaptchaSection) -> Result<Option<Captcha>, SetupError> {
    Ok(match section.kind {
        CaptchaKind::None => None,
        CaptchaKind::ProofOfWork => {
            let bits = u8::try_from(section.difficulty).unwrap_or(u8::MAX);
            Some(Captcha::Work { bits, life: section.life_seconds })
        }
        CaptchaKind::External => Some(Captcha::External {
            provider: section.provider.clone(),
            site_key: section.site_key.clone(),
            judge: Arc::new(HttpJudge::new(section)?),
        }),
    })
}

/// Asks over HTTP.
pub struct HttpJudge {
    client: reqwest::Client,
    url: Url,
    secret: Secret,
}

#[derive(Deserialize)]
struct Verdict {
    success: bool,
}

impl HttpJudge {
    /// Prepares the way to the service.
    pub fn new(section: &CaptchaSection) -> Result<Self, SetupError> {
        let wrong = |key, why: String| SetupError::Value { key, why };
        let url = Url::parse(section.verify_url.as_deref().unwrap_or_default());
        let url = url.map_err(|error| wrong("captcha.verify_url", format!("is no address: {error}")))?;
        let secret = load_secret("SSPR_CAPTCHA_SECRET", section.secret_file.as_deref());
        let secret = secret.map_err(|error| wrong("captcha.secret_file", error.to_string()))?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::client(section.ca_file.as_deref())?)
            .timeout(Duration::from_secs(section.timeout_seconds.into()))
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("sspr-server/", env!("CARGO_PKG_VERSION")))
            .no_proxy()
            .build()
            .map_err(|error| wrong("captcha.verify_url", error.to_string()))?;
        Ok(Self { client, url, secret: secret.unwrap_or_default() })
    }

    async fn ask(&self, answer: &str) -> Result<bool, JudgeUnavailable> {
        let unreachable = |error: reqwest::Error| {
            let why = if error.is_timeout() { "not in time" } else { "it cannot be reached" };
            JudgeUnavailable(why.into())
        };
        let form = [("secret", self.secret.expose()), ("response", answer)];
        let mut response =
            self.client.post(self.url.clone()).form(&form).send().await.map_err(unreachable)?;
        if !response.status().is_success() {
            return Err(JudgeUnavailable(format!("it answered {}", response.status().as_u16())));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST {
                return Err(JudgeUnavailable("its answer is too long".into()));
            }
        }
        let verdict: Verdict = serde_json::from_slice(&body)
            .map_err(|_| JudgeUnavailable("its answer has no `success`".into()))?;
        Ok(verdict.success)
    }
}

#[async_trait]
impl CaptchaJudge for HttpJudge {
    async fn is_good(&self, answer: &str) -> Result<bool, JudgeUnavailable> {
        let verdict = self.ask(answer).await;
        if let Err(error) = &verdict {
            tracing::warn!(%error, "no recovery can be started");
        }
        verdict
    }
}
