//! The systems that are compared, and how each is prepared and started.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::Group;
use super::postgres::Cluster;
use crate::paths;
use crate::process::{self, Run, Running};
use crate::tools::Tools;
use crate::trouble::{Doing, Outcome};

/// How long one may take to answer first.
const PATIENCE: Duration = Duration::from_secs(60);

/// Beyond every limit by number that a run could reach.
const NO_LIMIT: i64 = 1_000_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    Ours,
    Allauth,
    BetterAuth,
}

/// One system as it is served.
pub(super) struct Contender {
    pub(super) name: &'static str,
    pub(super) system: System,
    /// Processes that answer.
    processes: u32,
}

/// Ours first.
pub(super) const OURS: Contender =
    Contender { name: "sspr-server, 1 process", system: System::Ours, processes: 1 };
pub(super) const ALLAUTH: Contender = Contender {
    name: "django-allauth, gunicorn with 2 workers of 8 threads",
    system: System::Allauth,
    processes: 2,
};
pub(super) const BETTER_AUTH: Contender =
    Contender { name: "better-auth, 1 process", system: System::BetterAuth, processes: 1 };
pub(super) const BETTER_AUTH_TWICE: Contender =
    Contender { name: "better-auth, cluster of 2", system: System::BetterAuth, processes: 2 };

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Database {
    Postgres,
    Sqlite,
}

/// Cost of Argon2id, in one lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cost {
    /// KiB.
    pub(super) memory: u32,
    pub(super) passes: u32,
}

impl System {
    /// What `xtask/load` calls it.
    pub(super) fn word(self) -> &'static str {
        match self {
            System::Ours => "sspr",
            System::Allauth => "allauth",
            System::BetterAuth => "better-auth",
        }
    }
}

/// A system with its accounts in a database, whose passwords are hashed at one cost.
pub(super) struct Site {
    system: System,
    database: Database,
    cost: Cost,
    folder: PathBuf,
    /// The folder of PostgreSQL's socket.
    socket: PathBuf,
    /// Where mail goes.
    smtp: u16,
    /// The program that runs it.
    program: PathBuf,
}

impl Site {
    /// Makes its tables and accounts, with everything that it keeps in a folder of its own below `folder`.
    pub(super) fn prepare(
        system: System,
        group: &Group,
        folder: &Path,
        cluster: &Cluster,
        smtp: u16,
    ) -> Outcome<Site> {
        let &Group { database, cost, accounts, .. } = group;
        let name = format!("{}-{database:?}-{}", system.word(), cost.memory).to_lowercase();
        let folder = folder.join(&name);
        fs::create_dir_all(&folder).doing(|| format!("create {}", folder.display()))?;
        let program = match system {
            System::Ours => paths::target().join("server").join("sspr-server"),
            System::Allauth => Tools::allauth_under_load()?,
            System::BetterAuth => "node".into(),
        };
        let site = Site { system, database, cost, folder, socket: cluster.folder.clone(), smtp, program };
        if database == Database::Postgres {
            cluster.create(&site.name())?;
        }
        site.lay_out(accounts)?;
        let what = format!("make {accounts} accounts: {name}");
        let mut command = site.command(0, 1)?;
        match system {
            System::Ours => {
                command.args(["user", "import", "people.json"]);
                if database == Database::Postgres {
                    // Only for these accounts, which nobody would miss.
                    let url = format!("{}&options=-csynchronous_commit%3Doff", site.url());
                    command.args(["--database", &url]);
                }
            }
            System::Allauth => _ = command.args(["django_allauth.py", &accounts.to_string()]),
            System::BetterAuth => _ = command.args(["better-auth.mjs", &accounts.to_string()]),
        }
        Run { what: &what, awaits: "the system's own program", advice: "correct what it says above" }
            .quietly(&mut command)?;
        Ok(site)
    }

