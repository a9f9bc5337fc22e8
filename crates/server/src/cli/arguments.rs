//! What can be typed, and the environment variables that stand for it.

use super::Trouble;
use crate::config::{Config, DatabaseUrl};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use sspr_service::audit::Head;
use std::{net::SocketAddr, path::PathBuf};

/// Self-service password reset: the reference server.
#[derive(Debug, Parser)]
#[command(name = "sspr-server", version)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) config: ConfigArguments,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Args)]
pub(super) struct ConfigArguments {
    /// The configuration file.
    #[arg(long, global = true, env = "SSPR_CONFIG", default_value = "sspr-server.toml", value_name = "FILE")]
    config: PathBuf,
    /// Use this database instead of database.url: an address, or a SQLite file. Other users of the machine can read what
    /// is typed, so a password belongs into database.password_file or SSPR_DATABASE_PASSWORD.
    #[arg(long, global = true, env = "SSPR_DATABASE", hide_env_values = true, value_name = "URL")]
    database: Option<String>,
    /// Use this key file instead of server.secret_key_file.
    #[arg(long, global = true, env = "SSPR_SECRET_KEY_FILE", value_name = "FILE")]
    secret_key_file: Option<PathBuf>,
}

impl ConfigArguments {
    /// Reads the file and lays over it what was typed.
    pub(super) fn load(self) -> Result<Config, Trouble> {
        if !self.config.exists() {
            return Err(Trouble::usage(format_args!(
                "there is no configuration {}; copy sspr-server.example.toml there, or name another with --config",
                self.config.display()
            )));
        }
        let mut config = Config::load(&self.config).map_err(Trouble::usage)?;
        if let Some(url) = self.database {
            config.database.url = DatabaseUrl::typed(url)
                .map_err(|why| Trouble::usage(format_args!("the database's address {why}")))?;
        }
        if let Some(path) = self.secret_key_file {
            config.server.secret_key_file = path;
        }
        Ok(config)
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run the server until SIGTERM or Ctrl-C.
    Serve(ServeArguments),
    /// Look at the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Look at everything that the server depends on, and say how to mend what is broken. Changes nothing.
    Doctor(DoctorArguments),
    /// Manage accounts of the local directory.
    #[command(subcommand)]
    User(UserCommand),
    /// Look at the policy, or forget what administrators changed of it.
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Look at the messages that wait or were given up, and decide about them.
    #[command(subcommand)]
    Outbox(OutboxCommand),
    /// Replace the key that seals what is secret in the database (docs/keys.md).
    #[command(subcommand)]
    Key(KeyCommand),
    /// Show the newest lines of the audit log; or verify, export or shorten it.
    Audit(AuditArguments),
    /// Count who can help themselves, and what became of those who tried.
    Report(ReportArguments),
}

#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Say whether the configuration can be used, with the line of each mistake.
    Check,
}

#[derive(Debug, Subcommand)]
pub(super) enum PolicyCommand {
    /// Print the policy in force, defaults included, as JSON: the file, and over it what administrators changed.
    Show {
        /// The file's alone.
        #[arg(long)]
        file: bool,
    },
    /// Forget what administrators changed: the file's policy is in force again.
    Reset,
}

