//! Somebody's website: a page that embeds the built widget as any other page would, under the policy that the documentation
//! asks for, and nothing else of ours.

use anyhow::{Context, Result};
use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{Arc, Mutex},
};
use tiny_http::{Header, Method, Request, Response, Server};

/// A backend in the page's own script: one gate, by e-mail; every call's name and body is kept in `host.calls`.
const HOST: &str = include_str!("host.js");

/// What the page may do (issue: strict CSP), with its own origin for forms.
fn policy(embed: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' {embed} 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' {embed}; \
         form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'"
    )
}

/// A website at an origin of its own, until it is dropped.
pub(crate) struct Site {
    /// Where it answers.
    pub(crate) origin: String,
    server: Arc<Server>,
    shared: Arc<Shared>,
}

struct Shared {
    dist: PathBuf,
    body: String,
    script: String,
    /// The origin of the widget's files, where it is another one.
    embed: String,
    missing: Mutex<HashSet<&'static str>>,
    posted: Mutex<Vec<String>>,
}

impl Site {
    /// A site whose one page has this body and runs this script, which may use `host` and `heard`.
    pub(crate) fn open(body: &str, script: &str) -> Result<Self> {
        Self::embedding("", body, script)
    }

    /// A site whose page loads the widget from another origin.
    pub(crate) fn embedding(embed: &str, body: &str, script: &str) -> Result<Self> {
        let server = Server::http("127.0.0.1:0").map_err(|error| anyhow::anyhow!("{error}"))?;
        let server = Arc::new(server);
        let port = server.server_addr().to_ip().context("a port")?.port();
        let shared = Arc::new(Shared {
            dist: std::env::var_os("SSPR_DIST").context("SSPR_DIST names the packaged page")?.into(),
            body: body.to_owned(),
            script: script.to_owned(),
            embed: embed.to_owned(),
            missing: Mutex::default(),
            posted: Mutex::default(),
        });
        let (answers, known) = (server.clone(), shared.clone());
        std::thread::spawn(move || {
            for request in answers.incoming_requests() {
                // Somebody who hung up needs no answer.
                let _ = known.answer(request);
            }
        });
        Ok(Self { origin: format!("http://127.0.0.1:{port}"), server, shared })
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
        self.server.unblock();
    }
}

impl Shared {
    fn answer(&self, mut request: Request) -> Result<()> {
        let path = request.url().split('?').next().unwrap_or_default().to_owned();
        if *request.method() == Method::Post {
            let mut body = String::new();
            request.as_reader().read_to_string(&mut body)?;
            self.posted.lock().expect("nobody panics with it").push(format!("{path} {body}"));
        }
        let (kind, body) = match path.as_str() {
            "/" => ("text/html", self.page().into_bytes()),
            "/page.js" => ("text/javascript", format!("{HOST}\n{}", self.script).into_bytes()),
            "/forgot" => {
                ("text/html", b"<!doctype html><title>Posted</title><p>We will write to you.".to_vec())
            }
            path => match self.file(path) {
                Some(found) => found,
                None => return Ok(request.respond(Response::empty(404))?),
            },
        };
        let header = |name: &str, value: &str| {
            Header::from_bytes(name, value).map_err(|()| anyhow::anyhow!("no header {name}: {value}"))
        };
        let answer = Response::from_data(body)
            .with_header(header("content-type", kind)?)
            .with_header(header("content-security-policy", &policy(&self.embed))?)
            .with_header(header("cache-control", "no-store")?)
            .with_header(header("access-control-allow-origin", "*")?);
        Ok(request.respond(answer)?)
    }

    fn page(&self) -> String {
        let Self { body, embed, .. } = self;
        format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>A site</title>\
             <script type=module src='{embed}/embed/sspr-widget.js'></script><script type=module src=/page.js></script></head>\
             <body>{body}</body></html>"
        )
    }

    fn file(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        let name = path.strip_prefix("/embed/")?;
        if name.contains("..") || self.missing.lock().expect("nobody panics with it").contains(name) {
            return None;
        }
        let kind = match name.rsplit_once('.')?.1 {
            "js" => "text/javascript",
            "css" => "text/css",
            "wasm" => "application/wasm",
            "json" => "application/json",
            _ => "application/octet-stream",
        };
        Some((kind, std::fs::read(self.dist.join("embed").join(name)).ok()?))
    }
}
