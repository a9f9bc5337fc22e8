//! The reference server: the built binary on a SQLite file of its own, with a mailbox to send to.

use super::pages::packaged;
use anyhow::{Context, Result, bail, ensure};
use sspr_mailbox::Mailbox;
use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How long the server may take to answer first.
const START: Duration = Duration::from_secs(15);

/// What a journey needs other than the usual configuration: lines of TOML under `[policy]` and `[limits]`.
#[derive(Clone, Copy, Default)]
pub(crate) struct Changes {
    /// Keys of the policy.
    pub(crate) policy: &'static str,
    /// Keys of the limits.
    pub(crate) limits: &'static str,
}

/// A running server; it ends with this value.
pub(super) struct Server {
    /// Where it answers.
    pub(super) origin: String,
    /// What it sends to.
    pub(super) mailbox: Mailbox,
    process: Child,
    folder: TempDir,
}

impl Server {
    pub(super) async fn start(changes: Changes) -> Result<Self> {
        let folder = TempDir::new()?;
        fs::copy(imported()?, folder.path().join(DATABASE))?;
        fs::write(folder.path().join(KEY), MASTER_KEY)?;
        let mailbox = sspr_mailbox::start(sspr_mailbox::Options::default()).await?;
        fs::write(folder.path().join("mailbox.pem"), mailbox.certificate_pem())?;
        let port = free_port()?;
        // `localhost` is a secure context to the browser, as an address of 127.0.0.0/8 is.
        let origin = format!("http://localhost:{port}");
        let config = folder.path().join("sspr-server.toml");
        fs::write(&config, configuration(port, &origin, &mailbox, changes)?)?;
        let log = fs::File::create(folder.path().join("log"))?;
        let process = Command::new(binary()?)
            .args(["serve", "--config"])
            .arg(&config)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("the server does not start")?;
        let mut server = Self { origin, mailbox, process, folder };
        server.wait_until_ready(port).await?;
        Ok(server)
    }

    async fn wait_until_ready(&mut self, port: u16) -> Result<()> {
        let until = Instant::now() + START;
        while Instant::now() < until {
            if let Some(status) = self.process.try_wait()? {
                bail!("the server ended with {status}:\n{}", self.log());
            }
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        bail!("the server does not listen after {START:?}:\n{}", self.log())
    }

    /// What it logged so far.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which the journey noticed by then.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const DATABASE: &str = "sspr.sqlite";
const KEY: &str = "sspr.key";
/// 32 bytes in hexadecimal; one for all journeys, since the imported methods are sealed with it.
const MASTER_KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";

fn configuration(port: u16, origin: &str, mailbox: &Mailbox, changes: Changes) -> Result<String> {
    Ok(format!(
        r#"
[server]
listen = "127.0.0.1:{port}"
https = false
static_dir = "{dist}"
secret_key_file = "{KEY}"

[database]
path = "{DATABASE}"

[smtp]
host = "localhost"
port = {smtp}
ca_file = "mailbox.pem"
from = "Harbor & Vale <no-reply@harbor-vale.example>"

[gateway]
url = "http://{http}/gateway"

[pages]
recovery = ["{origin}/?server"]

[policy]
{policy}

[limits]
{limits}
"#,
        dist = packaged()?.display(),
        smtp = mailbox.smtp_address().port(),
        http = mailbox.http_address(),
        policy = changes.policy,
        limits = changes.limits,
    ))
}

/// A database with everybody in it, made once and copied for each journey.
fn imported() -> Result<PathBuf> {
    static FOLDER: OnceLock<Result<TempDir, String>> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| import().map_err(|error| format!("{error:#}")));
    let folder = folder.as_ref().map_err(|error| anyhow::anyhow!(error.clone()))?;
    Ok(folder.path().join(DATABASE))
}

fn import() -> Result<TempDir> {
    let folder = TempDir::new()?;
    fs::write(folder.path().join(KEY), MASTER_KEY)?;
    let config = folder.path().join("sspr-server.toml");
    let text = format!("[server]\nsecret_key_file = \"{KEY}\"\n[database]\npath = \"{DATABASE}\"\n");
    fs::write(&config, text)?;
    let people = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accounts.json");
    let output = Command::new(binary()?)
        .args(["user", "import"])
        .arg(people)
        .arg("--config")
        .arg(&config)
        .current_dir(folder.path())
        .output()?;
    ensure!(output.status.success(), "the import failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(folder)
}

/// `SSPR_SERVER`, or what `cargo build -p sspr-server` left beside this test.
fn binary() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("SSPR_SERVER") {
        return Ok(named.into());
    }
    let beside = std::env::current_exe()?;
    let beside = beside.ancestors().nth(2).context("tests are built two folders deep")?.join("sspr-server");
    ensure!(beside.is_file(), "no {}: run `cargo xtask test`", beside.display());
    Ok(beside)
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
