//! What the measured browser talks to: a page with the element alone, the embedded files, the reference server behind.

use std::fs;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tiny_http::{Header, Request, Response, Server};

use super::count::{Loaded, Phase, brotli};
use crate::package;
use crate::trouble::{Doing, Outcome, Trouble};

/// The measured page. Nothing of it is counted.
const PAGE: &str = r#"<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Size</title>
<link rel="icon" href="data:,">
<script type="module" src="/probe.js"></script>
<script type="module" src="/embed/sspr-widget.js"></script>
<sspr-reset></sspr-reset>
"#;

/// Reports when a field can be typed into, and when the element says that it is live.
const PROBE: &str = r#"
const element = document.querySelector("sspr-reset");
const field = () => [element, element.shadowRoot].some((root) =>
  [...(root?.querySelectorAll("input") ?? [])].some((input) => !input.disabled && !input.readOnly && input.checkVisibility()));
const look = () => (field() ? fetch("/mark/first-field") : requestAnimationFrame(look));
look();
element.addEventListener("sspr-ready", () => fetch("/mark/live-form"), { once: true });
"#;

/// The policy of a careful host page.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; \
    img-src data:; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'";

/// A slow phone: round trip and bytes a second. What is needed first then also ends first.
const ROUND_TRIP: Duration = Duration::from_millis(150);
const BYTES_A_SECOND: f64 = 200_000.0;

/// As many connections as a browser opens to one origin.
const THREADS: usize = 6;

/// The front before the reference server is known.
pub(super) struct Front {
    server: Arc<Server>,
    origin: String,
    record: Arc<Mutex<Record>>,
}

struct Record {
    phase: Phase,
    loaded: Vec<Loaded>,
    trouble: Option<String>,
}

impl Front {
    /// Takes a free port.
    pub(super) fn bind() -> Outcome<Front> {
        let server = Server::http("127.0.0.1:0")
            .map_err(|error| Trouble::new(format!("Cannot listen on 127.0.0.1: {error}")))?;
        let port = server.server_addr().to_ip().map(|address| address.port()).unwrap_or_default();
        let record = Record { phase: Phase::FirstField, loaded: Vec::new(), trouble: None };
        Ok(Front {
            server: Arc::new(server),
            origin: format!("http://127.0.0.1:{port}"),
            record: Arc::new(Mutex::new(record)),
        })
    }

    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// Answers from now on, with `backend` behind `/sspr/`.
    pub(super) fn serve(self, backend: &str) -> Outcome<Front> {
        for _ in 0..THREADS {
            let (server, record, backend) = (self.server.clone(), self.record.clone(), backend.to_owned());
            let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
            thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    if let Err(trouble) = answer(request, &record, &agent, &backend) {
                        lock(&record).trouble = Some(trouble.to_string());
                    }
                }
            });
        }
        Ok(self)
    }

    /// The phase under way.
    pub(super) fn phase(&self) -> Phase {
        lock(&self.record).phase
    }

    /// Begins a phase from outside the page.
    pub(super) fn begin(&self, phase: Phase) {
        lock(&self.record).phase = phase;
    }

    /// Everything counted so far, in the order in which it ended.
    pub(super) fn loaded(&self) -> Vec<Loaded> {
        lock(&self.record).loaded.clone()
    }

    /// Why an answer failed, when one did.
    pub(super) fn check(&self) -> Outcome {
        lock(&self.record).trouble.take().map_or(Ok(()), |sentence| Err(Trouble::new(sentence)))
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        for _ in 0..THREADS {
            self.server.unblock();
        }
    }
}

fn lock(record: &Mutex<Record>) -> std::sync::MutexGuard<'_, Record> {
    record.lock().unwrap_or_else(PoisonError::into_inner)
}

fn answer(mut request: Request, record: &Mutex<Record>, agent: &ureq::Agent, backend: &str) -> Outcome {
    let path = request.url().split('?').next().unwrap_or_default().to_owned();
    match path.as_str() {
        "/" => send(request, 200, "text/html", PAGE.into()),
        "/probe.js" => send(request, 200, "text/javascript", PROBE.into()),
        "/mark/first-field" => mark(request, record, Phase::FirstField, Phase::LiveForm),
        "/mark/live-form" => mark(request, record, Phase::LiveForm, Phase::Between),
        _ => {
            let (status, kind, body) = match path.strip_prefix("/embed/") {
                Some(name) => file(name),
                None => forward(&mut request, agent, backend, &path)?,
            };
            thread::sleep(ROUND_TRIP);
            let compressed = brotli(&body)?;
            thread::sleep(Duration::from_secs_f64(compressed as f64 / BYTES_A_SECOND));
            let (method, bytes) = (request.method().to_string(), body.len());
            send(request, status, &kind, body)?;
            if status == 404 && path.starts_with("/embed/") {
                return Err(Trouble::new(format!(
                    "The browser asked for {path}, which the package does not have"
                )));
            }
            let mut record = lock(record);
            let phase = if path.starts_with("/embed/words/full") { Phase::Idle } else { record.phase };
            let path = if method == "GET" { path } else { format!("{method} {path}") };
            record.loaded.push(Loaded { path, phase, bytes, brotli: compressed });
            Ok(())
        }
    }
}

fn mark(request: Request, record: &Mutex<Record>, ended: Phase, next: Phase) -> Outcome {
    {
        let mut record = lock(record);
        if record.phase == ended {
            record.phase = next;
        }
    }
    send(request, 204, "text/plain", Vec::new())
}

fn send(request: Request, status: u16, kind: &str, body: Vec<u8>) -> Outcome {
    let headers = [
        ("Content-Type", kind),
        ("Content-Security-Policy", POLICY),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    let mut response = Response::from_data(body).with_status_code(status);
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // A browser that has gone needs no answer.
    request.respond(response).ok();
    Ok(())
}

fn file(name: &str) -> (u16, String, Vec<u8>) {
    let kind = match name.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    };
    let inside = !name.split('/').any(|part| part == "..");
    match fs::read(package::embed().join(name)) {
        Ok(body) if inside => (200, kind.to_owned(), body),
        _ => (404, "text/plain".to_owned(), Vec::new()),
    }
}

/// Asks the reference server in the browser's name.
fn forward(
    request: &mut Request,
    agent: &ureq::Agent,
    backend: &str,
    path: &str,
) -> Outcome<(u16, String, Vec<u8>)> {
    let doing = || format!("pass {path} on to the server");
    let mut asked =
        ureq::http::Request::builder().method(request.method().as_str()).uri(format!("{backend}{path}"));
    for header in request.headers() {
        let name = header.field.as_str().as_str().to_ascii_lowercase();
        if !matches!(name.as_str(), "connection" | "content-length" | "accept-encoding") {
            asked = asked.header(name, header.value.as_str());
        }
    }
    let mut body = Vec::new();
    request.as_reader().read_to_end(&mut body).doing(doing)?;
    let mut answer = agent.run(asked.body(body).doing(doing)?).doing(doing)?;
    let kind = answer.headers().get("content-type").and_then(|value| value.to_str().ok());
    let kind = kind.unwrap_or("application/octet-stream").to_owned();
    let body = answer.body_mut().read_to_vec().doing(doing)?;
    Ok((answer.status().as_u16(), kind, body))
}
