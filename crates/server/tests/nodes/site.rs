//! What all nodes share: database, key and configuration, in a folder that goes with this value.

use super::{postgres::Database, reset::Person};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions};
use sspr_mailbox::Mailbox;
use std::{env, fs, path::PathBuf};
use tempfile::TempDir;
use tokio::process::Command;

/// `[limits]` that stop nobody here.
pub(crate) const NO_LIMITS: &str = "
starts_per_hour = 1000000
failed_proofs_per_day = 1000000
messages_per_destination = 1000000
starts_per_prefix = 1000000
failed_sign_ins_per_prefix = 1000000
starts_total = 1000000
";

/// The SQLite file.
const FILE: &str = "store.sqlite";

pub(crate) struct Site {
    folder: TempDir,
    database: Option<Database>,
}

impl Site {
    /// Writes the configuration with these limits and imports the people.
    pub(crate) async fn new(mailbox: &Mailbox, limits: &str, people: &[Person]) -> Self {
        Self::with(Some(Database::new().await), mailbox, limits, people).await
    }

    /// The same on a SQLite file, for one node.
    pub(crate) async fn on_sqlite(mailbox: &Mailbox, limits: &str, people: &[Person]) -> Self {
        Self::with(None, mailbox, limits, people).await
    }

    async fn with(database: Option<Database>, mailbox: &Mailbox, limits: &str, people: &[Person]) -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap(), database };
        fs::write(site.at("ca.pem"), mailbox.certificate_pem()).unwrap();
        let accounts: Vec<Value> = people.iter().map(account).collect();
        fs::write(site.at("people.json"), Value::from(accounts).to_string()).unwrap();
        let port = mailbox.smtp_address().port();
        // The cheapest hash there is: this is not about hashing. The short time limits are what a death is told by.
        let config = format!(
            r#"
[server]
listen = "127.0.0.1:0"
https = false
trusted_proxies = ["127.0.0.1/32"]
even_answer_ms = 0
request_timeout_seconds = 5
shutdown_seconds = 5
secret_key_file = "key"
[database]
connections = 12
sweep_seconds = 5
[log]
filter = "warn"
[smtp]
port = {port}
ca_file = "ca.pem"
from = "no-reply@harbor-vale.example"
timeout_seconds = 8
[policy]
recovery_methods = ["email"]
gates = 1
[password.hashing]
memory = 8
passes = 1
lanes = 1
[limits]
resend_after = 1
{limits}
"#
        );
        fs::write(site.at("sspr-server.toml"), config).unwrap();
        let output =
            site.program().args(["user", "import"]).arg(site.at("people.json")).output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        site
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The server's program with this configuration; `SSPR_SERVER` names another build of it.
    pub(crate) fn program(&self) -> Command {
        let built = env::var_os("SSPR_SERVER").unwrap_or_else(|| env!("CARGO_BIN_EXE_sspr-server").into());
        let mut command = Command::new(built);
        command.arg("--config").arg(self.at("sspr-server.toml"));
        let file = || format!("sqlite:{}", self.at(FILE).display());
        command.env("SSPR_DATABASE", self.database.as_ref().map_or_else(file, |it| it.url.clone()));
        command
    }

    /// Looks into the database.
    pub(crate) async fn look(&self) -> PgConnection {
        PgConnection::connect(&self.database.as_ref().expect("PostgreSQL").url).await.unwrap()
    }

    /// Looks into the file.
    pub(crate) async fn look_into_file(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(self.at(FILE));
        SqliteConnection::connect_with(&options).await.unwrap()
    }
}

fn account(person: &Person) -> Value {
    json!({
        "username": person.name,
        "password": person.password,
        "methods": [{ "kind": "email", "value": person.address() }],
    })
}
