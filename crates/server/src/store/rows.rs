//! Between rows of the database and values of the service.

use jiff::Timestamp;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type, postgres::PgRow, sqlite::SqliteRow};
use sspr_service::store::{Result, StoreError};

/// A time as the database keeps it: microseconds since 1970.
pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// So many seconds later, as the database keeps times.
pub(super) fn micros_after(at: Timestamp, seconds: u32) -> i64 {
    micros(at).saturating_add(i64::from(seconds) * 1_000_000)
}

/// A finished statement, with the service's error. Neither sqlx nor SQLite puts a bound value into its texts;
/// PostgreSQL does so in the detail of an error, which sqlx keeps out of its text.
pub(super) fn done<T>(outcome: sqlx::Result<T>) -> Result<T> {
    outcome.map_err(|error| StoreError(error.to_string()))
}

/// What stands in the database is not what we write there.
pub(super) fn corrupt(column: &str) -> StoreError {
    StoreError(format!("the column {column} holds something that this version does not write"))
}

/// A row of either database; columns are read by name.
pub(super) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// A column of a type that both drivers know.
    pub(super) fn value<'r, T>(&'r self, name: &'static str) -> Result<T>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>,
    {
        done(match self {
            Self::Sqlite(row) => row.try_get(name),
            Self::Postgres(row) => row.try_get(name),
        })
    }

    /// A number that is not negative and fits.
    pub(super) fn count(&self, name: &'static str) -> Result<u32> {
        u32::try_from(self.value::<i64>(name)?).map_err(|_| corrupt(name))
    }

    /// A time.
    pub(super) fn time(&self, name: &'static str) -> Result<Timestamp> {
        Timestamp::from_microsecond(self.value(name)?).map_err(|_| corrupt(name))
    }

    /// A time that may be absent.
    pub(super) fn time_or_none(&self, name: &'static str) -> Result<Option<Timestamp>> {
        self.value::<Option<i64>>(name)?
            .map(|number| Timestamp::from_microsecond(number).map_err(|_| corrupt(name)))
            .transpose()
    }

    /// A JSON list of texts.
    pub(super) fn texts(&self, name: &'static str) -> Result<Vec<String>> {
        serde_json::from_str(&self.value::<String>(name)?).map_err(|_| corrupt(name))
    }
}

/// A list of texts as JSON.
pub(super) fn json(texts: &[String]) -> String {
    serde_json::Value::from(texts.to_vec()).to_string()
}
