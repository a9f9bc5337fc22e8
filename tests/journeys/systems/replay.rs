//! Systems that do not run here, as their documents say that they speak: a recording answers in their place.
//!
//! A recording (`recorded/<system>/<story>.json`) is a list of exchanges. A request gets the first exchange that is left and
//! fits it; one that fits none, and an exchange that was never asked for, fail the test. One that stands for any number of
//! requests, also none, says `"again": true`.

use super::*;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

/// A request, and what it is answered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exchange {
    method: String,
    /// With its query; `{page}` is the page's address, escaped.
    path: String,
    #[serde(default)]
    again: bool,
    /// What of the request must be equal; what is not named may be anything.
    #[serde(default)]
    request: Expected,
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// Nothing is sent where absent.
    json: Option<Value>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Expected {
    json: Option<Value>,
    /// `null` for one that must be missing.
    headers: BTreeMap<String, Option<String>>,
}

impl Exchange {
    fn fits(&self, method: &Method, uri: &Uri, headers: &HeaderMap, body: &Value) -> bool {
        let has = |(name, value): (&String, &Option<String>)| {
            headers.get(name).map(HeaderValue::as_bytes) == value.as_deref().map(str::as_bytes)
        };
        self.method == method.as_str()
            && uri.path_and_query().is_some_and(|it| it.as_str() == self.path)
            && self.request.headers.iter().all(has)
            && self.request.json.as_ref().is_none_or(|part| contains(body, part))
    }

    fn answer(&self) -> Result<Response> {
        let status = StatusCode::from_u16(self.status)?;
        let body = self.json.as_ref().map(Value::to_string).unwrap_or_default();
        let mut response = (status, body).into_response();
        let kind = if self.json.is_some() { "application/json" } else { "text/plain" };
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        for (name, value) in &self.headers {
            response.headers_mut().append(name.parse::<HeaderName>()?, HeaderValue::from_str(value)?);
        }
        Ok(response)
    }
}

/// Whether a value has everything of a part; lists are compared whole.
fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(name, part)| whole.get(name).is_some_and(|it| contains(it, part)))
        }
        (whole, part) => whole == part,
    }
}

#[derive(Default)]
struct Tape {
    left: Vec<Exchange>,
    strange: Vec<String>,
}

/// A recorded system with a site before it.
pub(crate) struct Replay {
    tape: Arc<Mutex<Tape>>,
    site: Site,
    serving: tokio::task::JoinHandle<()>,
}

impl Replay {
    /// Plays a recording, whose paths begin with `prefix`, behind a page with this body.
    pub(crate) async fn start(recording: &str, prefix: &str, body: &str) -> Result<Self> {
        Self::scripted(recording, prefix, body, "").await
    }

    /// The same, where the page runs a script.
    pub(crate) async fn scripted(recording: &str, prefix: &str, body: &str, page: &str) -> Result<Self> {
        let file = script("recorded").join(recording).with_extension("json");
        let text = std::fs::read_to_string(&file).with_context(|| format!("no {}", file.display()))?;
        let tape = Arc::<Mutex<Tape>>::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let server = format!("http://{}", listener.local_addr()?);
        let router = Router::new().fallback(play).with_state(tape.clone());
        let serving = tokio::spawn(async move {
            // It ends with the test.
            let _ = axum::serve(listener, router).await;
        });
        let site = Site::before_with(prefix, &server, body, page).await?;
        let address = format!("{}/", site.origin).replace(':', "%3A").replace('/', "%2F");
        let left = serde_json::from_str(&text.replace("{page}", &address));
        tape.lock().expect("nobody panics with it").left =
            left.with_context(|| format!("{}", file.display()))?;
        Ok(Self { tape, site, serving })
    }

    /// The address of the page.
    pub(crate) fn page(&self) -> String {
        format!("{}/", self.site.origin)
    }

    /// A browser on the page; `at` is what follows its address, such as `#sspr=…` or a query.
    pub(super) async fn browser(&self, world: &World, at: &str) -> Result<Browser> {
        let browser = world.browser_of_size(900, 1200).await?;
        browser.open(&format!("{}/{at}", self.site.origin)).await?;
        Ok(browser)
    }

    /// Fails if something was asked that is not recorded, or something recorded was not asked.
    pub(crate) fn is_over(&self) -> Result<()> {
        let tape = self.tape.lock().expect("nobody panics with it");
        ensure!(tape.strange.is_empty(), "asked, and not recorded: {:#?}", tape.strange);
        let left: Vec<_> =
            tape.left.iter().filter(|it| !it.again).map(|it| format!("{} {}", it.method, it.path)).collect();
        ensure!(left.is_empty(), "recorded, and not asked: {left:#?}");
        Ok(())
    }
}

impl Drop for Replay {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn play(
    State(tape): State<Arc<Mutex<Tape>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let mut tape = tape.lock().expect("nobody panics with it");
    let found = tape.left.iter().position(|it| it.fits(&method, &uri, &headers, &body));
    let answer = match found {
        Some(at) if tape.left[at].again => tape.left[at].answer(),
        Some(at) => tape.left.remove(at).answer(),
        None => Err(anyhow::anyhow!("not recorded")),
    };
    answer.unwrap_or_else(|error| {
        tape.strange.push(format!("{method} {uri} {body}: {error}"));
        StatusCode::NOT_IMPLEMENTED.into_response()
    })
}
