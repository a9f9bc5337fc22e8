//! A running server with the people of `tests/accounts.json`, and a mailbox that takes what it sends.
#![allow(dead_code, reason = "each test uses its own part")]

pub(crate) mod ldap;
pub(crate) mod postgres;

use reqwest::{Method, StatusCode, header::HeaderMap};
use serde_json::Value;
use sspr_mailbox::{Mailbox, Message, Options};
use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// The server's processes, ended with this value.
pub(crate) struct Running {
    nodes: Vec<Node>,
    asked: AtomicUsize,
    folder: TempDir,
    pub(crate) mailbox: Mailbox,
    client: reqwest::Client,
}

/// One of them.
struct Node {
    process: Child,
    origin: String,
    metrics: Option<String>,
    log: PathBuf,
}

/// What was answered, and how fast.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) took: Duration,
}

impl Answer {
    /// The body, which must be JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{}: {}", self.status, self.text))
    }
}

fn at_root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

impl Running {
    /// Starts one node on SQLite; the log filter is the most talkative that an administrator may choose.
    pub(crate) async fn start(log: &str) -> Self {
        Self::start_nodes(log, 1, None).await
    }

    /// Imports the people and starts so many nodes on one database, which is a SQLite file unless its address is given.
    pub(crate) async fn start_nodes(log: &str, nodes: usize, database: Option<&str>) -> Self {
        let people = at_root("tests/accounts.json");
        Self::start_with(log, nodes, database, &at_root("tests/journeys.toml"), Some(&people)).await
    }

    /// Starts with a configuration of one's own, and with the people of a file where there is one.
    pub(crate) async fn start_with(
        log: &str,
        nodes: usize,
        database: Option<&str>,
        config: &Path,
        people: Option<&Path>,
    ) -> Self {
        let mailbox = sspr_mailbox::start(Options::default()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("ca.pem"), mailbox.certificate_pem()).unwrap();
        let program = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_sspr-server"));
            command.arg("--config").arg(config);
            match database {
                Some(url) => command.env("SSPR_DATABASE", url),
                None => command.arg("--database").arg(at("db.sqlite")),
            };
            command.arg("--secret-key-file").arg(at("key"));
            command.args(arguments).env("SSPR_LOG", log).stdin(Stdio::null());
            command
        };
        if let Some(people) = people {
            let imported = program(&["user", "import"]).arg(people).output().unwrap();
            assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
        }
        let start = |node| {
            let log = at(&format!("log-{node}"));
            let mut process = program(&["serve", "--listen", "127.0.0.1:0"])
                .arg("--smtp-port")
                .arg(mailbox.smtp_address().port().to_string())
                .arg("--smtp-ca-file")
                .arg(at("ca.pem"))
                .arg("--gateway-url")
                .arg(format!("http://{}/gateway", mailbox.http_address()))
                .args(["--page", "http://localhost/reset"])
                .stdout(Stdio::piped())
                .stderr(File::create(&log).unwrap())
                .spawn()
                .unwrap();
            let (mut ready, mut metrics) = (String::new(), None);
            let mut lines = BufReader::new(process.stdout.as_mut().unwrap());
            lines.read_line(&mut ready).unwrap();
            if let Some(address) = ready.trim().strip_prefix("metrics at ") {
                metrics = Some(address.to_owned());
                ready.clear();
                lines.read_line(&mut ready).unwrap();
            }
            let Some(origin) = ready.trim().strip_prefix("ready at ").map(str::to_owned) else {
                panic!("not ready: {}", fs::read_to_string(log).unwrap());
            };
            Node { process, origin, metrics, log }
        };
        let nodes = (0..nodes).map(start).collect();
        let client =
            reqwest::Client::builder().tls_backend_preconfigured(no_tls()).no_proxy().build().unwrap();
        Self { nodes, asked: AtomicUsize::new(0), folder, mailbox, client }
    }

    /// Asks one node after the other below the base path of the contract; `flow` is the recovery's token.
    pub(crate) async fn ask(&self, method: Method, path: &str, flow: Option<&str>, body: &Value) -> Answer {
        let node = &self.nodes[self.asked.fetch_add(1, Ordering::Relaxed) % self.nodes.len()];
        let mut request = self.client.request(method, format!("{}/sspr/v1{path}", node.origin)).json(body);
        if let Some(flow) = flow {
            request = request.header("sspr-flow", flow);
        }
        Self::answered(request).await
    }

    /// Asks as somebody who is signed in, by what the sign-in answered.
    pub(crate) async fn ask_as(&self, session: &Answer, path: &str, body: &Value) -> Answer {
        let cookie = session.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap();
        let csrf = session.json()["csrf"].as_str().unwrap().to_owned();
        let request = self.client.post(format!("{}/sspr/v1{path}", self.nodes[0].origin)).json(body);
        Self::answered(request.header("cookie", cookie).header("x-csrf-token", csrf)).await
    }

    /// Whether it says that it can answer requests.
    pub(crate) async fn ready(&self) -> Answer {
        Self::answered(self.client.get(format!("{}/readyz", self.nodes[0].origin))).await
    }

    /// What it counted.
    pub(crate) async fn metrics(&self) -> String {
        let address = self.nodes[0].metrics.as_ref().expect("server.metrics_listen is set");
        Self::answered(self.client.get(address)).await.text
    }

    async fn answered(request: reqwest::RequestBuilder) -> Answer {
        let begun = Instant::now();
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.unwrap();
        Answer { status, headers, text, took: begun.elapsed() }
    }

    /// The next message to somebody.
    pub(crate) async fn message_to(&self, to: &str) -> Message {
        let found = self.mailbox.wait_for(Duration::from_secs(20), |message| message.to == to).await;
        found.unwrap_or_else(|| panic!("nothing came to {to}:\n{}", self.log()))
    }

    /// What was logged so far.
    pub(crate) fn log(&self) -> String {
        self.nodes.iter().map(|node| fs::read_to_string(&node.log).unwrap()).collect()
    }
}

/// Everything here is plain HTTP on loopback.
fn no_tls() -> rustls::ClientConfig {
    rustls::ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