#[derive(Debug, Subcommand)]
pub(super) enum OutboxCommand {
    /// List them, without where they go and what they say.
    List {
        /// How many.
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// One JSON object in each line.
        #[arg(long)]
        json: bool,
    },
    /// Send one now, also one that was given up, as long as it is worth sending.
    Retry {
        /// Its id, as the list and the log name it.
        id: String,
    },
    /// Forget one.
    Drop {
        /// Its id, as the list and the log name it.
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum KeyCommand {
    /// Say how many keys there are and which one seals, and nothing of the keys.
    Show,
    /// Add a key that nodes can open by, and seal by only after `use`.
    Prepare,
    /// Seal by the prepared key from the next start on.
    Use,
    /// Seal by the current key what another one sealed, then forget those that seal nothing any more.
    Reseal,
    /// All three at once. The server must be stopped: what runs cannot read what is sealed anew.
    Rotate,
}

#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Add one account. The password is asked for, or read from the standard input.
    Add(PersonArguments),
    /// Add the accounts of a JSON file, with their contact methods.
    Import {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(super) struct PersonArguments {
    /// What the person signs in with.
    pub(super) username: String,
    /// Their mailbox, for notices.
    #[arg(long)]
    pub(super) email: Option<String>,
    /// Full name.
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Language of messages, such as `ja`.
    #[arg(long)]
    pub(super) locale: Option<String>,
    /// A group; may be given several times.
    #[arg(long = "group")]
    pub(super) groups: Vec<String>,
    /// The account holds administrative rights.
    #[arg(long)]
    pub(super) admin: bool,
    /// The account is switched off.
    #[arg(long)]
    pub(super) disabled: bool,
}

#[derive(Debug, Args)]
pub(super) struct DoctorArguments {
    /// One JSON object in each line.
    #[arg(long)]
    pub(super) json: bool,
    /// Send a test mail there; otherwise nothing is sent.
    #[arg(long, value_name = "ADDRESS")]
    pub(super) send_to: Option<String>,
    /// What the server is started with, so that the same is looked at.
    #[command(flatten)]
    pub(super) serve: ServeArguments,
}

#[derive(Debug, Args)]
pub(super) struct ReportArguments {
    /// Days, today's included (UTC), 1 to 366.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=366))]
    pub(super) days: u32,
    /// People looked at, at most.
    #[arg(long, default_value_t = 1_000_000)]
    pub(super) people: u64,
    /// As JSON.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum AuditCommand {
    /// Say whether the log is as it was written, which line breaks it, and what its head is.
    Verify {
        /// A head that was printed earlier and kept elsewhere: it must still be in the log.
        #[arg(long, value_name = "NUMBER:LINK")]
        head: Option<Head>,
    },
    /// Write the log, oldest first, to the standard output.
    Export {
        /// How.
        #[arg(long, value_enum, default_value_t = Format::Jsonl)]
        format: Format,
        /// Not before then: `2026-11-23` (UTC) or `2026-11-23T08:00:00Z`.
        #[arg(long, value_parser = time)]
        since: Option<Timestamp>,
        /// Before then.
        #[arg(long, value_parser = time)]
        until: Option<Timestamp>,
        /// Only lines about this account, by user name or e-mail address.
        #[arg(long)]
        account: Option<String>,
    },
    /// Forget the oldest lines, and leave a checkpoint from which the rest is verified. Export them first.
    Prune {
        /// Lines of so many days are kept, at least 30.
        #[arg(long, value_parser = clap::value_parser!(u32).range(30..=36_500))]
        keep_days: u32,
    },
}

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One JSON object in each line.
    Jsonl,
    /// RFC 4180, with a head; a value that a spreadsheet would take for a formula gets an apostrophe in front.
    Csv,
}

/// A time, or midnight of a day (UTC).
fn time(text: &str) -> Result<Timestamp, String> {
    let day = || format!("{text}T00:00:00Z").parse::<Timestamp>();
    let wrong = "it must be a day such as 2026-11-23, or a time such as 2026-11-23T08:00:00Z";
    text.parse().or_else(|_| day()).map_err(|_| wrong.to_owned())
}

#[derive(Debug, Args)]
pub(super) struct AuditArguments {
    #[command(subcommand)]
    pub(super) command: Option<AuditCommand>,
    /// Only lines about this account, by user name or e-mail address.
    #[arg(long)]
    pub(super) account: Option<String>,
    /// How many lines.
    #[arg(long, default_value_t = 50)]
    pub(super) limit: u32,
    /// One JSON object in each line.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    /// Listen here instead of at server.listen; port 0 takes a free one.
    #[arg(long, env = "SSPR_LISTEN", value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Serve these files instead of server.static_dir.
    #[arg(long, env = "SSPR_STATIC_DIR", value_name = "FOLDER")]
    static_dir: Option<PathBuf>,
    /// Use this mail server instead of smtp.host.
    #[arg(long, env = "SSPR_SMTP_HOST", value_name = "NAME")]
    smtp_host: Option<String>,
    /// Use this port instead of smtp.port.
    #[arg(long, env = "SSPR_SMTP_PORT", value_name = "PORT")]
    smtp_port: Option<u16>,
    /// Trust this authority for mail instead of smtp.ca_file.
    #[arg(long, env = "SSPR_SMTP_CA_FILE", value_name = "FILE")]
    smtp_ca_file: Option<PathBuf>,
    /// Post text messages and calls here instead of to gateway.url.
    #[arg(long, env = "SSPR_GATEWAY_URL", value_name = "URL")]
    gateway_url: Option<String>,
    /// Ask this list of leaked passwords instead of that of breached.url.
    #[arg(long, env = "SSPR_BREACHED_URL", value_name = "URL")]
    breached_url: Option<String>,
    /// Allow mailed links to open this page, instead of those of `pages`; may be given several times.
    #[arg(long = "page", value_name = "URL")]
    pages: Vec<String>,
}

impl ServeArguments {
    /// Lays what was typed over the configuration.
    pub(super) fn apply(self, mut config: Config) -> Result<Config, Trouble> {
        if let Some(listen) = self.listen {
            config.server.listen = listen;
        }
        config.server.static_dir = self.static_dir.or(config.server.static_dir);
        if let Some(host) = self.smtp_host {
            config.smtp.host = host;
        }
        if let Some(port) = self.smtp_port {
            config.smtp.port = port;
        }
        config.smtp.ca_file = self.smtp_ca_file.or(config.smtp.ca_file);
        config.gateway.url = self.gateway_url.or(config.gateway.url);
        config.breached.url = self.breached_url.or(config.breached.url);
        if !self.pages.is_empty() {
            config.settings.pages = self.pages;
        }
        match config.mistakes().first() {
            Some(mistake) => Err(Trouble::usage(format_args!("{}: {}", mistake.key, mistake.message))),
            None => Ok(config),
        }
    }
}
