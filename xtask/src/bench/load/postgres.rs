//! A PostgreSQL server for one run, as its package sets it up: every commit is on the disk before it is answered.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::process;
use crate::tools::Tools;
use crate::trouble::{Doing, Outcome, Trouble};

/// How long it may take to answer first.
const PATIENCE: Duration = Duration::from_secs(60);

/// Starts the server of the programs in `$1`, says where, and stops it when its input ends: that happens however we end.
const KEEPER: &str = r#"
set -eu
umask 077
folder=$(mktemp -d /tmp/sspr-load-postgres.XXXXXX)
cd "$folder"
trap 'rm -r "$folder"' EXIT
trap 'exit 1' INT TERM
"$1/initdb" --pgdata=data --username=sspr --auth=trust --encoding=UTF8 >log 2>&1
"$1/postgres" -D data -k "$folder" -c listen_addresses= </dev/null >>log 2>&1 &
server=$!
trap 'kill -INT "$server"; wait "$server" || true; rm -r "$folder"' EXIT
echo "$folder"
echo "$server"
read -r end || true
"#;

/// The running server. It ends, and its files go, with this value.
pub(super) struct Cluster {
    /// Reached by a socket in it, without a password.
    pub(super) folder: PathBuf,
    /// The process under which all of it runs.
    pub(super) id: u32,
    pub(super) version: String,
    programs: PathBuf,
    keeper: Child,
}

impl Cluster {
    pub(super) fn start() -> Outcome<Cluster> {
        let programs = Tools::postgres()?;
        let mut shell = Command::new("sh");
        if process::output(Command::new("id").arg("-u")).as_deref() == Some("0") {
            // The server refuses to run as root; its packages bring this user.
            shell = Command::new("runuser");
            shell.args(["-u", "postgres", "--", "sh"]);
        }
        shell.args(["-c", KEEPER, "keeper"]).arg(&programs);
        shell.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut keeper = shell.spawn().doing(|| "start PostgreSQL".to_owned())?;
        let mut lines = keeper.stdout.take().map(|output| BufReader::new(output).lines());
        let mut line = || lines.as_mut()?.next()?.ok();
        let said = line().zip(line().and_then(|id| id.parse().ok()));
        let Some((folder, id)) = said else {
            keeper.wait().ok();
            return Err(Trouble::new("PostgreSQL does not start").advice("try its “initdb” by hand"));
        };
        let version = process::output(Command::new(programs.join("postgres")).arg("--version"));
        let cluster = Cluster {
            folder: folder.into(),
            id,
            version: version.unwrap_or_default().replace("postgres (PostgreSQL) ", ""),
            programs,
            keeper,
        };
        let began = Instant::now();
        while cluster.sql("SELECT 1").is_err() {
            if began.elapsed() > PATIENCE {
                return Err(Trouble::new("PostgreSQL does not answer"));
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(cluster)
    }

    /// An empty database.
    pub(super) fn create(&self, name: &str) -> Outcome {
        self.sql(&format!("CREATE DATABASE {name}"))
    }

    fn sql(&self, statement: &str) -> Outcome {
        let folder: &Path = &self.folder;
        let beside = self.programs.join("psql");
        // A package may put the client elsewhere, on PATH.
        let mut psql = Command::new(if beside.is_file() { beside } else { "psql".into() });
        psql.args(["--no-psqlrc", "--quiet", "--username=sspr", "--dbname=postgres", "--command", statement]);
        match process::output(psql.arg("--host").arg(folder)) {
            Some(_) => Ok(()),
            None => Err(Trouble::new("PostgreSQL refused a statement of ours")),
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The end of its input is its word to stop.
        drop(self.keeper.stdin.take());
        self.keeper.wait().ok();
    }
}
