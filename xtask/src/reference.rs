//! The reference server on a SQLite file and its mailbox, started as a person would who has read the README.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::paths;
use crate::process::{self, Run, Running};
use crate::trouble::{Doing, Outcome, Trouble};

/// How long each of the two may take to answer first.
const PATIENCE: Duration = Duration::from_secs(30);

const CONFIGURATION: &str = "sspr-server.toml";
const DATABASE: &str = "sspr.sqlite";
const KEY: &str = "sspr.key";
const CERTIFICATE: &str = "mailbox.pem";

/// A number of the configuration, by its section and key.
pub(crate) type Change = (&'static str, &'static str, i64);

/// A running server and mailbox; both stop with this value, the server first.
pub(crate) struct Reference {
    server: Running,
    mailbox: Running,
    /// The server's address, such as `http://127.0.0.1:40001`.
    pub(crate) server_url: String,
    /// The address of the mailbox's HTTP side.
    pub(crate) mailbox_url: String,
}

impl Reference {
    /// Builds both programs.
    pub(crate) fn build() -> Outcome {
        Run {
            what: "build the server and the mailbox",
            awaits: "cargo; the first time it compiles some 300 crates",
            advice: "correct what the compiler says above",
        }
        .quietly(
            Command::new("cargo")
                .args(["build", "--package", "sspr-server", "--package", "sspr-mailbox"])
                .current_dir(paths::root()),
        )
    }

    /// Starts both with everything they keep in `folder`. Mailed links open `page`, whose origin is `origin`; `changes` are
    /// numbers of the configuration, by section and key. The first start in a folder imports the people of
    /// `tests/accounts.json`.
    pub(crate) fn start(folder: &Path, origin: &str, page: &str, changes: &[Change]) -> Outcome<Reference> {
        fs::create_dir_all(folder).doing(|| format!("create {}", folder.display()))?;
        let (smtp, mail_http, listen) = (process::free_port()?, process::free_port()?, process::free_port()?);
        let mailbox_url = format!("http://127.0.0.1:{mail_http}");
        let server_url = format!("http://127.0.0.1:{listen}");

        let mut mailbox = Running::start(
            "the mailbox",
            Command::new(paths::program("sspr-mailbox"))
                .args(["--smtp", &format!("127.0.0.1:{smtp}"), "--http", &format!("127.0.0.1:{mail_http}")])
                .arg("--certificate")
                .arg(folder.join(CERTIFICATE)),
        )?;
        mailbox.wait_until(PATIENCE, || answers(&format!("{mailbox_url}/mailbox/messages")))?;

        let configuration = folder.join(CONFIGURATION);
        fs::write(&configuration, text(listen, smtp, &mailbox_url, origin, page, changes)?)
            .doing(|| format!("write {}", configuration.display()))?;
        import_people(folder)?;

        let mut server =
            Running::start("the server", in_folder(folder).args(["serve", "--config", CONFIGURATION]))?;
        server.wait_until(PATIENCE, || answers(&format!("{server_url}/readyz")))?;
        Ok(Reference { server, mailbox, server_url, mailbox_url })
    }

    /// An error when one of the two has ended.
    pub(crate) fn check(&mut self) -> Outcome {
        self.server.check()?;
        self.mailbox.check()
    }
}

/// Whether something answers an address with a success.
pub(crate) fn answers(url: &str) -> bool {
    ureq::get(url).config().timeout_global(Some(Duration::from_secs(2))).build().call().is_ok()
}

fn in_folder(folder: &Path) -> Command {
    let mut command = Command::new(paths::program("sspr-server"));
    command.current_dir(folder);
    command
}

/// The configuration of the journeys with the addresses and files of this start.
fn text(
    listen: u16,
    smtp: u16,
    mailbox_url: &str,
    origin: &str,
    page: &str,
    changes: &[Change],
) -> Outcome<String> {
    let file = paths::root().join("tests/journeys.toml");
    let text = fs::read_to_string(&file).doing(|| format!("read {}", file.display()))?;
    let mut table: toml::Table = text.parse().doing(|| format!("read {}", file.display()))?;
    let mut set = |section: &str, key: &str, value: toml::Value| {
        let section = table.entry(section).or_insert_with(|| toml::Table::new().into());
        section.as_table_mut().map(|section| section.insert(key.to_owned(), value));
    };
    set("server", "listen", format!("127.0.0.1:{listen}").into());
    // Trunk passes the page's requests on under another host name.
    set("server", "allowed_origins", vec![origin.to_owned()].into());
    set("server", "secret_key_file", KEY.into());
    set("database", "url", format!("sqlite:{DATABASE}").into());
    set("smtp", "host", "localhost".into());
    set("smtp", "port", i64::from(smtp).into());
    set("smtp", "ca_file", CERTIFICATE.into());
    set("gateway", "url", format!("{mailbox_url}/gateway").into());
    set("breached", "url", format!("{mailbox_url}/breached/range/").into());
    for &(section, key, number) in changes {
        set(section, key, number.into());
        if section == "captcha" {
            // How hard it is means something only where it is asked for.
            set(section, "kind", "proof-of-work".into());
        }
    }
    table.insert("pages".to_owned(), vec![page.to_owned()].into());
    Ok(format!("# Written by cargo xtask at each start, from tests/journeys.toml.\n{table}"))
}

fn import_people(folder: &Path) -> Outcome {
    // A file of its own, written last: a start that was interrupted begins again.
    let done = folder.join("imported");
    if done.is_file() {
        return Ok(());
    }
    for suffix in ["", "-journal", "-shm", "-wal"] {
        fs::remove_file(folder.join(format!("{DATABASE}{suffix}"))).ok();
    }
    let people = paths::root().join("tests/accounts.json");
    if !people.is_file() {
        return Err(Trouble::new(format!("{} is missing", people.display())).advice("restore it from git"));
    }
    Run {
        what: "import the people of tests/accounts.json",
        awaits: "sspr-server, which hashes their passwords",
        advice: "correct what sspr-server says above",
    }
    .quietly(in_folder(folder).args(["user", "import"]).arg(people).args(["--config", CONFIGURATION]))?;
    fs::write(&done, "").doing(|| format!("write {}", done.display()))
}
