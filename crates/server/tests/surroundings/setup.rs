//! An installation with a mailbox, a gateway and a database, and what the doctor says of it.

use serde_json::Value;
use sspr_mailbox::{Mailbox, Options};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};
use tempfile::TempDir;

/// What must never be printed.
pub(crate) const SECRETS: [&str; 4] =
    ["marked-mail-password", "marked-token", "marked-db-password", "Service-passphrase-1"];

/// The installation; everything is in one folder.
pub(crate) struct Site {
    pub(crate) folder: TempDir,
    pub(crate) mailbox: Mailbox,
    config: String,
}

/// What the doctor said.
pub(crate) struct Said {
    pub(crate) findings: Vec<Value>,
}

impl Site {
    /// One in which all is well.
    pub(crate) async fn new() -> Self {
        let credentials = Some(("sspr".to_owned(), SECRETS[0].to_owned()));
        let options = Options { credentials, gateway_token: Some(SECRETS[1].into()), ..Options::default() };
        let mailbox = sspr_mailbox::start(options).await.unwrap();
        let (smtp, http) = (mailbox.smtp_address().port(), mailbox.http_address());
        let config = format!(
            r#"
[server]
https = false
secret_key_file = "key"
[database]
url = "sqlite:db.sqlite"
[smtp]
host = "localhost"
port = {smtp}
ca_file = "ca.pem"
username = "sspr"
password_file = "mail-password"
from = "Help <help@example.org>"
timeout_seconds = 2
[gateway]
url = "http://{http}/gateway"
token_file = "gateway-token"
timeout_seconds = 2
[breached]
url = "http://{http}/breached/range/"
[password.hashing]
memory = 64
passes = 1
lanes = 1
"#
        );
        let site = Self { folder: tempfile::tempdir().unwrap(), mailbox, config };
        fs::write(site.path("ca.pem"), site.mailbox.certificate_pem()).unwrap();
        site.secret("mail-password", SECRETS[0]);
        site.secret("gateway-token", SECRETS[1]);
        site.secret("db-password", SECRETS[2]);
        site.secret("ldap-password", SECRETS[3]);
        let people = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/accounts.json");
        site.write();
        let imported = site.program(&["user", "import"]).arg(people).output().unwrap();
        assert!(imported.status.success(), "{}", text(&imported.stderr));
        site
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn secret(&self, name: &str, content: &str) {
        fs::write(self.path(name), format!("{content}\n")).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// Changes the configuration: a line that begins so is replaced; nothing takes it away.
    pub(crate) fn set(&mut self, section: &str, key: &str, value: Option<&str>) {
        let mut lines: Vec<String> = self.config.lines().map(str::to_owned).collect();
        let head = format!("[{section}]");
        if !lines.contains(&head) {
            lines.push(head.clone());
        }
        let at = lines.iter().position(|line| *line == head).unwrap() + 1;
        let end =
            lines[at..].iter().position(|line| line.starts_with('[')).map_or(lines.len(), |end| at + end);
        let begins = format!("{key} =");
        if let Some(old) = lines[at..end].iter().position(|line| line.starts_with(&begins)) {
            lines.remove(at + old);
        }
        if let Some(value) = value {
            lines.insert(at, format!("{key} = {value}"));
        }
        self.config = lines.join("\n");
        self.write();
    }

    /// Adds lines at the end of the configuration.
    pub(crate) fn append(&mut self, text: &str) {
        self.config.push_str(text);
        self.write();
    }

    fn write(&self) {
        fs::write(self.path("sspr-server.toml"), &self.config).unwrap();
    }

    pub(crate) fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sspr-server"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Runs it without blocking the mailbox, which lives on this runtime.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.program(arguments);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let all = text(&output.stdout) + &text(&output.stderr);
        for secret in SECRETS {
            assert!(!all.contains(secret), "{all}");
        }
        output
    }

    pub(crate) async fn examine(&self) -> Said {
        let output = self.run(&["doctor", "--json"]).await;
        let lines = text(&output.stdout);
        let findings = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let said = Said { findings };
        assert_eq!(output.status.success(), said.of("broken").is_empty(), "{lines}{}", text(&output.stderr));
        said
    }
}

impl Said {
    /// The codes of one grade.
    pub(crate) fn of(&self, grade: &str) -> Vec<&str> {
        let these = self.findings.iter().filter(|it| it["grade"] == grade);
        these.map(|it| it["code"].as_str().unwrap()).collect()
    }

    /// It is broken by this alone.
    pub(crate) fn is_broken_by(&self, code: &str) {
        assert_eq!(self.of("broken"), [code], "{:#?}", self.findings);
    }

    /// Nothing is broken, and this is warned of.
    pub(crate) fn warns_of(&self, code: &str) {
        assert!(self.of("broken").is_empty() && self.of("warning").contains(&code), "{:#?}", self.findings);
    }

    /// What was found is told with a code, and in words that hold these.
    pub(crate) fn says(&self, code: &str, words: &str) {
        let said = |it: &Value| it["code"] == code && it["found"].as_str().unwrap().contains(words);
        assert!(self.findings.iter().any(said), "no {code} with `{words}` in {:#?}", self.findings);
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Where nobody listens.
pub(crate) fn nobody() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// A listener that does this with each connection.
pub(crate) fn listener(work: impl Fn(TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || listener.incoming().flatten().for_each(&work));
    address
}

/// A server of HTTP that answers everything by this.
pub(crate) fn answers(answer: impl Fn() -> String + Send + 'static) -> SocketAddr {
    listener(move |mut stream| {
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
        let _ = stream.write_all(answer().as_bytes());
    })
}

/// A listener that never says a word.
pub(crate) fn silent() -> SocketAddr {
    listener(|stream| {
        thread::spawn(move || {
            thread::sleep(Duration::from_secs(20));
            drop(stream);
        });
    })
}
