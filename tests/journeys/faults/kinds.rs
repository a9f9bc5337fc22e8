//! The faults by their names, and what the proxy does for each.

use super::proxy::Answer;
use serde_json::{Value, json};

/// What happens to a call.
pub(super) enum Doing {
    HandOn,
    Slow,
    Hang,
    /// The connection ends without a byte.
    Close,
    /// The server is not asked; this is answered in its place.
    Say(Answer),
    Huge,
    /// The server acts and its answer is lost.
    Lose,
    /// The server is asked twice, as a proxy does that repeats.
    Twice,
    /// The server acts and half of its answer arrives, then the connection ends.
    Cut,
    /// The server acts and its answer arrives as something else.
    Change(fn(&[u8]) -> Vec<u8>),
}

/// How a fault is brought about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The proxy does it to the step's call.
    Proxy,
    /// The page is told of another address.
    Address,
    /// What a person or the machine does to everything on the page at once.
    Everything,
    /// The person presses twice.
    Person,
}

/// The columns of the table, in order: the word, how it comes about, and what the guide says of it.
pub(super) const FAULTS: &[(&str, By, &str)] = &[
    ("offline", By::Everything, "the browser is offline when the call is made"),
    ("dns", By::Address, "the backend's name does not resolve"),
    ("refused", By::Address, "nothing listens at the backend's address"),
    ("closed", By::Proxy, "the connection ends without an answer; the server was not asked"),
    ("slow", By::Proxy, "the answer takes a while"),
    ("hangs", By::Proxy, "no answer comes"),
    ("cut", By::Proxy, "the server acts, and the connection ends within its answer"),
    ("type", By::Proxy, "200 with `text/plain` that is no JSON"),
    ("html", By::Proxy, "200 with a page, as a captive portal answers"),
    ("truncated", By::Proxy, "the server acts, and half of its JSON arrives"),
    ("wrong-json", By::Proxy, "200 with JSON of another shape"),
    ("unknown", By::Proxy, "the answer has members that nobody knows"),
    ("huge", By::Proxy, "an answer that does not end"),
    ("401", By::Proxy, "`session-required`"),
    ("403", By::Proxy, "`not-allowed`"),
    ("404", By::Proxy, "`method-not-found`"),
    ("409", By::Proxy, "`wrong-state`"),
    ("410", By::Proxy, "`flow-gone`"),
    ("413", By::Proxy, "`too-large`"),
    ("429", By::Proxy, "`rate-limited` without `Retry-After`"),
    ("429-after", By::Proxy, "`rate-limited` with `Retry-After`"),
    ("500", By::Proxy, "`internal`"),
    ("502", By::Proxy, "`directory-unavailable`"),
    ("503", By::Proxy, "`delivery-unavailable` with `Retry-After`"),
    ("401-bare", By::Proxy, "a proxy's 401: a page of HTML"),
    ("403-bare", By::Proxy, "a proxy's 403"),
    ("404-bare", By::Proxy, "a proxy's 404"),
    ("409-bare", By::Proxy, "a proxy's 409"),
    ("410-bare", By::Proxy, "a proxy's 410"),
    ("413-bare", By::Proxy, "a proxy's 413"),
    ("429-bare", By::Proxy, "a proxy's 429"),
    ("500-bare", By::Proxy, "a proxy's 500"),
    ("502-bare", By::Proxy, "a proxy's 502"),
    ("503-bare", By::Proxy, "a proxy's 503"),
    ("lost", By::Proxy, "the server acts, and its answer is lost"),
    ("duplicate", By::Proxy, "the call reaches the server twice, and the second answer arrives"),
    ("changed", By::Proxy, "the backend answers as another version: unknown state, kinds and version"),
    ("clock-slow", By::Everything, "the clock is a day slow"),
    ("clock-fast", By::Everything, "the clock is a day fast"),
    ("suspended", By::Everything, "the tab is frozen while the call runs"),
    ("reload", By::Everything, "the page is reloaded while the call runs"),
    ("back", By::Everything, "back and forward while the call runs"),
    ("tabs", By::Everything, "two tabs of one person at the same step"),
    ("twice", By::Person, "a double click"),
];

/// What the proxy does for a fault of this name; everything else is handed on.
pub(super) fn doing(fault: &str) -> Doing {
    match fault {
        "closed" => Doing::Close,
        "slow" | "suspended" | "reload" | "back" => Doing::Slow,
        "hangs" => Doing::Hang,
        "cut" => Doing::Cut,
        "type" => Doing::Say(Answer::new(200, "text/plain", "OK")),
        "html" => Doing::Say(page(200)),
        "truncated" => Doing::Change(|body| body[..body.len() / 2].to_vec()),
        "wrong-json" => Doing::Say(Answer::new(200, "application/json", r#"{"ok":[1,null,"yes"]}"#)),
        "unknown" => Doing::Change(|body| grown(body, |_| {})),
        "changed" => Doing::Change(|body| grown(body, other_version)),
        "huge" => Doing::Huge,
        "lost" => Doing::Lose,
        "duplicate" => Doing::Twice,
        "stale" => problem(401, "reauthentication-required", None),
        "csrf" => problem(403, "csrf", None),
        "401" => problem(401, "session-required", None),
        "403" => problem(403, "not-allowed", None),
        "404" => problem(404, "method-not-found", None),
        "409" => problem(409, "wrong-state", None),
        "410" => problem(410, "flow-gone", None),
        "413" => problem(413, "too-large", None),
        "429" => problem(429, "rate-limited", None),
        "429-after" => problem(429, "rate-limited", Some(7)),
        "500" => problem(500, "internal", None),
        "502" => problem(502, "directory-unavailable", None),
        "503" => problem(503, "delivery-unavailable", Some(7)),
        fault => match fault.strip_suffix("-bare").and_then(|status| status.parse().ok()) {
            Some(status) => Doing::Say(page(status)),
            None => Doing::HandOn,
        },
    }
}

fn page(status: u16) -> Answer {
    Answer::new(status, "text/html", "<!doctype html><title>Sorry</title><h1>Sorry</h1><script>1</script>")
}

fn problem(status: u16, code: &str, after: Option<u32>) -> Doing {
    let body = json!({ "type": code, "title": code, "status": status, "code": code, "request_id": "req-1" });
    let mut answer = Answer::new(status, "application/problem+json", body.to_string());
    // As every answer of the contract; a 410 would be kept for ever.
    answer.headers.push(("cache-control".into(), "no-store".into()));
    if let Some(seconds) = after {
        answer.headers.push(("retry-after".into(), seconds.to_string()));
    }
    Doing::Say(answer)
}

/// The answer with members that nobody knows in every object, and whatever else a change makes of it.
fn grown(body: &[u8], change: fn(&mut Value)) -> Vec<u8> {
    match serde_json::from_slice::<Value>(body) {
        Ok(mut value) => {
            grow(&mut value);
            change(&mut value);
            value.to_string().into_bytes()
        }
        Err(_) => body.to_vec(),
    }
}

fn grow(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(grow);
            members.insert("x_later".into(), json!({ "deep": [1, { "er": null }] }));
        }
        Value::Array(items) => items.iter_mut().for_each(grow),
        _ => {}
    }
}

/// What a later version may say.
fn other_version(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                match (name.as_str(), &member) {
                    ("state", Value::String(_)) => *member = json!("teleport"),
                    ("kind", Value::String(_)) => *member = json!("carrier_pigeon"),
                    ("version", Value::Number(_)) => *member = json!(99),
                    _ => other_version(member),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(other_version),
        _ => {}
    }
}
