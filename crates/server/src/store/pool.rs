//! The two databases, and one way to run a statement on either.

use super::rows::{Row, done};
use sqlx::{
    Database, Encode, Postgres, SqlSafeStr, SqlStr, Sqlite, Transaction, Type, postgres::PgPool,
    query::Query, sqlite::SqlitePool,
};
use sspr_service::store::Result;

/// What a statement is given.
#[derive(Clone, Copy)]
pub(super) enum Value<'q> {
    Text(Option<&'q str>),
    Bytes(Option<&'q [u8]>),
    Number(Option<i64>),
    Truth(bool),
}

/// A statement that both databases understand, with its values in the order of `$1`, `$2` and so on.
pub(super) struct Statement<'q> {
    sql: SqlStr,
    values: Vec<Value<'q>>,
}

/// Begins a statement.
pub(super) fn sql<'q>(sql: impl SqlSafeStr) -> Statement<'q> {
    Statement { sql: sql.into_sql_str(), values: Vec::new() }
}

impl<'q> Statement<'q> {
    fn with(mut self, value: Value<'q>) -> Self {
        self.values.push(value);
        self
    }
    pub(super) fn text(self, text: impl Into<Option<&'q str>>) -> Self {
        self.with(Value::Text(text.into()))
    }
    pub(super) fn bytes(self, bytes: impl Into<Option<&'q [u8]>>) -> Self {
        self.with(Value::Bytes(bytes.into()))
    }
    pub(super) fn number(self, number: impl Into<Option<i64>>) -> Self {
        self.with(Value::Number(number.into()))
    }
    pub(super) fn truth(self, truth: bool) -> Self {
        self.with(Value::Truth(truth))
    }

    fn query<DB: Database>(self) -> Query<'q, DB, DB::Arguments>
    where
        DB::Arguments: sqlx::IntoArguments<DB>,
        Option<&'q str>: Encode<'q, DB> + Type<DB>,
        Option<&'q [u8]>: Encode<'q, DB> + Type<DB>,
        Option<i64>: Encode<'q, DB> + Type<DB>,
        bool: Encode<'q, DB> + Type<DB>,
    {
        self.values.into_iter().fold(sqlx::query(self.sql), |query, value| match value {
            Value::Text(text) => query.bind(text),
            Value::Bytes(bytes) => query.bind(bytes),
            Value::Number(number) => query.bind(number),
            Value::Truth(truth) => query.bind(truth),
        })
    }
}

