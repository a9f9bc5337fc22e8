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
    program: Program,
    folder: TempDir,
    pub(crate) mailbox: Mailbox,
    client: reqwest::Client,
}

/// One of them.
struct Node {
    command: Command,
    process: Child,
    origin: String,
    metrics: Option<String>,
    log: PathBuf,
}

/// How the program is called.
struct Program {
    config: PathBuf,
    database: Option<String>,
    log: String,
}

impl Program {
    fn command(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sspr-server"));
        command.arg("--config").arg(&self.config);
        match &self.database {
            Some(url) => command.env("SSPR_DATABASE", url),
            None => command.arg("--database").arg(folder.join("db.sqlite")),
        };
        command.arg("--secret-key-file").arg(folder.join("key"));
        command.args(arguments).env("SSPR_LOG", &self.log).stdin(Stdio::null());
        command
    }
}

impl Node {
    fn start(mut command: Command, log: PathBuf) -> Self {
        let (process, origin, metrics) = launch(&mut command, &log);
        Self { command, process, origin, metrics, log }
    }

    fn restart(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        (self.process, self.origin, self.metrics) = launch(&mut self.command, &self.log);
    }
}

/// Starts a process and waits until it says where it listens, and where its metrics are.
fn launch(command: &mut Command, log: &Path) -> (Child, String, Option<String>) {
    let lines = File::options().create(true).append(true).open(log).unwrap();
    let mut process = command.stdout(Stdio::piped()).stderr(lines).spawn().unwrap();
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
    (process, origin, metrics)
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
        fs::write(folder.path().join("ca.pem"), mailbox.certificate_pem()).unwrap();
        let program =
            Program { config: config.to_owned(), database: database.map(str::to_owned), log: log.to_owned() };
        if let Some(people) = people {
            let imported = program.command(folder.path(), &["user", "import"]).arg(people).output().unwrap();
            assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
        }
        let start = |number| {
            let mut command = program.command(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
            command
                .arg("--smtp-port")
                .arg(mailbox.smtp_address().port().to_string())
                .arg("--smtp-ca-file")
                .arg(folder.path().join("ca.pem"))
                .arg("--gateway-url")
                .arg(format!("http://{}/gateway", mailbox.http_address()))
                .args(["--page", "http://localhost/reset"]);
            Node::start(command, folder.path().join(format!("log-{number}")))
        };
        let nodes = (0..nodes).map(start).collect();
        let client = client(|builder| builder);
        Self { nodes, asked: AtomicUsize::new(0), program, folder, mailbox, client }
    }

    /// Runs another command of the program on the same database; what it said.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        let output = self.program.command(self.folder.path(), arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The same for one that must fail; why it did.
    pub(crate) fn try_run(&self, arguments: &[&str]) -> String {
        let output = self.program.command(self.folder.path(), arguments).output().unwrap();
        assert!(!output.status.success(), "{arguments:?} did it");
        String::from_utf8(output.stderr).unwrap()
    }

    /// Ends all nodes at once and starts them again, on other ports.
    pub(crate) fn restart(&mut self) {
        self.nodes.iter_mut().for_each(Node::restart);
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
        self.metrics_answer().await.text
    }

    /// The same with its headers.
    pub(crate) async fn metrics_answer(&self) -> Answer {
        let address = self.nodes[0].metrics.as_ref().expect("server.metrics_listen is set");
        Self::answered(self.client.get(address)).await
    }

    /// A request to the first node, to complete by hand; `path` begins at the root.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}{path}", self.nodes[0].origin))
    }

    /// Where the first node listens, as `address:port`.
    pub(crate) fn address(&self) -> &str {
        self.nodes[0].origin.strip_prefix("http://").unwrap()
    }

    /// The first node's process.
    pub(crate) fn process(&self) -> u32 {
        self.nodes[0].process.id()
    }

    /// The folder with the database, the key and the logs.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Sends it.
    pub(crate) async fn answered(request: reqwest::RequestBuilder) -> Answer {
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

/// A client for such servers, made in one's own way.
pub(crate) fn client(
    change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> reqwest::Client {
    change(reqwest::Client::builder().tls_backend_preconfigured(no_tls()).no_proxy()).build().unwrap()
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
