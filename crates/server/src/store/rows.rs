//! Between rows of the database and values of the service.

use jiff::Timestamp;
use sqlx::{ColumnIndex, Decode, Row, Type, any::AnyRow};
use sspr_service::store::{Result, StoreError};

/// A time as the database keeps it: microseconds since 1970.
pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// So many seconds later, as the database keeps times.
pub(super) fn micros_after(at: Timestamp, seconds: u32) -> i64 {
    micros(at).saturating_add(i64::from(seconds) * 1_000_000)
}

/// The error of a statement. sqlx puts no bound value into its texts.
pub(super) fn failed(error: sqlx::Error) -> StoreError {
    StoreError(error.to_string())
}

/// A finished statement, with the service's error.
pub(super) fn done<T>(outcome: sqlx::Result<T>) -> Result<T> {
    outcome.map_err(failed)
}

/// What stands in the database is not what we write there.
pub(super) fn corrupt(column: &str) -> StoreError {
    StoreError(format!("the column {column} holds something that this version does not write"))
}

/// Reads columns by name.
pub(super) trait Columns {
    /// A column of a type that the driver knows.
    fn value<'r, T>(&'r self, name: &'static str) -> Result<T>
    where
        T: Decode<'r, sqlx::Any> + Type<sqlx::Any>;
    /// A truth value.
    fn truth(&self, name: &'static str) -> Result<bool>;
    /// A number that is not negative and fits.
    fn count(&self, name: &'static str) -> Result<u32>;
    /// A time.
    fn time(&self, name: &'static str) -> Result<Timestamp>;
    /// A time that may be absent.
    fn time_or_none(&self, name: &'static str) -> Result<Option<Timestamp>>;
    /// A JSON list of texts.
    fn texts(&self, name: &'static str) -> Result<Vec<String>>;
}

impl Columns for AnyRow
where
    for<'a> &'a str: ColumnIndex<AnyRow>,
{
    fn value<'r, T>(&'r self, name: &'static str) -> Result<T>
    where
        T: Decode<'r, sqlx::Any> + Type<sqlx::Any>,
    {
        done(self.try_get(name))
    }

    fn truth(&self, name: &'static str) -> Result<bool> {
        self.value::<i64>(name).map(|number| number != 0)
    }

    fn count(&self, name: &'static str) -> Result<u32> {
        u32::try_from(self.value::<i64>(name)?).map_err(|_| corrupt(name))
    }

    fn time(&self, name: &'static str) -> Result<Timestamp> {
        Timestamp::from_microsecond(self.value(name)?).map_err(|_| corrupt(name))
    }

    fn time_or_none(&self, name: &'static str) -> Result<Option<Timestamp>> {
        self.value::<Option<i64>>(name)?
            .map(|number| Timestamp::from_microsecond(number).map_err(|_| corrupt(name)))
            .transpose()
    }

    fn texts(&self, name: &'static str) -> Result<Vec<String>> {
        serde_json::from_str(&self.value::<String>(name)?).map_err(|_| corrupt(name))
    }
}

/// A list of texts as JSON.
pub(super) fn json(texts: &[String]) -> String {
    serde_json::Value::from(texts.to_vec()).to_string()
}