/// The connections to one of the two.
#[derive(Clone, Debug)]
pub(super) enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Pool {
    /// Every row.
    pub(super) async fn all(&self, statement: Statement<'_>) -> Result<Vec<Row>> {
        Ok(match self {
            Self::Sqlite(pool) => {
                let rows = done(statement.query::<Sqlite>().fetch_all(pool).await)?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(pool) => {
                let rows = done(statement.query::<Postgres>().fetch_all(pool).await)?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// The first row.
    pub(super) async fn first(&self, statement: Statement<'_>) -> Result<Option<Row>> {
        Ok(match self {
            Self::Sqlite(pool) => {
                done(statement.query::<Sqlite>().fetch_optional(pool).await)?.map(Row::Sqlite)
            }
            Self::Postgres(pool) => {
                done(statement.query::<Postgres>().fetch_optional(pool).await)?.map(Row::Postgres)
            }
        })
    }

    /// How many rows were written.
    pub(super) async fn written(&self, statement: Statement<'_>) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(pool) => done(statement.query::<Sqlite>().execute(pool).await)?.rows_affected(),
            Self::Postgres(pool) => done(statement.query::<Postgres>().execute(pool).await)?.rows_affected(),
        })
    }

    /// Ends a `SELECT` that chooses rows for a write: where rows are locked one by one, those that somebody else is
    /// about to change are left to them. SQLite has one writer at a time and needs nothing.
    pub(super) fn choosing(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "",
            Self::Postgres(_) => "FOR UPDATE SKIP LOCKED",
        }
    }

    /// Begins writes that are done all or not at all.
    pub(super) async fn together(&self) -> Result<Together> {
        Ok(match self {
            // At once: who has read first may not write after somebody else did.
            Self::Sqlite(pool) => Together::Sqlite(done(pool.begin_with("BEGIN IMMEDIATE").await)?),
            Self::Postgres(pool) => Together::Postgres(done(pool.begin().await)?),
        })
    }

    /// Writes that are done all or not at all, by one node at a time; `None` while another is at this work.
    pub(super) async fn alone(&self, work: Work) -> Result<Option<Together>> {
        match self {
            Self::Sqlite(_) => self.together().await.map(Some),
            Self::Postgres(pool) => Ok(done(work.take(pool).await)?.map(Together::Postgres)),
        }
    }

    /// Waits until nobody else is at this work.
    pub(super) async fn turn(&self, work: Work) -> Result<Turn<'_>> {
        Ok(match self {
            Self::Sqlite(pool) => Turn::Sqlite(pool),
            Self::Postgres(pool) => Turn::Postgres(done(work.wait(pool).await)?),
        })
    }

    /// A turn at this work, unless somebody else is at it.
    pub(super) async fn turn_if_free(&self, work: Work) -> Result<Option<Turn<'_>>> {
        Ok(match self {
            Self::Sqlite(pool) => Some(Turn::Sqlite(pool)),
            Self::Postgres(pool) => done(work.take(pool).await)?.map(Turn::Postgres),
        })
    }

    /// Connections that are open, and those of them that nobody uses.
    pub(super) fn connections(&self) -> (u32, usize) {
        match self {
            Self::Sqlite(pool) => (pool.size(), pool.num_idle()),
            Self::Postgres(pool) => (pool.size(), pool.num_idle()),
        }
    }

    /// Finishes what runs and closes the connections.
    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Writes that are done all or not at all. Dropped before its end, it undoes what it did.
pub(super) enum Together {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Together {
    /// Every row.
    pub(super) async fn all(&mut self, statement: Statement<'_>) -> Result<Vec<Row>> {
        Ok(match self {
            Self::Sqlite(it) => {
                let rows = done(statement.query::<Sqlite>().fetch_all(&mut **it).await)?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(it) => {
                let rows = done(statement.query::<Postgres>().fetch_all(&mut **it).await)?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// How many rows were written.
    pub(super) async fn written(&mut self, statement: Statement<'_>) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(it) => done(statement.query::<Sqlite>().execute(&mut **it).await)?.rows_affected(),
            Self::Postgres(it) => {
                done(statement.query::<Postgres>().execute(&mut **it).await)?.rows_affected()
            }
        })
    }

    /// Makes them last.
    pub(super) async fn end(self) -> Result<()> {
        match self {
            Self::Sqlite(transaction) => done(transaction.commit().await),
            Self::Postgres(transaction) => done(transaction.commit().await),
        }
    }
}

/// What nodes do one after the other, because no row stands for it that could be locked.
#[derive(Clone, Copy, Debug)]
pub(super) enum Work {
    /// Adding an account: its names must be free in two columns.
    AddingAccounts,
    /// Forgetting what is over.
    Sweeping,
    /// Linking the audit log, or forgetting its beginning.
    Linking,
}

/// The right to be alone at some work among all nodes. Dropped before its end, it undoes what it did.
pub(super) enum Turn<'p> {
    /// Every write is alone.
    Sqlite(&'p SqlitePool),
    /// Alone while the transaction lives, and no longer than its connection: a node that dies holds nobody up.
    Postgres(Transaction<'static, Postgres>),
}

impl Turn<'_> {
    /// How many rows were written.
    pub(super) async fn written(&mut self, statement: Statement<'_>) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(pool) => done(statement.query::<Sqlite>().execute(*pool).await)?.rows_affected(),
            Self::Postgres(transaction) => {
                done(statement.query::<Postgres>().execute(&mut **transaction).await)?.rows_affected()
            }
        })
    }

    /// Makes it last.
    pub(super) async fn end(self) -> Result<()> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(transaction) => done(transaction.commit().await),
        }
    }
}
