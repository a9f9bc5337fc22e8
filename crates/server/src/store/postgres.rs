//! What is different on PostgreSQL: how it is reached, and how nodes take turns.

use super::{
    OpenError, SqlStore, migrations,
    pool::{Pool, Work},
};
use crate::{config::PostgresUrl, metrics::Metrics};
use sqlx::{
    Connection, PgConnection, Postgres, Transaction,
    postgres::{PgPool, PgPoolOptions},
};
use sspr_core::Secret;
use std::time::Duration;

/// How long a request waits for a free connection.
const ACQUIRE: Duration = Duration::from_secs(5);

/// How a connection works, whatever the cluster's own settings are. The statements count on `read committed`: who waited
/// for a row sees it as the winner left it, instead of failing. The time limits (in ms) free what a node holds that
/// hangs.
const SETTINGS: &str = "SET default_transaction_isolation = 'read committed'; SET statement_timeout = 20000; \
                        SET idle_in_transaction_session_timeout = 20000;";

/// The first of the two numbers of our advisory locks: "sspr".
const LOCKS: i32 = 0x7373_7072;

impl SqlStore {
    /// Reaches a database on a PostgreSQL server with up to so many connections, and brings its tables up to date.
    pub async fn open_postgres(
        url: &PostgresUrl,
        password: Option<&Secret>,
        connections: u32,
    ) -> Result<Self, OpenError> {
        let failed = |source| OpenError::Server { place: url.place().to_owned(), source };
        let options = url.options(password).map_err(failed)?;
        // sqlx takes an advisory lock first, so that of nodes that start at once one does it; the others wait, without a
        // time limit.
        let mut first = PgConnection::connect_with(&options).await.map_err(failed)?;
        migrations::postgres()
            .run(&mut first)
            .await
            .map_err(|source| OpenError::Migration { database: url.place().to_owned(), source })?;
        first.close().await.map_err(failed)?;
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE)
            .after_connect(|connection, _| {
                Box::pin(async move { sqlx::raw_sql(SETTINGS).execute(connection).await.map(drop) })
            })
            .connect_with(options)
            .await
            .map_err(failed)?;
        Ok(Self { pool: Pool::Postgres(pool), metrics: Metrics::default() })
    }
}

impl Work {
    fn number(self) -> i32 {
        match self {
            Self::AddingAccounts => 1,
            Self::Sweeping => 2,
            Self::Linking => 3,
        }
    }

    /// A transaction in which we are alone at this work, once it is our turn.
    pub(super) async fn wait(self, pool: &PgPool) -> sqlx::Result<Transaction<'static, Postgres>> {
        let mut transaction = pool.begin().await?;
        let lock = sqlx::query("SELECT pg_advisory_xact_lock($1, $2)").bind(LOCKS).bind(self.number());
        lock.execute(&mut *transaction).await?;
        Ok(transaction)
    }

    /// The same, unless somebody else is at it now.
    pub(super) async fn take(self, pool: &PgPool) -> sqlx::Result<Option<Transaction<'static, Postgres>>> {
        let mut transaction = pool.begin().await?;
        let lock =
            sqlx::query_scalar("SELECT pg_try_advisory_xact_lock($1, $2)").bind(LOCKS).bind(self.number());
        let ours: bool = lock.fetch_one(&mut *transaction).await?;
        Ok(ours.then_some(transaction))
    }
}
