//! Counters of a fixed window that starts with its first hit.

use super::{
    pool::{Pool, sql},
    rows::{Row, corrupt, micros, micros_after},
};
use jiff::Timestamp;
use sspr_service::store::{Hits, Result};

fn read(row: &Row, now: Timestamp) -> Result<Hits> {
    let left = row.value::<i64>("ends_at")?.saturating_sub(micros(now)).max(0);
    // Rounded up: who waits that long is surely past the end.
    let seconds = left.unsigned_abs().div_ceil(1_000_000);
    Ok(Hits { count: row.count("hits")?, resets_in: u32::try_from(seconds).unwrap_or(u32::MAX) })
}

pub(super) async fn hit(pool: &Pool, bucket: &str, now: Timestamp, window: u32) -> Result<Hits> {
    let text = "INSERT INTO counters (bucket, hits, ends_at) VALUES ($1, 1, $2) \
               ON CONFLICT (bucket) DO UPDATE SET \
               hits = CASE WHEN counters.ends_at <= $3 THEN 1 \
                      WHEN counters.hits >= 4294967295 THEN counters.hits ELSE counters.hits + 1 END, \
               ends_at = CASE WHEN counters.ends_at <= $3 THEN excluded.ends_at ELSE counters.ends_at END \
               RETURNING hits, ends_at";
    let query = sql(text).text(bucket).number(micros_after(now, window)).number(micros(now));
    // Either branch of the statement returns its row.
    let row = pool.first(query).await?.ok_or_else(|| corrupt("bucket"))?;
    read(&row, now)
}

pub(super) async fn hits(pool: &Pool, bucket: &str, now: Timestamp) -> Result<Hits> {
    let text = "SELECT hits, ends_at FROM counters WHERE bucket = $1 AND ends_at > $2";
    match pool.first(sql(text).text(bucket).number(micros(now))).await? {
        Some(row) => read(&row, now),
        None => Ok(Hits { count: 0, resets_in: 0 }),
    }
}

pub(super) async fn take_back(pool: &Pool, bucket: &str) -> Result<()> {
    let text = "UPDATE counters SET hits = hits - 1 WHERE bucket = $1 AND hits > 0";
    pool.written(sql(text).text(bucket)).await.map(drop)
}

pub(super) async fn clear(pool: &Pool, bucket: &str) -> Result<()> {
    pool.written(sql("DELETE FROM counters WHERE bucket = $1").text(bucket)).await.map(drop)
}
