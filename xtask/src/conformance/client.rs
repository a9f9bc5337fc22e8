//! Requests to the server under test, and what every one of its answers has to keep.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use sspr_core::wire::ProblemCode;
use ureq::http::Request;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server by its base address.
pub(super) struct Client {
    base: String,
    agent: ureq::Agent,
    /// What was wrong with any answer at all, by the rule; the first of each.
    pub(super) breaches: RefCell<BTreeMap<&'static str, String>>,
}

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// The request, for a report: nothing secret is in it.
    pub(super) of: String,
    pub(super) status: u16,
    /// Lower-case names; several lines of a name are joined.
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: String,
}

impl Answer {
    /// A header, or nothing.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The body, or null.
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// A text by its JSON pointer, or nothing.
    pub(super) fn text(&self, pointer: &str) -> String {
        self.json().pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// A number by its JSON pointer.
    pub(super) fn number(&self, pointer: &str) -> Option<u64> {
        self.json().pointer(pointer)?.as_u64()
    }

    /// What a report says of it: never the body of a success, which may hold a token.
    pub(super) fn told(&self) -> String {
        let code = self.text("/code");
        format!("{} was answered {}{}{code}", self.of, self.status, if code.is_empty() { "" } else { " " })
    }
}

/// A request that is being put together.
pub(super) struct Call<'a> {
    client: &'a Client,
    method: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
}

impl Client {
    pub(super) fn new(base: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_redirects(0)
            // A cookie is sent where a check says so, and nowhere else.
            .build();
        Self {
            base: base.trim_end_matches('/').to_owned(),
            agent: config.into(),
            breaches: RefCell::default(),
        }
    }

    pub(super) fn call(&self, method: &'static str, path: &str) -> Call<'_> {
        Call { client: self, method, path: path.to_owned(), headers: Vec::new(), body: None }
    }

    fn breach(&self, rule: &'static str, answer: &Answer) {
        self.breaches.borrow_mut().entry(rule).or_insert_with(|| answer.told());
    }

    /// Holds an answer to what is true of all of them.
    fn look_at(&self, answer: &Answer) {
        if answer.of != "GET /describe" && !answer.header("cache-control").contains("no-store") {
            self.breach(NO_STORE, answer);
        }
        if answer.status >= 500 {
            self.breach(NO_FAULT, answer);
        }
        if (400..500).contains(&answer.status) && problem(answer).is_none() {
            self.breach(PROBLEMS, answer);
        }
        let said: Option<u64> = answer.header("retry-after").parse().ok();
        if answer.status == 429 && (said.is_none() || said != answer.number("/retry_after")) {
            self.breach(RETRY_AFTER, answer);
        }
    }
}

/// Rules for all answers.
pub(super) const NO_STORE: &str = "no answer but describe's is kept by anybody: `Cache-Control: no-store`";
pub(super) const NO_FAULT: &str = "nothing here makes the server fail: no status from 500";
pub(super) const PROBLEMS: &str = "a refusal is application/problem+json with type, title, status and a code of the contract, and the code's status";
pub(super) const RETRY_AFTER: &str = "429 says when again, in `Retry-After` and as `retry_after`";
pub(super) const EVERYWHERE: [&str; 4] = [NO_STORE, NO_FAULT, PROBLEMS, RETRY_AFTER];

/// The code of a refusal that has everything a problem must have.
fn problem(answer: &Answer) -> Option<ProblemCode> {
    let body = answer.json();
    let code = ProblemCode::from_word(body["code"].as_str()?)?;
    let whole = answer.header("content-type").starts_with("application/problem+json")
        && body["type"].as_str()?.ends_with(code.word())
        && body["title"].is_string()
        && body["status"].as_u64() == Some(answer.status.into())
        && (code.status() == answer.status || answer.status == 405);
    whole.then_some(code)
}

impl Call<'_> {
    pub(super) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(super) fn flow(self, token: &str) -> Self {
        self.header("sspr-flow", token)
    }

    pub(super) fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json").bytes(body.to_string())
    }

    pub(super) fn bytes(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sends it. Without an answer, what failed.
    pub(super) fn send(self) -> Result<Answer, String> {
        let of = format!("{} {}", self.method, self.path);
        let failed = |error: &dyn std::fmt::Display| format!("{of} was not answered: {error}");
        let mut request =
            Request::builder().method(self.method).uri(format!("{}{}", self.client.base, self.path));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let sent = match self.body {
            Some(body) => self.client.agent.run(request.body(body).map_err(|error| failed(&error))?),
            None => self.client.agent.run(request.body(()).map_err(|error| failed(&error))?),
        };
        let mut answer = sent.map_err(|error| failed(&error))?;
        let mut headers = BTreeMap::<String, String>::new();
        for (name, value) in answer.headers() {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            let line = headers.entry(name.as_str().to_owned()).or_default();
            *line = if line.is_empty() { value } else { format!("{line}, {value}") };
        }
        let body = answer.body_mut().read_to_string().map_err(|error| failed(&error))?;
        let answer = Answer { status: answer.status().as_u16(), headers, body, of };
        self.client.look_at(&answer);
        Ok(answer)
    }
}
