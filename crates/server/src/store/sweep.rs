//! Forgets rows whose time is over.

use super::{
    pool::{Pool, Work, sql},
    rows::micros,
};
use jiff::Timestamp;
use sqlx::AssertSqlSafe;
use sspr_service::store::Result;

/// Table, its key, what must be true of a row at `$1`, and seconds for which it is kept beyond that. A dead message keeps
/// its row, for the administrator, until a month after its end.
const TABLES: [(&str, &str, &str, i64); 5] = [
    ("sessions", "token_hash", "expires_at <= $1", 0),
    ("counters", "bucket", "ends_at <= $1", 0),
    ("claims", "claim_key", "expires_at <= $1", 0),
    ("outbox", "id", "expires_at <= $1 AND dead_reason IS NULL AND leased_until <= $1", 0),
    ("outbox", "id", "expires_at <= $1 AND dead_reason IS NOT NULL", 30 * 24 * 3600),
];

/// One statement for each table, so that no write waits long for the sweep. One node sweeps at a time; the others have
/// nothing to do.
pub(super) async fn sweep(pool: &Pool, now: Timestamp, limit: u32) -> Result<u32> {
    let Some(mut turn) = pool.turn_if_free(Work::Sweeping).await? else { return Ok(0) };
    let choosing = pool.choosing();
    let mut gone = 0;
    for (table, key, over, kept_seconds) in TABLES {
        // A row that got a new life after it was chosen is seen as it is now when it is locked, and stays.
        let text = format!(
            "WITH gone AS MATERIALIZED (SELECT {key} FROM {table} WHERE {over} LIMIT $2 {choosing}) \
             DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM gone)"
        );
        let end = micros(now).saturating_sub(kept_seconds * 1_000_000);
        let left = limit.saturating_sub(gone);
        let rows = turn.written(sql(AssertSqlSafe(text)).number(end).number(i64::from(left))).await?;
        gone = gone.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX));
    }
    // What was given up can be tried again until its end, and is then no longer kept.
    let text = "UPDATE outbox SET sealed = NULL WHERE dead_reason IS NOT NULL AND sealed IS NOT NULL AND expires_at <= $1";
    turn.written(sql(text).number(micros(now))).await?;
    turn.end().await?;
    Ok(gone)
}
