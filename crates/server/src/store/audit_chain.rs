//! The chain over the audit log: linking, looking along it, and forgetting its beginning.

use super::{
    audit::logged,
    pool::{Pool, Work, sql},
    rows::{Row, corrupt, micros},
};
use jiff::Timestamp;
use sspr_service::store::{Checkpoint, Link, LoggedRow, Result};

/// The number and link that the next line follows.
const HEAD: &str = "SELECT seq, link FROM audit WHERE seq = (SELECT MAX(seq) FROM audit) \
                    UNION ALL SELECT seq, link FROM audit_checkpoints ORDER BY 1 DESC LIMIT 1";

/// In the order of their ids, as far as they are committed: a line with a smaller id that comes later is linked later. One
/// transaction, alone among all nodes, so that nobody else takes the same number.
pub(super) async fn link(pool: &Pool, limit: u32, link: &Link<'_>) -> Result<u32> {
    let waiting = "SELECT * FROM audit WHERE seq IS NULL AND entry IS NOT NULL ORDER BY id LIMIT $1";
    // Most often there is nothing to do, and nobody is kept from writing for it.
    if pool.first(sql(waiting).number(1_i64)).await?.is_none() {
        return Ok(0);
    }
    let Some(mut alone) = pool.alone(Work::Linking).await? else { return Ok(0) };
    let head = alone.all(sql(HEAD)).await?;
    let (mut seq, mut before) = match head.first() {
        Some(row) => (row.value::<i64>("seq")?, row.value::<Vec<u8>>("link")?),
        None => (0, Vec::new()),
    };
    let mut linked = 0;
    for row in alone.all(sql(waiting).number(i64::from(limit))).await? {
        let row = logged(&row)?;
        seq += 1;
        before = link(&before, seq, &row.row)?;
        let text = "UPDATE audit SET seq = $2, link = $3 WHERE id = $1";
        alone.written(sql(text).number(row.id).number(seq).bytes(&*before)).await?;
        linked += 1;
    }
    alone.end().await?;
    Ok(linked)
}

pub(super) async fn linked(pool: &Pool, after: i64, limit: u32) -> Result<Vec<LoggedRow>> {
    let query = sql("SELECT * FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2");
    pool.all(query.number(after).number(i64::from(limit))).await?.iter().map(logged).collect()
}

pub(super) async fn census(pool: &Pool, until: i64) -> Result<(u64, u64)> {
    let text = "SELECT COUNT(*) AS lines, COUNT(DISTINCT entry) AS entries FROM audit WHERE seq <= $1";
    let Some(row) = pool.first(sql(text).number(until)).await? else { return Ok((0, 0)) };
    let count = |name| u64::try_from(row.value::<i64>(name)?).map_err(|_| corrupt(name));
    Ok((count("lines")?, count("entries")?))
}

pub(super) async fn checkpoint(pool: &Pool) -> Result<Option<Checkpoint>> {
    let row = pool.first(sql("SELECT * FROM audit_checkpoints ORDER BY seq DESC LIMIT 1")).await?;
    let read = |row: Row| {
        Ok(Checkpoint {
            seq: row.value("seq")?,
            link: row.value("link")?,
            at: row.time("at")?,
            mac: row.value("mac")?,
        })
    };
    row.map(read).transpose()
}

pub(super) async fn last_before(pool: &Pool, before: Timestamp) -> Result<Option<LoggedRow>> {
    let text = "SELECT * FROM audit WHERE seq < COALESCE((SELECT MIN(seq) FROM audit WHERE at >= $1), \
                9223372036854775807) ORDER BY seq DESC LIMIT 1";
    pool.first(sql(text).number(micros(before))).await?.as_ref().map(logged).transpose()
}

/// Who links is kept away, so that the head does not go from under it.
pub(super) async fn prune(pool: &Pool, checkpoint: &Checkpoint) -> Result<u64> {
    let Some(mut alone) = pool.alone(Work::Linking).await? else { return Ok(0) };
    let text = "INSERT INTO audit_checkpoints (seq, link, at, mac) VALUES ($1, $2, $3, $4)";
    let keep = sql(text).number(checkpoint.seq).bytes(&*checkpoint.link).number(micros(checkpoint.at));
    alone.written(keep.bytes(&*checkpoint.mac)).await?;
    let gone = alone.written(sql("DELETE FROM audit WHERE seq <= $1").number(checkpoint.seq)).await?;
    alone.end().await?;
    Ok(gone)
}
