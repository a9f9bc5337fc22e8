//! A server to attack: everybody's methods allowed, one gate, cheap hashes, and limits that stop nobody unless said.

use crate::support::{Answer, Running};
use reqwest::Method;
use serde_json::{Value, json};
use std::{fs, ops::Deref, path::Path};
use tempfile::TempDir;

/// What differs from that. Each text goes into its section, the last one after all of them.
#[derive(Clone, Copy, Default)]
pub(crate) struct Setup<'a> {
    pub(crate) server: &'a str,
    pub(crate) policy: &'a str,
    pub(crate) limits: &'a str,
    pub(crate) more: &'a str,
    /// The log's filter; `warn` unless said.
    pub(crate) log: &'a str,
    /// Whether the attacker's own address is a proxy's, so that [`from`] chooses whom they come from.
    pub(crate) proxy: bool,
    /// Another database than a SQLite file.
    pub(crate) database: Option<&'a str>,
    /// Whether people are said to come by HTTPS.
    pub(crate) https: bool,
}

/// Limits that stop nobody here, each unless the setup says it itself.
const NO_LIMITS: [&str; 6] = [
    "starts_per_hour",
    "failed_proofs_per_day",
    "messages_per_destination",
    "starts_per_prefix",
    "failed_sign_ins_per_prefix",
    "resend_after",
];

pub(crate) struct Site {
    running: Running,
    _folder: TempDir,
}

impl Deref for Site {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.running
    }
}

/// The header by which a trusted proxy says whom a request comes from.
pub(crate) fn from(address: &str) -> (&'static str, String) {
    ("x-forwarded-for", address.to_owned())
}

impl Site {
    /// Without anything special.
    pub(crate) async fn new() -> Self {
        Self::with(Setup::default()).await
    }

    pub(crate) async fn with(setup: Setup<'_>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::within(folder, setup).await
    }

    /// In a folder where the configuration finds its other files.
    pub(crate) async fn within(folder: TempDir, setup: Setup<'_>) -> Self {
        Self::of(folder, setup, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/accounts.json"))
            .await
    }

    /// The same with people of one's own.
    pub(crate) async fn of(folder: TempDir, setup: Setup<'_>, people: &Path) -> Self {
        let unless = |name: &&&str| !setup.limits.contains(**name);
        let limits = NO_LIMITS.iter().filter(unless);
        let limits: String = limits
            .map(|name| format!("{name} = {}\n", if *name == "resend_after" { 1 } else { 100_000 }))
            .collect();
        let proxies = if setup.proxy { "trusted_proxies = [\"127.0.0.1/32\"]" } else { "" };
        let text = format!(
            r#"
[server]
https = {}
even_answer_ms = 5
{proxies}
{}
[smtp]
from = "Harbor & Vale <no-reply@harbor-vale.example>"
[policy]
recovery_methods = ["totp", "email", "sms", "voice", "recovery_code", "questions"]
{}
{}
[password.hashing]
memory = 8
passes = 1
lanes = 1
[limits]
{limits}
{}
{}
"#,
            setup.https,
            setup.server,
            if setup.policy.contains("gates") { "" } else { "gates = 1" },
            setup.policy,
            setup.limits,
            setup.more
        );
        let config = folder.path().join("server.toml");
        fs::write(&config, text).unwrap();
        let log = if setup.log.is_empty() { "warn" } else { setup.log };
        let running = Running::start_with(log, 1, setup.database, &config, Some(people)).await;
        Self { running, _folder: folder }
    }

    /// Posts JSON below the base path of the contract.
    pub(crate) async fn post(&self, path: &str, body: &Value, headers: &[(&str, String)]) -> Answer {
        let mut request = self.request(Method::POST, &format!("/sspr/v1{path}")).json(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        Running::answered(request).await
    }

    /// Starts a reset.
    pub(crate) async fn start(&self, identifier: &str, headers: &[(&str, String)]) -> Answer {
        self.post("/recovery", &json!({ "identifier": identifier, "intent": "reset" }), headers).await
    }

    /// Its token.
    pub(crate) async fn flow(&self, identifier: &str) -> String {
        let started = self.start(identifier, &[]).await;
        assert_eq!(started.status, 202, "{}", started.text);
        started.json()["flow"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn step(&self, flow: &str, path: &str, body: &Value) -> Answer {
        self.post(path, body, &[("sspr-flow", flow.to_owned())]).await
    }

    pub(crate) async fn choose(&self, flow: &str, method: &str) -> Answer {
        self.step(flow, "/recovery/challenge", &json!({ "method": method })).await
    }

    /// Chooses and gives the challenge's id.
    pub(crate) async fn challenge(&self, flow: &str, method: &str) -> String {
        let chosen = self.choose(flow, method).await;
        assert_eq!(chosen.status, 202, "{}", chosen.text);
        chosen.json()["challenge"]["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn verify(&self, flow: &str, challenge: &str, code: &str) -> Answer {
        self.step(flow, "/recovery/verify", &json!({ "challenge": challenge, "code": code })).await
    }

    pub(crate) async fn set(&self, flow: &str, password: &str) -> Answer {
        let body = json!({ "new_password": password, "end_other_sessions": true });
        self.step(flow, "/recovery/password", &body).await
    }

    pub(crate) async fn sign_in(&self, identifier: &str, password: &str) -> Answer {
        self.post("/session", &json!({ "identifier": identifier, "password": password }), &[]).await
    }

    /// It still does what it is for.
    pub(crate) async fn is_well(&self) {
        assert_eq!(self.ready().await.status, 200, "{}", self.log());
    }
}

/// How many of the answers have a status.
pub(crate) fn count(status: u16, answers: &[Answer]) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}
