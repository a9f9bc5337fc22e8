//! Opens the database file and brings its tables up to date.

use super::SqlStore;
use sqlx::{AnyConnection, Connection, any::AnyPoolOptions, migrate::Migrator};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// Readers work beside each other in WAL mode, writers take turns; more connections would only queue.
const CONNECTIONS: u32 = 8;

/// How long a request waits for a free connection.
const ACQUIRE: Duration = Duration::from_secs(5);

/// How a connection works. `busy_timeout` (in ms) makes writers wait for each other instead of failing. WAL with
/// `synchronous = NORMAL` never corrupts the file and keeps every commit when the process dies; only a power cut
/// can take the last moments away.
const PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;";

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be opened or created.
    #[error("cannot open the database {path}: {source}; check that its folder exists and may be written")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: sqlx::Error,
    },
    /// Its tables cannot be brought up to date.
    #[error("cannot bring the database {path} up to date: {source}; was it made by a newer version?")]
    Migration {
        /// The file.
        path: PathBuf,
        /// Why.
        source: sqlx::migrate::MigrateError,
    },
}

impl SqlStore {
    /// Opens a SQLite file, creates it where it is absent, and brings its tables up to date.
    pub async fn open_sqlite(path: &Path) -> Result<Self, OpenError> {
        let failed = |source| OpenError::File { path: path.to_owned(), source };
        sqlx::any::install_default_drivers();
        create_private(path).map_err(|error| failed(sqlx::Error::Io(error)))?;
        let url = url(path);
        // Alone, since the switch to WAL does not wait for other connections.
        let mut first = AnyConnection::connect(&url).await.map_err(failed)?;
        sqlx::raw_sql(PRAGMAS).execute(&mut first).await.map_err(failed)?;
        sqlx::raw_sql("PRAGMA journal_mode = WAL").execute(&mut first).await.map_err(failed)?;
        MIGRATIONS
            .run(&mut first)
            .await
            .map_err(|source| OpenError::Migration { path: path.to_owned(), source })?;
        first.close().await.map_err(failed)?;
        let pool = AnyPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE)
            .after_connect(|connection, _| {
                Box::pin(async move { sqlx::raw_sql(PRAGMAS).execute(connection).await.map(drop) })
            })
            .connect(&url)
            .await
            .map_err(failed)?;
        Ok(Self { pool })
    }
}

/// The path as a URL, with what a URL gives a meaning written out.
fn url(path: &Path) -> String {
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite:{path}?mode=rwc")
}

/// Creates the file so that only its owner can read it. SQLite gives its side files the same rights.
fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
