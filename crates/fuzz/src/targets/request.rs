//! Requests to the whole router: a line `METHOD path`, lines `name: value`, an empty line, a body; several after one
//! another, divided by the byte 0x1e. `{flow}`, `{csrf}` and `{cookie}` stand for what the answers before brought.
//!
//! Whatever is asked, the answer is none of ours that broke (500), and a refusal is a problem.

use crate::world::{World, block_on};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri, header},
};
use sspr_core::wire::{BASE_PATH, Problem};
use std::cell::RefCell;
use tower::ServiceExt;

/// Most requests of an input.
const MOST: usize = 6;
/// Inputs that one store takes before there is a new one.
const RENEWED_AFTER: u32 = 500;
/// Largest answer that is read.
const LARGEST: usize = 4 << 20;

thread_local! {
    static WORLD: RefCell<Option<(World, u32)>> = const { RefCell::new(None) };
}

/// What the answers so far brought.
#[derive(Default)]
struct Brought {
    flow: String,
    csrf: String,
    cookie: String,
}

impl Brought {
    fn fill(&self, text: &str) -> String {
        text.replace("{flow}", &self.flow).replace("{csrf}", &self.csrf).replace("{cookie}", &self.cookie)
    }
}

pub(crate) fn run(data: &[u8]) {
    let router = WORLD.with_borrow_mut(|world| {
        let (kept, used) =
            world.take().filter(|(_, used)| *used < RENEWED_AFTER).unwrap_or_else(|| (World::new(), 0));
        let router = kept.router.clone();
        *world = Some((kept, used + 1));
        router
    });
    let mut brought = Brought::default();
    for part in data.split(|byte| *byte == 0x1e).take(MOST) {
        let Some(request) = request(part, &brought) else { continue };
        for secure in [true, false] {
            let _ = sspr_api::fuzzing::session(request.headers(), secure);
        }
        let (path, head) = (request.uri().path().to_owned(), request.method() == Method::HEAD);
        block_on(async {
            let response = router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
            judge(response, &path, head, &mut brought).await;
        });
    }
}

fn request(part: &[u8], brought: &Brought) -> Option<Request<Body>> {
    let split = part.windows(2).position(|two| two == b"\n\n");
    let (head, body) = split.map_or((part, &[][..]), |at| (&part[..at], &part[at + 2..]));
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = std::str::from_utf8(lines.next()?).ok()?;
    let (method, path) = first.split_once(' ')?;
    let mut request = Request::new(Body::from(match std::str::from_utf8(body) {
        Ok(text) => brought.fill(text).into_bytes(),
        Err(_) => body.to_vec(),
    }));
    *request.method_mut() = Method::from_bytes(method.as_bytes()).ok()?;
    *request.uri_mut() = path.parse::<Uri>().ok()?;
    for line in lines {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        let value = match std::str::from_utf8(value) {
            Ok(text) => brought.fill(text).into_bytes(),
            Err(_) => value.to_vec(),
        };
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), HeaderValue::from_bytes(&value)) {
            request.headers_mut().append(name, value);
        }
    }
    Some(request)
}

async fn judge(response: Response<Body>, path: &str, head: bool, brought: &mut Brought) {
    let (parts, body) = response.into_parts();
    assert_ne!(parts.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
    if let Some(cookie) = cookie(&parts.headers) {
        brought.cookie = cookie;
    }
    let body = to_bytes(body, LARGEST).await.expect("an answer has an end");
    let refused = parts.status.is_client_error() || parts.status.is_server_error();
    if refused && !head && path.starts_with(BASE_PATH) {
        let problem: Problem = serde_json::from_slice(&body).unwrap_or_else(|error| {
            panic!("{} of {path} is no problem: {error}: {}", parts.status, String::from_utf8_lossy(&body))
        });
        assert_eq!(problem.status, parts.status.as_u16());
    }
    if let Ok(value) = serde_json::from_slice::<serde_json::Value>(&body) {
        let text = |name: &str| value.get(name).and_then(|it| it.as_str()).map(str::to_owned);
        brought.flow = text("flow").unwrap_or(std::mem::take(&mut brought.flow));
        brought.csrf = text("csrf").unwrap_or(std::mem::take(&mut brought.csrf));
    }
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::SET_COOKIE)?.to_str().ok()?;
    value.split(';').next().map(str::to_owned)
}
