//! Looks at a database without changing it, for `sspr-server doctor`.

use super::{OpenError, migrations, reseal};
use crate::config::{DatabaseSection, DatabaseUrl, load_secret};
use jiff::Timestamp;
use sqlx::{Connection, PgConnection, SqliteConnection, migrate::Migrator, sqlite::SqliteConnectOptions};
use sspr_service::Sealed;
use std::time::Duration;

/// Sealed rows of each table that are tried.
const TRIED: i64 = 100;

/// How long the server may take to let us in.
const PATIENCE: Duration = Duration::from_secs(5);

const APPLIED: &str = "SELECT version FROM _sqlx_migrations WHERE success ORDER BY version";
const FINGERPRINT: &str = "SELECT fingerprint FROM sealing_key";
/// Undone in any case; changes nothing where there is a row already.
const WRITE: &str = "INSERT INTO sealing_key (id, fingerprint) VALUES (1, $1) ON CONFLICT DO NOTHING";
/// The step that brought its table.
const WRITES_SINCE: i64 = 2;

/// What was seen.
pub(crate) struct Inspection {
    /// The steps that its tables went through.
    pub(crate) applied: Vec<i64>,
    /// The steps that this program knows.
    pub(crate) known: Vec<i64>,
    /// Whether it can be written to; true where there is nothing yet.
    pub(crate) writable: bool,
    /// What tells the key apart that it was first used with.
    pub(crate) fingerprint: Option<Vec<u8>>,
    /// Some sealed rows: what each is, its id, and what is sealed.
    pub(crate) sealed: Vec<(Sealed, String, Vec<u8>)>,
    /// Its server's time.
    pub(crate) time: Option<Timestamp>,
}

impl Inspection {
    fn empty(known: &Migrator) -> Self {
        let known = known.iter().map(|step| step.version).collect();
        Self { applied: Vec::new(), known, writable: true, fingerprint: None, sealed: Vec::new(), time: None }
    }
}

/// Looks at the configured database. A SQLite file that is not there is not made.
pub(crate) async fn inspect(section: &DatabaseSection) -> Result<Inspection, OpenError> {
    match &section.url {
        DatabaseUrl::Sqlite(path) => {
            let mut seen = Inspection::empty(&migrations::sqlite());
            if !path.exists() {
                return Ok(seen);
            }
            let failed = |source| OpenError::File { path: path.clone(), source };
            let options = SqliteConnectOptions::new().filename(path).busy_timeout(PATIENCE);
            let mut open = SqliteConnection::connect_with(&options).await.map_err(failed)?;
            let tables = "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
            let tables: i64 = sqlx::query_scalar(tables).fetch_one(&mut open).await.map_err(failed)?;
            if tables > 0 {
                seen.applied = sqlx::query_scalar(APPLIED).fetch_all(&mut open).await.map_err(failed)?;
                seen.fingerprint =
                    sqlx::query_scalar(FINGERPRINT).fetch_optional(&mut open).await.unwrap_or_default();
                if seen.applied.contains(&WRITES_SINCE) {
                    for (what, rows) in reseal::pages() {
                        let rows = sqlx::query_as(rows).bind("").bind(TRIED).fetch_all(&mut open).await;
                        let rows: Vec<(String, Vec<u8>)> = rows.map_err(failed)?;
                        seen.sealed.extend(rows.into_iter().map(|(id, sealed)| (what, id, sealed)));
                    }
                    let mut undone = open.begin().await.map_err(failed)?;
                    let write = sqlx::query(WRITE).bind(&[0_u8][..]);
                    seen.writable = write.execute(&mut *undone).await.is_ok();
                    undone.rollback().await.map_err(failed)?;
                }
            }
            open.close().await.map_err(failed)?;
            Ok(seen)
        }
        DatabaseUrl::Postgres(url) => {
            let mut seen = Inspection::empty(&migrations::postgres());
            let failed = |source| OpenError::Server { place: url.place().to_owned(), source };
            let password = load_secret("SSPR_DATABASE_PASSWORD", section.password_file.as_deref())?;
            let options = url.options(password.as_ref()).map_err(failed)?;
            let opened = tokio::time::timeout(PATIENCE, PgConnection::connect_with(&options)).await;
            let mut open = opened.map_err(|_| failed(sqlx::Error::PoolTimedOut))?.map_err(failed)?;
            let now = "SELECT extract(epoch FROM now())::bigint";
            let now: i64 = sqlx::query_scalar(now).fetch_one(&mut open).await.map_err(failed)?;
            seen.time = Timestamp::from_second(now).ok();
            let tables = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
            let tables: bool = sqlx::query_scalar(tables).fetch_one(&mut open).await.map_err(failed)?;
            if tables {
                seen.applied = sqlx::query_scalar(APPLIED).fetch_all(&mut open).await.map_err(failed)?;
                seen.fingerprint =
                    sqlx::query_scalar(FINGERPRINT).fetch_optional(&mut open).await.unwrap_or_default();
                if seen.applied.contains(&WRITES_SINCE) {
                    for (what, rows) in reseal::pages() {
                        let rows = sqlx::query_as(rows).bind("").bind(TRIED).fetch_all(&mut open).await;
                        let rows: Vec<(String, Vec<u8>)> = rows.map_err(failed)?;
                        seen.sealed.extend(rows.into_iter().map(|(id, sealed)| (what, id, sealed)));
                    }
                    let mut undone = open.begin().await.map_err(failed)?;
                    let write = sqlx::query(WRITE).bind(&[0_u8][..]);
                    seen.writable = write.execute(&mut *undone).await.is_ok();
                    undone.rollback().await.map_err(failed)?;
                }
            }
            open.close().await.map_err(failed)?;
            Ok(seen)
        }
    }
}
