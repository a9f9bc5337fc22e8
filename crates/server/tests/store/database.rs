//! Stores on databases of a test's own.

use super::postgres::Database;
use sspr_server::{
    config::{DatabaseSection, DatabaseUrl},
    store::{OpenError, SqlStore},
};

impl Database {
    /// The store of one node.
    pub(crate) async fn open(&self) -> SqlStore {
        self.try_open().await.unwrap()
    }

    pub(crate) async fn try_open(&self) -> Result<SqlStore, OpenError> {
        let url = DatabaseUrl::try_from(sspr_core::Secret::new(&*self.url)).unwrap();
        SqlStore::open(&DatabaseSection { url, ..DatabaseSection::default() }).await
    }
}
