//! Seals by the current key what an earlier one sealed.

use super::{
    SqlStore,
    pool::{Pool, sql},
};
use sspr_service::{Failure, MasterKey, Sealed, store::Result};

/// Rows read at a time.
const ROWS: i64 = 500;

impl SqlStore {
    /// How many rows were sealed anew. A row that somebody else writes meanwhile is left to them.
    pub async fn reseal(&self, key: &MasterKey) -> std::result::Result<u64, Failure> {
        let mut count = 0;
        for table in TABLES {
            let mut after = String::new();
            loop {
                let rows = table.page(&self.pool, &after).await?;
                let Some((last, _)) = rows.last() else { break };
                after.clone_from(last);
                for (id, sealed) in &rows {
                    if let Some(anew) = key.reseal(table.what, id, sealed)? {
                        count += table.replace(&self.pool, id, sealed, &anew).await?;
                    }
                }
            }
        }
        // Answers to repeated requests are read by a name that is not a text; they live for ten minutes.
        let rows =
            self.pool.all(sql("SELECT claim_key, answer FROM claims WHERE answer IS NOT NULL")).await?;
        for row in rows {
            let (name, answer): (Vec<u8>, Vec<u8>) = (row.value("claim_key")?, row.value("answer")?);
            if let Some(anew) = key.reseal(Sealed::Answer, "", &answer)? {
                let text = "UPDATE claims SET answer = $3 WHERE claim_key = $1 AND answer = $2";
                count += self.pool.written(sql(text).bytes(&*name).bytes(&*answer).bytes(&*anew)).await?;
            }
        }
        Ok(count)
    }
}

/// A table with sealed rows.
struct Table {
    what: Sealed,
    page: &'static str,
    replace: &'static str,
}

const TABLES: [Table; 3] = [
    Table {
        what: Sealed::Method,
        page: "SELECT id, sealed FROM methods WHERE id > $1 ORDER BY id LIMIT $2",
        replace: "UPDATE methods SET sealed = $3 WHERE id = $1 AND sealed = $2",
    },
    Table {
        what: Sealed::Flow,
        page: "SELECT id, sealed FROM flows WHERE id > $1 ORDER BY id LIMIT $2",
        replace: "UPDATE flows SET sealed = $3 WHERE id = $1 AND sealed = $2",
    },
    Table {
        what: Sealed::Message,
        page: "SELECT id, sealed FROM outbox WHERE sealed IS NOT NULL AND id > $1 ORDER BY id LIMIT $2",
        replace: "UPDATE outbox SET sealed = $3 WHERE id = $1 AND sealed = $2",
    },
];

/// How the sealed rows of each table are read: those behind the name `$1`, `$2` at most.
pub(super) fn pages() -> impl Iterator<Item = (Sealed, &'static str)> {
    TABLES.into_iter().map(|table| (table.what, table.page))
}

impl Table {
    async fn page(&self, pool: &Pool, after: &str) -> Result<Vec<(String, Vec<u8>)>> {
        let rows = pool.all(sql(self.page).text(after).number(ROWS)).await?;
        rows.iter().map(|row| Ok((row.value("id")?, row.value("sealed")?))).collect()
    }

    async fn replace(&self, pool: &Pool, id: &str, old: &[u8], new: &[u8]) -> Result<u64> {
        pool.written(sql(self.replace).text(id).bytes(old).bytes(new)).await
    }
}
