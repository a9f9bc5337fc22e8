//! Whose key sealed what is in the database. A node with another one could read nothing, and would write what the others
//! cannot read.

use super::{
    OpenError, SqlStore,
    pool::{Pool, sql},
};
use sspr_service::{MasterKey, store::Result};

impl SqlStore {
    /// Refuses a key that is not the first one that this database was used with.
    pub async fn check_key(&self, key: &MasterKey) -> std::result::Result<(), OpenError> {
        let fingerprint = key.fingerprint()?;
        match first(&self.pool, &fingerprint).await? {
            known if known == fingerprint => Ok(()),
            _ => Err(OpenError::OtherKey),
        }
    }
}

/// The fingerprint that came first, which may be this one.
async fn first(pool: &Pool, fingerprint: &[u8]) -> Result<Vec<u8>> {
    let note = "INSERT INTO sealing_key (id, fingerprint) VALUES (1, $1) ON CONFLICT DO NOTHING";
    pool.written(sql(note).bytes(fingerprint)).await?;
    match pool.first(sql("SELECT fingerprint FROM sealing_key")).await? {
        Some(row) => row.value("fingerprint"),
        None => Ok(Vec::new()),
    }
}
