//! An identity provider that is told of resets: signed, once each, and later where it was away.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use data_encoding::BASE64;
use reqwest::Method;
use ring::hmac;
use serde_json::{Value, json};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant, SystemTime},
};
use support::Running;
use tokio::net::TcpListener;

const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const PASSWORD: &str = "Marked-Lantern-77-Otter";

/// What the identity provider heard.
#[derive(Clone, Default)]
struct Provider {
    heard: Arc<Mutex<Vec<(String, Value)>>>,
    /// Refusals that it still gives.
    busy: Arc<Mutex<u32>>,
}

async fn hear(State(provider): State<Provider>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let (id, at) = (header("webhook-id"), header("webhook-timestamp"));
    let text = String::from_utf8(body.to_vec()).unwrap();
    let signed = format!("{id}.{at}.{text}");
    let key = hmac::Key::new(hmac::HMAC_SHA256, &(0..32).collect::<Vec<u8>>());
    let signature = header("webhook-signature");
    let given = BASE64.decode(signature.strip_prefix("v1,").unwrap().as_bytes()).unwrap();
    hmac::verify(&key, signed.as_bytes(), &given).expect("our signature");
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    assert!(now.abs_diff(at.parse().unwrap()) < 10, "the second of this attempt");
    assert!(!text.contains(PASSWORD), "{text}");
    let mut busy = provider.busy.lock().unwrap();
    provider.heard.lock().unwrap().push((id, serde_json::from_str(&text).unwrap()));
    if *busy > 0 {
        *busy -= 1;
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    StatusCode::NO_CONTENT
}

impl Provider {
    async fn listen(&self, listener: TcpListener) {
        let router = Router::new().route("/hook", post(hear)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
    }

    async fn heard(&self, count: usize) -> Vec<(String, Value)> {
        let until = Instant::now() + Duration::from_secs(40);
        loop {
            let heard = self.heard.lock().unwrap().clone();
            if heard.len() >= count || Instant::now() > until {
                return heard;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// A server that tells who listens at a port.
async fn telling(folder: &Path, port: u16, nodes: usize) -> Running {
    let secret = folder.join("hook-secret");
    fs::write(&secret, SECRET).unwrap();
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
    let config = folder.join("server.toml");
    let text = format!(
        "[policy]\ngates = 1\n[password.hashing]\nmemory = 8\npasses = 1\nlanes = 1\n[revocation]\nurl = \"http://127.0.0.1:{port}/hook\"\nsecret_file = \"hook-secret\"\n"
    );
    fs::write(&config, text).unwrap();
    let people = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/accounts.json");
    Running::start_with("info", nodes, None, &config, Some(&people)).await
}

async fn reset(server: &Running) {
    let start = json!({ "identifier": "blair", "intent": "reset" });
    let flow = server.ask(Method::POST, "/recovery", None, &start).await.json();
    let flow = flow["flow"].as_str().unwrap().to_owned();
    let choice = json!({ "method": "email" });
    let chosen = server.ask(Method::POST, "/recovery/challenge", Some(&flow), &choice).await.json();
    let mail = server.message_to("blair@home.example").await;
    let code = mail.text.split(|c: char| !c.is_ascii_digit()).find(|it| it.len() == 6).unwrap().to_owned();
    let answer = json!({ "challenge": chosen["challenge"]["id"], "code": code });
    let proved = server.ask(Method::POST, "/recovery/verify", Some(&flow), &answer).await.json();
    let flow = proved["flow"].as_str().unwrap_or_else(|| panic!("{proved}")).to_owned();
    let set = json!({ "new_password": PASSWORD, "end_other_sessions": true });
    let done = server.ask(Method::POST, "/recovery/password", Some(&flow), &set).await;
    assert_eq!(done.status, 200, "{}", done.text);
}

async fn free_port() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

#[tokio::test]
async fn a_reset_is_told_once_and_signed() {
    let (folder, provider) = (tempfile::tempdir().unwrap(), Provider::default());
    let (listener, port) = free_port().await;
    provider.listen(listener).await;
    let server = telling(folder.path(), port, 1).await;
    reset(&server).await;
    let heard = provider.heard(1).await;
    let (_, event) = &heard[0];
    assert_eq!((&event["type"], &event["data"]["username"]), (&json!("password.reset"), &json!("blair")));
    assert_eq!(event["data"]["account"].as_str().map(str::len), Some(36), "the account's stable name");
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(provider.heard(1).await.len(), 1, "it is told once");
}

#[tokio::test]
async fn who_was_away_is_told_later_under_the_same_id() {
    let (folder, provider) = (tempfile::tempdir().unwrap(), Provider::default());
    let (listener, port) = free_port().await;
    drop(listener);
    *provider.busy.lock().unwrap() = 1;
    let server = telling(folder.path(), port, 2).await;
    reset(&server).await;
    let waited = Instant::now();
    while !server.log().contains("the identity provider cannot be reached") {
        assert!(waited.elapsed() < Duration::from_secs(10), "{}", server.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    provider.listen(TcpListener::bind(("127.0.0.1", port)).await.unwrap()).await;
    let heard = provider.heard(2).await;
    assert_eq!(heard.len(), 2, "once refused as busy, once taken: {}", server.log());
    assert_eq!(heard[0], heard[1], "the same event under the same id, so that it can be told from another");
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(provider.heard(2).await.len(), 2);
    let log = server.log();
    assert!(!log.contains(PASSWORD) && !log.contains("AAECAwQF"), "{log}");
}

#[tokio::test]
async fn who_refuses_for_good_leaves_it_to_the_administrator() {
    let folder = tempfile::tempdir().unwrap();
    let (listener, port) = free_port().await;
    let router = Router::new().route("/hook", post(|| async { StatusCode::UNAUTHORIZED }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let server = telling(folder.path(), port, 1).await;
    reset(&server).await;
    let waited = Instant::now();
    while !server.run(&["outbox", "list"]).contains("given up: the identity provider answered 401") {
        assert!(waited.elapsed() < Duration::from_secs(10), "{}", server.log());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
