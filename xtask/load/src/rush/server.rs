//! The server under load: as it ships, over a SQLite file in a folder that goes with it.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Beyond every limit by number that a run could reach.
const NO_LIMIT: u32 = 1_000_000_000;
/// How long it may take to answer first.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server; it is killed when this value goes.
pub(super) struct Server {
    child: Child,
    port: u16,
    _folder: TempDir,
}

impl Server {
    pub(super) async fn start(program: &Path, smtp: u16, accounts: u64) -> Result<Server> {
        let folder = tempfile::tempdir()?;
        // It is started in another folder than this one.
        let program = &fs::canonicalize(program).with_context(|| format!("find {}", program.display()))?;
        let port = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?.local_addr()?.port();
        fs::write(folder.path().join("sspr-server.toml"), configuration(port, smtp))?;
        // Without a password, so that nothing has to be hashed for them before they set one.
        let person = |n: u64| {
            let address = format!("p{n}@example.org");
            json!({ "username": format!("p{n}"), "email": address, "methods": [{ "kind": "email", "value": address }] })
        };
        let people = Value::from_iter((0..accounts).map(person));
        fs::write(folder.path().join("people.json"), people.to_string())?;
        let mut import = Command::new(program);
        let import = import.current_dir(folder.path()).args(["user", "import", "people.json"]).output();
        let import = import.with_context(|| format!("start {}", program.display()))?;
        ensure!(import.status.success(), "{}", String::from_utf8_lossy(&import.stderr));
        let log = File::create(folder.path().join("log"))?;
        let mut serve = Command::new(program);
        serve.current_dir(folder.path()).arg("serve").stdin(Stdio::null());
        let child = serve.stdout(log.try_clone()?).stderr(log).spawn()?;
        let server = Server { child, port, _folder: folder };
        server.answers().await?;
        Ok(server)
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Most memory that it ever had at once, in bytes.
    pub(super) fn peak_memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("it has a peak")?;
        let kib: u64 = line.split_whitespace().next().unwrap_or_default().parse()?;
        Ok(kib * 1024)
    }

    async fn answers(&self) -> Result<()> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            let ready = reqwest::get(format!("{}/readyz", self.url())).await;
            if ready.is_ok_and(|it| it.status().is_success()) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("the server does not answer");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// As it ships, but one proof by mail, no notice afterwards, and no limit by number.
fn configuration(port: u16, smtp: u16) -> String {
    format!(
        r#"[server]
listen = "127.0.0.1:{port}"
[smtp]
host = "127.0.0.1"
port = {smtp}
tls = "none"
[policy]
recovery_methods = ["email"]
gates = 1
notify_person = false
[limits]
starts_per_hour = {NO_LIMIT}
messages_per_destination = {NO_LIMIT}
starts_per_prefix = {NO_LIMIT}
starts_total = {NO_LIMIT}
"#
    )
}
