//! A PostgreSQL server of our own, for as long as this test program runs: in a folder below /tmp, reached by a socket in
//! it, with no port.
#![allow(dead_code, clippy::unwrap_used, reason = "a test, and each uses its own part")]

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

/// How long it may take to answer first.
const START: Duration = Duration::from_secs(30);

/// Starts the server of the programs in `$1`, says where, and stops it when its input ends: that happens however the
/// test program ends, so nothing is left behind.
const KEEPER: &str = r#"
set -eu
umask 077
folder=$(mktemp -d /tmp/sspr-postgres.XXXXXX)
cd "$folder"
trap 'cat log >&2; rm -r "$folder"' EXIT
trap 'exit 1' INT TERM
"$1/initdb" --pgdata=data --username=sspr --auth=trust --encoding=UTF8 --no-sync >log 2>&1
"$1/postgres" -D data -k "$folder" -c listen_addresses= -c fsync=off -c max_connections=300 </dev/null >>log 2>&1 &
server=$!
trap 'kill -QUIT "$server"; wait "$server" || true; rm -r "$folder"' EXIT
echo "$folder"
read -r end || true
"#;

/// The running server.
struct Cluster {
    folder: PathBuf,
    /// Its input is open as long as this program runs.
    _keeper: Child,
    databases: AtomicU32,
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let Some(programs) = programs() else {
            panic!(
                "PostgreSQL is not installed, and its store is not tested without: install Debian's `postgresql`, \
                 Fedora's `postgresql-server` or Homebrew's `postgresql@17`, or run `cargo xtask test`, which does it"
            );
        };
        let mut shell = Command::new("sh");
        if fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
            // The server refuses to run as root; its packages bring this user.
            shell = Command::new("runuser");
            shell.args(["-u", "postgres", "--", "sh"]);
        }
        shell.args(["-c", KEEPER, "keeper"]).arg(programs);
        shell.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut keeper = shell.spawn().expect("a shell starts");
        let mut folder = String::new();
        BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut folder).unwrap();
        assert!(!folder.is_empty(), "PostgreSQL does not start; why is said above");
        Cluster { folder: folder.trim().into(), _keeper: keeper, databases: AtomicU32::new(0) }
    })
}

/// The folder of `initdb` and `postgres`: Debian keeps them off PATH, one folder for each version.
fn programs() -> Option<PathBuf> {
    let has = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let path = env::var_os("PATH").unwrap_or_default();
    let versions = |around: &str| -> Vec<PathBuf> {
        let mut found: Vec<_> =
            fs::read_dir(around).into_iter().flatten().flatten().map(|it| it.path()).collect();
        found.sort();
        found.into_iter().rev().map(|version| version.join("bin")).collect()
    };
    let elsewhere = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];
    env::split_paths(&path).chain(elsewhere.iter().flat_map(|around| versions(around))).find(has)
}

/// An empty database of its own.
pub(crate) struct Database {
    /// Its address.
    pub(crate) url: String,
}

impl Database {
    pub(crate) async fn new() -> Self {
        let cluster = cluster();
        let name = format!("sspr_{}", cluster.databases.fetch_add(1, Ordering::Relaxed));
        let mut connection = connect(&url(&cluster.folder, "postgres")).await;
        let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::raw_sql(create).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        Self { url: url(&cluster.folder, &name) }
    }
}

fn url(folder: &Path, database: &str) -> String {
    format!("postgres://sspr@localhost/{database}?host={}", folder.display())
}

/// Waits for a server that has only just started.
async fn connect(url: &str) -> PgConnection {
    let began = Instant::now();
    loop {
        match PgConnection::connect(url).await {
            Ok(connection) => return connection,
            Err(error) => assert!(began.elapsed() < START, "PostgreSQL does not answer: {error}"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
