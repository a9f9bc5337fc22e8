//! How each system is asked for a code, told it, and given a new password: what our element sends it, without the browser.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::codes::{self, Codes};
use crate::job::Reset;

/// When a request or a mail is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is spoken to.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum System {
    Sspr,
    Allauth,
    BetterAuth,
}

/// Speaks to one of them, for any number of people at once.
pub(crate) struct Client {
    system: System,
    url: String,
    http: reqwest::Client,
    codes: Arc<Codes>,
}

/// An answer that was read to its end.
struct Answer {
    status: u16,
    headers: HeaderMap,
    json: Value,
}

impl Client {
    pub(crate) fn new(system: System, url: String, codes: Arc<Codes>) -> Result<Client> {
        let host = url.strip_prefix("http://127.0.0.1:").context("only this machine is ever loaded")?;
        ensure!(host.parse::<u16>().is_ok(), "an origin is http://127.0.0.1:PORT");
        // A connection is kept for the next request, as browsers do.
        let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build()?;
        Ok(Client { system, url, http, codes })
    }

    /// One person's complete reset.
    pub(crate) async fn reset(&self, account: u64) -> Result<Reset> {
        let address = format!("p{account}@example.org");
        // Nothing of anybody's name is in it.
        let password = format!("{}-Zu", uuid::Uuid::new_v4());
        let mail = self.codes.expect(&address);
        match self.system {
            System::Sspr => self.sspr(&address, mail, &password).await,
            System::Allauth => self.allauth(&address, mail, &password).await,
            System::BetterAuth => self.better_auth(&address, mail, &password).await,
        }
    }

    async fn sspr(&self, address: &str, mail: oneshot::Receiver<String>, password: &str) -> Result<Reset> {
        let post = |path: &'static str, flow: Option<Value>, body: Value| async move {
            let mut headers = HeaderMap::new();
            // As the element does, so that a request whose answer was lost can be repeated.
            headers.insert("idempotency-key", uuid::Uuid::new_v4().to_string().parse()?);
            if let Some(flow) = flow.as_ref().and_then(Value::as_str) {
                headers.insert("sspr-flow", secret(flow)?);
            }
            let answer = self.post(&format!("/sspr/v1/recovery{path}"), headers, body).await?;
            if (200..300).contains(&answer.status) {
                return Ok(answer.json);
            }
            bail!("{path}: {} {}", answer.status, answer.json["code"]);
        };
        let began = Instant::now();
        let start = post("", None, json!({ "identifier": address, "intent": "reset" })).await?;
        let flow = Some(start["flow"].clone());
        let by_mail = start["methods"].as_array().into_iter().flatten().find(|it| it["kind"] == "email");
        let method = by_mail.context("a code by mail is offered")?["id"].clone();
        let sent = post("/challenge", flow.clone(), json!({ "method": method })).await?;
        let asked = Instant::now();
        let code = code(mail, codes::digits).await?;
        let has_code = Instant::now();
        let challenge = sent["challenge"]["id"].clone();
        let proved = post("/verify", flow, json!({ "challenge": challenge, "code": code })).await?;
        let verified = Instant::now();
        let set = json!({ "new_password": password, "end_other_sessions": false });
        post("/password", Some(proved["flow"].clone()), set).await?;
        Ok(Reset::of([began, asked, has_code, verified, Instant::now()]))
    }

    /// 401 is its success: nobody is signed in.
    async fn allauth(&self, address: &str, mail: oneshot::Receiver<String>, password: &str) -> Result<Reset> {
        // Django asks for a cookie and a header that are the same; a page gets them with a GET before, which is left out here.
        let csrf = uuid::Uuid::new_v4().simple().to_string();
        let post = |path: &'static str, session: Option<String>, body: Value| {
            let csrf = &csrf;
            async move {
                let session = session.map(|it| format!("; {it}")).unwrap_or_default();
                let mut headers = HeaderMap::new();
                headers.insert(COOKIE, secret(&format!("csrftoken={csrf}{session}"))?);
                headers.insert("x-csrftoken", secret(csrf)?);
                self.post(&format!("/_allauth/browser/v1/auth/password/{path}"), headers, body).await
            }
        };
        let began = Instant::now();
        let answer = post("request", None, json!({ "email": address })).await?;
        ensure!(answer.status == 401, "request: {}", answer.status);
        let asked = Instant::now();
        let cookies = answer.headers.get_all(SET_COOKIE).into_iter().filter_map(|it| it.to_str().ok());
        let session = cookies.filter_map(|it| it.split(';').next()).find(|it| it.starts_with("sessionid="));
        let session = Some(session.context("request: no session")?.to_owned());
        let key = code(mail, codes::letters).await?;
        let has_code = Instant::now();
        // Without a password it only judges the code.
        let answer = post("reset", session.clone(), json!({ "key": key })).await?;
        let lacks_password =
            answer.json["errors"].as_array().is_some_and(|it| it.iter().all(|it| it["code"] == "required"));
        ensure!(answer.status == 400 && lacks_password, "verify: {}", answer.status);
        let verified = Instant::now();
        let answer = post("reset", session, json!({ "key": key, "password": password })).await?;
        ensure!(answer.status == 401, "password: {} {}", answer.status, answer.json["errors"]);
        Ok(Reset::of([began, asked, has_code, verified, Instant::now()]))
    }

    async fn better_auth(
        &self,
        address: &str,
        mail: oneshot::Receiver<String>,
        password: &str,
    ) -> Result<Reset> {
        let post = |path: &'static str, body: Value| async move {
            let answer = self.post(&format!("/api/auth/email-otp/{path}"), HeaderMap::new(), body).await?;
            ensure!(answer.status == 200, "{path}: {} {}", answer.status, answer.json["code"]);
            Ok(())
        };
        let began = Instant::now();
        post("request-password-reset", json!({ "email": address })).await?;
        let asked = Instant::now();
        let otp = code(mail, codes::digits).await?;
        let has_code = Instant::now();
        post("check-verification-otp", json!({ "email": address, "type": "forget-password", "otp": otp }))
            .await?;
        let verified = Instant::now();
        post("reset-password", json!({ "email": address, "otp": otp, "password": password })).await?;
        Ok(Reset::of([began, asked, has_code, verified, Instant::now()]))
    }

    async fn post(&self, path: &str, headers: HeaderMap, body: Value) -> Result<Answer> {
        let request = self.http.post(format!("{}{path}", self.url)).headers(headers);
        let answer = request.header(CONTENT_TYPE, "application/json").body(body.to_string()).send().await;
        // Without the address, so that equal failures count as one.
        let answer = answer.map_err(reqwest::Error::without_url)?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let text = answer.bytes().await.map_err(reqwest::Error::without_url)?;
        Ok(Answer { status, headers, json: serde_json::from_slice(&text).unwrap_or_default() })
    }
}

impl Reset {
    /// From the instants between its steps.
    fn of([began, asked, has_code, verified, ended]: [Instant; 5]) -> Reset {
        Reset {
            ask: asked - began,
            mail: has_code - asked,
            verify: verified - has_code,
            password: ended - verified,
        }
    }
}

/// The code in the mail that is awaited.
async fn code(mail: oneshot::Receiver<String>, find: fn(&str) -> Option<String>) -> Result<String> {
    let text = tokio::time::timeout(PATIENCE, mail).await.context("no mail came")?.context("no mail came")?;
    find(&text).context("the mail holds no code")
}

fn secret(text: &str) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(text)?;
    value.set_sensitive(true);
    Ok(value)
}
