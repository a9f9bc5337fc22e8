//! The log: one line a request, and nothing secret in it.

use crate::support::{BASE, Call, Site};
use serde_json::{Value, json};
use std::{
    cell::RefCell,
    io::{self, Write},
    sync::Once,
};

thread_local! {
    /// What this test's thread has logged.
    static KEPT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Keeps what a thread logs apart from what the others log.
struct Keeper;

impl Write for Keeper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        KEPT.with_borrow_mut(|kept| kept.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Logs everything from here on, the finest level included. One subscriber for the whole program: with one for each
/// thread, which events are of interest is decided by whoever comes first, and sometimes it is nobody's log.
fn keep_log() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        tracing_subscriber::fmt().json().with_max_level(tracing::Level::TRACE).with_writer(|| Keeper).init();
    });
    KEPT.with_borrow_mut(Vec::clear);
}

fn kept_lines() -> Vec<Value> {
    let kept = KEPT.with_borrow(Clone::clone);
    let text = String::from_utf8_lossy(&kept);
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[tokio::test]
async fn a_call_is_found_by_the_beginning_of_its_key_and_never_by_the_whole() {
    let site = Site::new().await;
    keep_log();
    let key = "6f1d2c3b-4a59-4687-9697-a8b9cadbecfd";
    let path = format!("{BASE}/recovery");
    Call::new("POST", &path).header("idempotency-key", key).send(&site.router).await;
    let broken = "no\tkey at all, but text for the log";
    Call::new("POST", &path).header("idempotency-key", broken).send(&site.router).await;
    let lines = kept_lines();
    let calls: Vec<_> = lines.iter().filter_map(|line| line["fields"]["call"].as_str()).collect();
    assert_eq!(calls, ["6f1d2c3b-4a59", ""]);
    assert!(!format!("{lines:?}").contains(key));
    assert!(!format!("{lines:?}").contains("no key at all"));
}

#[tokio::test]
async fn each_request_is_one_line_with_its_route_and_its_name() {
    let site = Site::new().await;
    keep_log();
    let path = format!("{BASE}/me/methods/an-id-of-somebody");
    let answer = Call::new("DELETE", &path).send(&site.router).await;
    let lines = kept_lines();
    let requests: Vec<_> = lines.iter().filter(|line| line["fields"]["message"] == "request").collect();
    assert_eq!(requests.len(), 1, "{lines:?}");
    let fields = &requests[0]["fields"];
    assert_eq!(fields["method"], "DELETE");
    assert_eq!(fields["route"], "/sspr/v1/me/methods/{id}");
    assert_eq!(fields["status"], 401);
    assert_eq!(fields["request_id"], answer.header("sspr-request-id"));
    assert!(fields["latency_ms"].is_u64());
    assert!(!format!("{lines:?}").contains("an-id-of-somebody"));
}

#[tokio::test]
async fn no_token_password_code_or_identifier_is_logged() {
    let site = Site::new().await;
    keep_log();
    let body = json!({
        "identifier": "private-name", "intent": "reset", "password": "private-password", "code": "private-code"
    });
    for path in ["/recovery", "/recovery/verify", "/session", "/me/password"] {
        let call =
            site.call("POST", path).flow("private-token").header("cookie", "__Host-sspr=private-cookie");
        call.json(&body).send(&site.router).await;
    }
    let lines = kept_lines();
    assert!(lines.len() >= 4);
    assert!(!format!("{lines:?}").contains("private-"), "{lines:?}");
}
