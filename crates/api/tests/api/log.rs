//! The log: one line a request, and nothing secret in it.

use crate::support::{BASE, Call, Site};
use serde_json::{Value, json};
use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};
use tracing_subscriber::fmt::MakeWriter;

/// A log that is kept in memory.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn lines(&self) -> Vec<Value> {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8_lossy(&bytes);
        text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Kept {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Logs everything, the finest level included, while the guard lives.
fn keep_log() -> (Kept, tracing::subscriber::DefaultGuard) {
    let kept = Kept::default();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(kept.clone())
        .finish();
    (kept, tracing::subscriber::set_default(subscriber))
}

#[tokio::test]
async fn each_request_is_one_line_with_its_route_and_its_name() {
    let site = Site::new().await;
    let (log, _guard) = keep_log();
    let path = format!("{BASE}/me/methods/an-id-of-somebody");
    let answer = Call::new("DELETE", &path).send(&site.router).await;
    let lines = log.lines();
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
    let (log, _guard) = keep_log();
    let body = json!({
        "identifier": "private-name", "intent": "reset", "password": "private-password", "code": "private-code"
    });
    for path in ["/recovery", "/recovery/verify", "/session", "/me/password"] {
        let call =
            site.call("POST", path).flow("private-token").header("cookie", "__Host-sspr=private-cookie");
        call.json(&body).send(&site.router).await;
    }
    let lines = log.lines();
    assert!(lines.len() >= 4);
    assert!(!format!("{lines:?}").contains("private-"), "{lines:?}");
}