    /// Starts it. Returns its port too.
    pub(super) fn start(&self, contender: &Contender) -> Outcome<(Running, u16)> {
        let port = process::free_port()?;
        let mut command = self.command(port, contender.processes)?;
        match self.system {
            System::Ours => _ = command.arg("serve"),
            System::Allauth => {
                command.args(["-m", "gunicorn", "--worker-class=gthread", "--threads=8", "--keep-alive=75"]);
                command.arg(format!("--workers={}", contender.processes));
                command.arg(format!("--bind=127.0.0.1:{port}")).arg("django_allauth:application");
            }
            System::BetterAuth => _ = command.arg("better-auth.mjs"),
        }
        let mut running = Running::start(contender.name, &mut command)?;
        let path = match self.system {
            System::Ours => "readyz",
            System::Allauth => "_allauth/browser/v1/config",
            System::BetterAuth => "api/auth/ok",
        };
        let url = format!("http://127.0.0.1:{port}/{path}");
        running.wait_until(PATIENCE, || crate::reference::answers(&url))?;
        Ok((running, port))
    }

    /// Whether it is what a contender of a group needs.
    pub(super) fn fits(&self, contender: &Contender, group: &Group) -> bool {
        (self.system, self.database, self.cost) == (contender.system, group.database, group.cost)
    }

    /// Its program in its folder, told what differs from run to run.
    fn command(&self, port: u16, processes: u32) -> Outcome<Command> {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder);
        if self.system == System::Ours {
            let file = self.folder.join("sspr-server.toml");
            fs::write(&file, self.configuration(port)).doing(|| format!("write {}", file.display()))?;
        } else {
            command.env("SSPR_LOAD", self.given(port, processes).to_string());
            command.env("NODE_ENV", "production");
        }
        Ok(command)
    }

    fn given(&self, port: u16, processes: u32) -> Value {
        let mut given = json!({
            "memory": self.cost.memory, "passes": self.cost.passes, "smtp": self.smtp, "port": port, "processes": processes,
            "name": self.name(),
        });
        if self.database == Database::Postgres {
            given["socket"] = self.socket.to_string_lossy().into();
        }
        given
    }

    /// As it ships, but one proof by mail, no notice afterwards (the others send none either), and no limit by number.
    fn configuration(&self, port: u16) -> String {
        let (url, smtp, Cost { memory, passes }) = (self.url(), self.smtp, self.cost);
        format!(
            r#"[server]
listen = "127.0.0.1:{port}"
[database]
url = "{url}"
[smtp]
host = "127.0.0.1"
port = {smtp}
tls = "none"
[policy]
recovery_methods = ["email"]
gates = 1
notify_person = false
[password.hashing]
memory = {memory}
passes = {passes}
[limits]
starts_per_hour = {NO_LIMIT}
messages_per_destination = {NO_LIMIT}
starts_per_prefix = {NO_LIMIT}
starts_total = {NO_LIMIT}
"#
        )
    }

    /// Of the database: a name, or a file.
    fn name(&self) -> String {
        match self.database {
            Database::Postgres => format!("{}_{}", self.system.word().replace('-', "_"), self.cost.memory),
            Database::Sqlite => "load.sqlite".to_owned(),
        }
    }

    fn url(&self) -> String {
        match self.database {
            Database::Postgres => {
                format!("postgres://sspr@localhost/{}?host={}", self.name(), self.socket.display())
            }
            Database::Sqlite => format!("sqlite:{}", self.name()),
        }
    }

    /// The files that it is started with.
    fn lay_out(&self, accounts: u64) -> Outcome {
        let write = |name: &str, text: &str| {
            let file = self.folder.join(name);
            fs::write(&file, text).doing(|| format!("write {}", file.display()))
        };
        match self.system {
            System::Ours => {
                let person = |n: u64| {
                    let address = format!("p{n}@example.org");
                    json!({ "username": format!("p{n}"), "email": address, "password": "Old-Harbor-Light-1", "methods": [{ "kind": "email", "value": address }] })
                };
                write("people.json", &Value::from_iter((0..accounts).map(person)).to_string())
            }
            System::Allauth => write("django_allauth.py", include_str!("django_allauth.py")),
            System::BetterAuth => {
                // Node.js looks for modules beside the script.
                let modules = self.folder.join("node_modules");
                let mut link = Command::new("ln");
                Run { what: "link better-auth", awaits: "ln", advice: "see what it says above" }
                    .quietly(link.arg("-s").arg(Tools::better_auth_under_load()?).arg(modules))?;
                write("better-auth.mjs", include_str!("better-auth.mjs"))
            }
        }
    }
}
