//! The reference server: the built binary on a SQLite file of its own, with a mailbox to send to.

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

/// A running server; it ends with this value.
pub(crate) struct Server {
    /// Where it answers.
    pub(crate) origin: String,
    /// What it sends to.
    pub(crate) mailbox: Mailbox,
    process: Child,
    folder: TempDir,
}

impl Server {
    pub(super) async fn start(limits: &str) -> Result<Self> {
        let folder = TempDir::new()?;
        for file in [DATABASE, KEY] {
            fs::copy(imported()?.join(file), folder.path().join(file))?;
        }
        fs::write(folder.path().join(CONFIGURATION), configuration(limits)?)?;
        Self::run(folder, free_port()?, None).await
    }

    /// One with a configuration of its own, on a port that a page is already before, and with people to import.
    pub(crate) async fn configured(port: u16, page: &str, config: &str, people: &str) -> Result<Self> {
        let folder = TempDir::new()?;
        fs::write(folder.path().join(CONFIGURATION), config)?;
        if !people.is_empty() {
            fs::write(folder.path().join("people.json"), people)?;
            import(&folder, Path::new("people.json"))?;
        }
        Self::run(folder, port, Some(page)).await
    }

    async fn run(folder: TempDir, port: u16, page: Option<&str>) -> Result<Self> {
        let mailbox = sspr_mailbox::start(sspr_mailbox::Options::default()).await?;
        fs::write(folder.path().join(CERTIFICATE), mailbox.certificate_pem())?;
        // `localhost` is a secure context to the browser, as an address of 127.0.0.0/8 is.
        let origin = format!("http://localhost:{port}");
        let log = fs::File::create(folder.path().join("log"))?;
        let process = program(&folder)?
            .arg("serve")
            .arg(format!("--listen=127.0.0.1:{port}"))
            .arg(format!("--static-dir={}", packaged()?.display()))
            .arg(format!("--smtp-port={}", mailbox.smtp_address().port()))
            .arg(format!("--smtp-ca-file={CERTIFICATE}"))
            .arg(format!("--gateway-url=http://{}/gateway", mailbox.http_address()))
            .arg(format!("--breached-url=http://{}/breached/range/", mailbox.http_address()))
            .arg(page.map_or_else(|| format!("--page={origin}/?server"), |page| format!("--page={page}")))
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

    /// Where it logs.
    pub(crate) fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// What it logged so far.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which the journey noticed by then.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const CONFIGURATION: &str = "sspr-server.toml";
/// What it is called where the configuration does not say.
const DATABASE: &str = "sspr-server.sqlite";
const CERTIFICATE: &str = "mailbox.pem";
const KEY: &str = "sspr.key";

/// `tests/journeys.toml` with a journey's own limits, or with what it says in a section that it names.
fn configuration(limits: &str) -> Result<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journeys.toml"))?;
    if let Some((section, lines)) = limits.split_once('\n').filter(|(section, _)| section.starts_with('[')) {
        let section = format!("{section}\n");
        return Ok(match text.contains(&section) {
            true => text.replacen(&section, &format!("{section}{lines}\n"), 1),
            false => format!("{text}\n{section}{lines}\n"),
        });
    }
    Ok(text.replacen("[limits]\n", &format!("[limits]\n{limits}\n"), 1))
}

/// The binary with the configuration and the key of a folder.
fn program(folder: &TempDir) -> Result<Command> {
    let mut command = Command::new(binary()?);
    command.current_dir(folder.path());
    command.args(["--config", CONFIGURATION, "--secret-key-file", KEY]);
    Ok(command)
}

/// The folder of a database with everybody in it and its key, made once and copied for each journey.
fn imported() -> Result<&'static Path> {
    static FOLDER: OnceLock<Result<TempDir, String>> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| everybody().map_err(|error| format!("{error:#}")));
    folder.as_ref().map(TempDir::path).map_err(|error| anyhow::anyhow!(error.clone()))
}

fn everybody() -> Result<TempDir> {
    let folder = TempDir::new()?;
    fs::write(folder.path().join(CONFIGURATION), configuration("")?)?;
    import(&folder, &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accounts.json"))?;
    Ok(folder)
}

fn import(folder: &TempDir, people: &Path) -> Result<()> {
    let output = program(folder)?.args(["user", "import"]).arg(people).output()?;
    ensure!(output.status.success(), "the import failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
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

/// The folder that `trunk build` filled: `SSPR_DIST`, or `dist` in the repository.
fn packaged() -> Result<PathBuf> {
    let folder = std::env::var_os("SSPR_DIST")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("dist"), PathBuf::from);
    ensure!(folder.join("index.html").is_file(), "no page in {}: run `cargo xtask test`", folder.display());
    folder.canonicalize().context("the packaged page cannot be read")
}

/// A port that is free now.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
