//! The server of all measured pages. Everything is in memory, compressed before the first request.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tiny_http::{Header, Request, Response, Server};

use crate::size::compressed;
use crate::trouble::{Doing, Outcome, Trouble};

/// As many connections as a browser opens to one origin.
const THREADS: usize = 6;

/// One answer.
pub(super) struct Body {
    kind: &'static str,
    bytes: Vec<u8>,
    brotli: bool,
    policy: Option<&'static str>,
}

impl Body {
    /// An answer under Brotli 11.
    pub(super) fn compressed(kind: &'static str, bytes: Vec<u8>) -> Outcome<Body> {
        Ok(Body { kind, bytes: compressed(&bytes)?, brotli: true, policy: None })
    }

    /// A file that is compressed already, such as a font.
    pub(super) fn plain(name: &str, bytes: Vec<u8>) -> Body {
        Body { kind: kind(name), bytes, brotli: false, policy: None }
    }

    /// With a Content-Security-Policy.
    pub(super) fn policy(mut self, policy: Option<&'static str>) -> Body {
        self.policy = policy;
        self
    }

    fn response(&self) -> Response<&[u8]> {
        let mut response =
            Response::new(200.into(), Vec::new(), self.bytes.as_slice(), Some(self.bytes.len()), None);
        let headers = [
            Some(("Content-Type", self.kind)),
            Some(("Cache-Control", "no-store")),
            self.brotli.then_some(("Content-Encoding", "br")),
            self.policy.map(|policy| ("Content-Security-Policy", policy)),
        ];
        for (name, value) in headers.into_iter().flatten() {
            if let Ok(header) = Header::from_bytes(name, value) {
                response.add_header(header);
            }
        }
        response
    }
}

/// All answers by their path. What stands after a question mark counts where a path has one here.
#[derive(Default)]
pub(super) struct Site(BTreeMap<String, Body>);

impl Site {
    pub(super) fn put(&mut self, path: &str, body: Body) {
        self.0.insert(path.to_owned(), body);
    }

    pub(super) fn put_file(&mut self, path: &str, file: &Path) -> Outcome {
        let bytes = fs::read(file).doing(|| format!("read {}", file.display()))?;
        self.put(path, Body::compressed(kind(path), bytes)?);
        Ok(())
    }

    /// Answers from now on.
    pub(super) fn serve(self) -> Outcome<Serving> {
        let server = Server::http("127.0.0.1:0")
            .map_err(|error| Trouble::new(format!("Cannot listen on 127.0.0.1: {error}")))?;
        let port = server.server_addr().to_ip().map(|address| address.port()).unwrap_or_default();
        let serving = Serving {
            server: Arc::new(server),
            origin: format!("http://127.0.0.1:{port}"),
            missed: Arc::default(),
        };
        let site = Arc::new(self);
        for _ in 0..THREADS {
            let (server, missed, site) = (serving.server.clone(), serving.missed.clone(), site.clone());
            thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    site.answer(request, &missed);
                }
            });
        }
        Ok(serving)
    }

    fn find(&self, url: &str) -> Option<&Body> {
        self.0.get(url).or_else(|| self.0.get(url.split('?').next().unwrap_or_default()))
    }

    fn answer(&self, request: Request, missed: &Mutex<Vec<String>>) {
        // A browser that has gone needs no answer.
        match self.find(request.url()) {
            Some(body) => request.respond(body.response()).ok(),
            None => {
                let asked = format!("{} {}", request.method(), request.url());
                missed.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
                request.respond(Response::empty(404)).ok()
            }
        };
    }
}

/// A site that answers until this value goes.
pub(super) struct Serving {
    server: Arc<Server>,
    pub(super) origin: String,
    missed: Arc<Mutex<Vec<String>>>,
}

impl Serving {
    /// An error when a page asked for what is not there.
    pub(super) fn check(&self) -> Outcome {
        let missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner);
        match missed.first() {
            None => Ok(()),
            Some(first) => {
                Err(Trouble::new(format!("A page asked for {first}, which the bench does not have"))
                    .advice("give it an answer in xtask/src/bench/start/contender.rs"))
            }
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        for _ in 0..THREADS {
            self.server.unblock();
        }
    }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("gif") => "image/gif",
        Some("woff") => "font/woff",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Body, Site};

    #[test]
    fn a_query_counts_only_where_a_path_was_put_with_it() {
        let mut site = Site::default();
        site.put("/page?one", Body::plain("one.js", b"1".to_vec()));
        site.put("/file.js", Body::plain("file.js", b"2".to_vec()));
        let bytes = |url: &str| site.find(url).map(|body| body.bytes.clone());
        assert_eq!(bytes("/page?one"), Some(b"1".to_vec()));
        assert_eq!(bytes("/page?two"), None);
        assert_eq!(bytes("/file.js?again"), Some(b"2".to_vec()));
    }
}
