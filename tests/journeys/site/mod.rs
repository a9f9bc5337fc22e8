//! Somebody's website: a page that embeds the built widget as any other page would, under the policy that the documentation
//! asks for, and nothing else of ours.

use anyhow::{Context, Result};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::{
    collections::{BTreeMap, HashSet},
    path::PathBuf,
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// A backend in the page's own script: one gate, by e-mail; every call's name and body is kept in `host.calls`.
const HOST: &str = include_str!("host.js");

/// The policy that the documentation asks for (docs/guides/csp.md), with pictures of the site's own.
pub(crate) const STRICT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Files of a site by their names.
pub(crate) type Files = BTreeMap<String, String>;

/// A website at an origin of its own, until it is dropped.
pub(crate) struct Site {
    /// Where it answers.
    pub(crate) origin: String,
    serving: JoinHandle<()>,
    shared: Arc<Shared>,
}

struct Shared {
    dist: PathBuf,
    files: Files,
    policy: String,
    /// A path, and the origin of the server behind it.
    behind: Option<(String, String)>,
    missing: Mutex<HashSet<&'static str>>,
    posted: Mutex<Vec<String>>,
}

impl Site {
    /// A site whose one page has this body and runs this script, which may use `host` and `heard`.
    pub(crate) async fn open(body: &str, script: &str) -> Result<Self> {
        Self::embedding("", body, script).await
    }

    /// A site whose one page has this body, and this for its script.
    pub(crate) async fn scripted(body: &str, script: &str) -> Result<Self> {
        let mut files = page("", body, "");
        files.insert("page.js".into(), script.into());
        Self::start(files, STRICT, None).await
    }

    /// A site that hands what is asked for below a path on to another server.
    pub(crate) async fn before(prefix: &str, server: &str, body: &str) -> Result<Self> {
        Self::before_with(prefix, server, body, "").await
    }

    /// The same, where the page runs a script.
    pub(crate) async fn before_with(prefix: &str, server: &str, body: &str, script: &str) -> Result<Self> {
        Self::serving(page("", body, script), STRICT, prefix, server).await
    }

    /// A site whose page loads the widget from another origin.
    pub(crate) async fn embedding(embed: &str, body: &str, script: &str) -> Result<Self> {
        let policy = STRICT.replace("-src 'self'", &format!("-src 'self' {embed}"));
        Self::start(page(embed, body, script), &policy, None).await
    }

    /// A site of these files, before a server.
    pub(crate) async fn serving(files: Files, policy: &str, prefix: &str, server: &str) -> Result<Self> {
        Self::start(files, policy, Some((prefix.to_owned(), server.to_owned()))).await
    }

    async fn start(files: Files, policy: &str, behind: Option<(String, String)>) -> Result<Self> {
        let shared = Arc::new(Shared {
            dist: std::env::var_os("SSPR_DIST").context("SSPR_DIST names the packaged page")?.into(),
            files,
            policy: policy.to_owned(),
            behind,
            missing: Mutex::default(),
            posted: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let router = Router::new().fallback(answer).with_state(shared.clone());
        let serving = tokio::spawn(async move {
            // It ends with the test.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { origin, serving, shared })
    }

    /// From now on these files of the widget are missing, and no others.
    pub(crate) fn lacks(&self, files: &[&'static str]) {
        *self.shared.missing.lock().expect("nobody panics with it") = files.iter().copied().collect();
    }

    /// The bodies of the forms that were posted, each after its path.
    pub(crate) fn posted(&self) -> Vec<String> {
        self.shared.posted.lock().expect("nobody panics with it").clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(State(site): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if let Some((_, server)) = site.behind.as_ref().filter(|(prefix, _)| path.starts_with(prefix)) {
        return hand_on(server, request).await.unwrap_or_else(|_| StatusCode::BAD_GATEWAY.into_response());
    }
    if request.method() == Method::POST {
        let body = axum::body::to_bytes(request.into_body(), 1 << 16).await.unwrap_or_default();
        let line = format!("{path} {}", String::from_utf8_lossy(&body));
        site.posted.lock().expect("nobody panics with it").push(line);
    }
    let found = match path.as_str() {
        "/forgot" => {
            Some(("text/html", b"<!doctype html><title>Posted</title><p>We will write to you.".to_vec()))
        }
        path => site.file(path),
    };
    let Some((kind, body)) = found else { return StatusCode::NOT_FOUND.into_response() };
    let policy = HeaderValue::from_str(&site.policy).expect("printable ASCII");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    (headers, body).into_response()
}

/// Asks the server behind the site the same, as a reverse proxy does.
async fn hand_on(server: &str, request: Request) -> Result<Response> {
    let (head, body) = request.into_parts();
    let address = format!("{server}{}", head.uri.path_and_query().context("a path")?);
    let body = axum::body::to_bytes(body, 1 << 16).await?;
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let answer = client.request(head.method, address).headers(head.headers).body(body).send().await?;
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    headers.remove(header::TRANSFER_ENCODING);
    Ok((status, headers, answer.bytes().await?).into_response())
}

impl Shared {
    fn file(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        let name = match path.strip_prefix('/')? {
            "" => "index.html",
            name => name,
        };
        let missing = self.missing.lock().expect("nobody panics with it");
        if name.contains("..") || name.strip_prefix("embed/").is_some_and(|name| missing.contains(name)) {
            return None;
        }
        let kind = match name.rsplit_once('.')?.1 {
            "js" => "text/javascript",
            "css" => "text/css",
            "html" => "text/html",
            "svg" => "image/svg+xml",
            "wasm" => "application/wasm",
            "json" => "application/json",
            _ => "application/octet-stream",
        };
        let own = self.files.get(name).map(|text| text.clone().into_bytes());
        Some((kind, own.or_else(|| std::fs::read(self.dist.join(name)).ok())?))
    }
}

/// A page with the widget from an origin, and its script after the backend that `host.js` is.
fn page(embed: &str, body: &str, script: &str) -> Files {
    let html = format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>A site</title>\
         <script type=module src='{embed}/embed/sspr-widget.js'></script><script type=module src=/page.js></script></head>\
         <body>{body}</body></html>"
    );
    Files::from([("index.html".into(), html), ("page.js".into(), format!("{HOST}\n{script}"))])
}
