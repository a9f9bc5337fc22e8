//! What is different on SQLite: its file.

use super::{OpenError, SqlStore, migrations, pool::Pool};
use crate::metrics::Metrics;
use sqlx::{
    Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, time::Duration};

/// How long a request waits for a free connection.
const ACQUIRE: Duration = Duration::from_secs(5);

/// How long a writer waits for another.
const BUSY: Duration = Duration::from_secs(5);

impl SqlStore {
    /// Opens a SQLite file with up to so many connections, creates it where it is absent, and brings its tables up to
    /// date.
    pub async fn open_sqlite(path: &Path, connections: u32) -> Result<Self, OpenError> {
        let failed = |source| OpenError::File { path: path.to_owned(), source };
        create_private(path).map_err(|error| failed(sqlx::Error::Io(error)))?;
        // WAL with `synchronous = NORMAL` never corrupts the file and keeps every commit when the process dies; only a
        // power cut can take the last moments away.
        let options = SqliteConnectOptions::new().filename(path).busy_timeout(BUSY);
        let options = options.synchronous(SqliteSynchronous::Normal);
        // Alone, since the switch to WAL does not wait for other connections.
        let alone = options.clone().journal_mode(SqliteJournalMode::Wal);
        let mut first = SqliteConnection::connect_with(&alone).await.map_err(failed)?;
        migrations::sqlite()
            .run(&mut first)
            .await
            .map_err(|source| OpenError::Migration { database: path.display().to_string(), source })?;
        first.close().await.map_err(failed)?;
        let pool = SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE)
            .connect_with(options)
            .await
            .map_err(failed)?;
        Ok(Self { pool: Pool::Sqlite(pool), metrics: Metrics::default() })
    }
}

/// Creates the file so that only its owner can read it. SQLite gives its side files the same rights.
fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
