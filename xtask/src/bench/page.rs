//! The page in which everything is measured: a server on loopback for its files, and a browser with a fresh profile.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tiny_http::{Header, Response, Server};

use crate::process;
use crate::tools::Browser;
use crate::trouble::{Outcome, Trouble};
use crate::webdriver::Session;

const PAGE: &str = "<!doctype html><meta charset=utf-8><title>Bench</title><link rel=icon href=data:,><script type=module src=/page.js></script>";

/// The page of another origin.
const FOREIGN: &str = "<!doctype html><meta charset=utf-8><title>Elsewhere</title><link rel=icon href=data:,><script type=module src=/foreign.js></script>";

/// How long one measurement may take: ten million inputs take half of it on two cores.
const PATIENCE: Duration = Duration::from_secs(3600);

/// As many connections as a browser opens to one origin.
const THREADS: usize = 6;

/// The served files and the browser that loads them.
pub(super) struct Page {
    session: Session,
    browser: Browser,
    origin: String,
    server: Arc<Server>,
}

impl Page {
    /// Serves a folder and what is made up here, and opens a browser.
    pub(super) fn open(
        browser: &Browser,
        folder: PathBuf,
        made: BTreeMap<&'static str, Value>,
    ) -> Outcome<Page> {
        let server = Server::http("127.0.0.1:0")
            .map_err(|error| Trouble::new(format!("Cannot listen on 127.0.0.1: {error}")))?;
        let port = server.server_addr().to_ip().map(|address| address.port()).unwrap_or_default();
        let server = Arc::new(server);
        let made: BTreeMap<&str, String> =
            made.into_iter().map(|(path, value)| (path, value.to_string())).collect();
        let made = Arc::new(made);
        for _ in 0..THREADS {
            let (server, made, folder) = (server.clone(), made.clone(), folder.clone());
            thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    let path = request.url().split('?').next().unwrap_or_default().to_owned();
                    let (kind, body) = match path.as_str() {
                        "/" => ("text/html", PAGE.into()),
                        "/foreign" => ("text/html", FOREIGN.into()),
                        "/foreign.js" => ("text/javascript", include_str!("foreign.js").into()),
                        "/page.js" => ("text/javascript", include_str!("page.js").into()),
                        "/worker.js" => ("text/javascript", include_str!("worker.js").into()),
                        path => match made.get(path) {
                            Some(text) => ("application/json", text.clone().into_bytes()),
                            None => (kind(path), read(&folder, path)),
                        },
                    };
                    let status = if body.is_empty() { 404 } else { 200 };
                    let mut response = with_headers(Response::from_data(body).with_status_code(status), kind);
                    if let (true, Ok(policy)) = (path == "/foreign", policy(port)) {
                        response.add_header(policy);
                    }
                    request.respond(response).ok();
                }
            });
        }
        Ok(Page {
            session: Session::start(browser)?,
            browser: browser.clone(),
            origin: format!("http://127.0.0.1:{port}"),
            server,
        })
    }

    /// Measures one thing in a fresh page and returns what the page found out.
    pub(super) fn measure(&self, what: &str) -> Outcome<Value> {
        self.measure_in(&self.session, what)
    }

    /// Uses the standalone module as a page of another origin with a strict policy does, and returns what it said.
    pub(super) fn foreign(&self) -> Outcome<Value> {
        let session = Session::start(&self.browser)?;
        // To a browser, another name of the same machine is another origin.
        let elsewhere = self.origin.replace("127.0.0.1", "localhost");
        self.wait(&session, &format!("{elsewhere}/foreign"))
    }

    /// The same in a browser of its own, where nothing is warm.
    pub(super) fn measure_cold(&self, what: &str) -> Outcome<Value> {
        self.measure_in(&Session::start(&self.browser)?, what)
    }

    fn measure_in(&self, session: &Session, what: &str) -> Outcome<Value> {
        self.wait(session, &format!("{}/?measure={what}", self.origin))
    }

    /// Opens an address and waits for the page's answer.
    fn wait(&self, session: &Session, address: &str) -> Outcome<Value> {
        session.open(address)?;
        let began = Instant::now();
        loop {
            let state = session.run("return [window.answer ?? null, window.failure ?? null]", &[])?;
            if let Some(failure) = state[1].as_str() {
                return Err(Trouble::new(format!("The page at {address} failed: {failure}")));
            }
            if !state[0].is_null() {
                return Ok(state[0].clone());
            }
            if process::interrupted() {
                return Err(Trouble::new("Interrupted"));
            }
            if began.elapsed() > PATIENCE {
                return Err(Trouble::new(format!("{address} took longer than {} s", PATIENCE.as_secs())));
            }
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// The bytes in use on the page's JavaScript heap, after everything that nobody holds is gone.
    pub(super) fn heap(&self) -> Outcome<f64> {
        for _ in 0..3 {
            self.session.devtools("HeapProfiler.collectGarbage", &json!({}))?;
        }
        let usage = self.session.devtools("Runtime.getHeapUsage", &json!({}))?;
        usage["usedSize"]
            .as_f64()
            .ok_or_else(|| Trouble::new("Chromium does not say how much memory is used"))
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        for _ in 0..THREADS {
            self.server.unblock();
        }
    }
}

/// What a careful page allows the standalone module's origin, and nothing else.
fn policy(port: u16) -> Result<Header, ()> {
    let files = format!("http://127.0.0.1:{port}");
    let policy = format!(
        "default-src 'none'; script-src 'self' {files} 'wasm-unsafe-eval'; connect-src {files}; img-src data:; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    Header::from_bytes("Content-Security-Policy", policy)
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

fn read(folder: &std::path::Path, path: &str) -> Vec<u8> {
    if path.split('/').any(|part| part == "..") {
        return Vec::new();
    }
    fs::read(folder.join(path.trim_start_matches('/'))).unwrap_or_default()
}

/// A page that is isolated from other origins has a clock of 5 µs instead of 100.
fn with_headers(
    mut response: Response<std::io::Cursor<Vec<u8>>>,
    kind: &str,
) -> Response<std::io::Cursor<Vec<u8>>> {
    for (name, value) in [
        ("Content-Type", kind),
        ("Cache-Control", "no-store"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
        ("Access-Control-Allow-Origin", "*"),
    ] {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    response
}
