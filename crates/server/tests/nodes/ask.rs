//! Asks as a client behind a load balancer does: each request of any node, and of another when the connection breaks, with
//! the same key.

use super::node::Addresses;
use serde_json::Value;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

/// The first wait before a request is sent again; it doubles.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// The longest.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// How long one request may take with all its repetitions. A request whose node died may be done again after 15 seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// What was answered at last.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

/// What happened on the way.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) requests: AtomicUsize,
    pub(crate) broken: AtomicUsize,
    pub(crate) in_progress: AtomicUsize,
    pub(crate) busy: AtomicUsize,
}

#[derive(Clone)]
pub(crate) struct Asker {
    client: reqwest::Client,
    addresses: Addresses,
    until: Instant,
    pub(crate) counts: Arc<Counts>,
}

/// A request of the recovery.
#[derive(Clone, Default)]
pub(crate) struct Request {
    pub(crate) path: &'static str,
    pub(crate) body: Value,
    pub(crate) flow: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) from: Option<String>,
}

/// Nobody can guess it.
pub(crate) fn key() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).unwrap();
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

impl Asker {
    pub(crate) fn new(addresses: Addresses, until: Instant) -> Self {
        Self { client: client(), addresses, until, counts: Arc::default() }
    }

    /// Asks until there is an answer that is no “later”.
    pub(crate) async fn ask(&self, request: &Request) -> Answer {
        self.ask_first(usize::try_from(getrandom::u32().unwrap()).unwrap(), request).await
    }

    /// Asks two nodes at once.
    pub(crate) async fn ask_two(&self, one: &Request, other: &Request) -> [Answer; 2] {
        let first = usize::try_from(getrandom::u32().unwrap() / 2).unwrap();
        let (one, other) = tokio::join!(self.ask_first(first, one), self.ask_first(first + 1, other));
        [one, other]
    }

    async fn ask_first(&self, mut node: usize, request: &Request) -> Answer {
        let (began, mut pause) = (Instant::now(), FIRST_PAUSE);
        loop {
            assert!(began.elapsed() < PATIENCE, "{}: no answer at last", request.path);
            assert!(Instant::now() < self.until, "the time is over");
            self.counts.requests.fetch_add(1, Ordering::Relaxed);
            let counter = match self.ask_once(node, request).await {
                None => &self.counts.broken,
                Some(Answer { status: 409, body }) if body["code"] == "in-progress" => {
                    &self.counts.in_progress
                }
                Some(Answer { status: 503, .. }) => &self.counts.busy,
                Some(answer) => return answer,
            };
            counter.fetch_add(1, Ordering::Relaxed);
            node += 1;
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// One answer, where the connection held.
    pub(crate) async fn ask_once(&self, node: usize, request: &Request) -> Option<Answer> {
        let address = {
            let addresses = self.addresses.lock().unwrap();
            addresses[node % addresses.len()].clone()
        };
        let mut asked = self.client.post(format!("{address}/sspr/v1{}", request.path)).json(&request.body);
        let from = &request.from;
        for (name, value) in
            [("sspr-flow", &request.flow), ("idempotency-key", &request.key), ("x-forwarded-for", from)]
        {
            if let Some(value) = value {
                asked = asked.header(name, value);
            }
        }
        let response = asked.send().await.ok()?;
        let status = response.status().as_u16();
        let body = response.bytes().await.ok()?;
        Some(Answer { status, body: serde_json::from_slice(&body).unwrap_or_default() })
    }
}

/// Plain HTTP on loopback.
pub(crate) fn client() -> reqwest::Client {
    let tls = rustls::ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let client = reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy();
    client.timeout(Duration::from_secs(20)).build().unwrap()
}
