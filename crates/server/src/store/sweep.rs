//! Forgets rows whose time is over.

use super::rows::{done, micros};
use jiff::Timestamp;
use sqlx::AnyPool;
use sspr_service::store::Result;

/// One statement for each table, so that no write waits long for the sweep. A dead message keeps its row, for the
/// administrator, until a month after its end.
const STATEMENTS: [(&str, i64); 6] = [
    ("DELETE FROM flows WHERE id IN (SELECT id FROM flows WHERE expires_at <= $1 LIMIT $2)", 0),
    (
        "DELETE FROM sessions WHERE token_hash IN \
         (SELECT token_hash FROM sessions WHERE expires_at <= $1 LIMIT $2)",
        0,
    ),
    ("DELETE FROM counters WHERE bucket IN (SELECT bucket FROM counters WHERE ends_at <= $1 LIMIT $2)", 0),
    (
        "DELETE FROM claims WHERE claim_key IN (SELECT claim_key FROM claims WHERE expires_at <= $1 LIMIT $2)",
        0,
    ),
    (
        "DELETE FROM outbox WHERE id IN \
         (SELECT id FROM outbox WHERE expires_at <= $1 AND dead_reason IS NULL AND leased_until <= $1 LIMIT $2)",
        0,
    ),
    (
        "DELETE FROM outbox WHERE id IN \
         (SELECT id FROM outbox WHERE expires_at <= $1 AND dead_reason IS NOT NULL LIMIT $2)",
        30 * 24 * 3600,
    ),
];

pub(super) async fn sweep(pool: &AnyPool, now: Timestamp, limit: u32) -> Result<u32> {
    let mut gone = 0;
    for (statement, kept_seconds) in STATEMENTS {
        let end = micros(now).saturating_sub(kept_seconds * 1_000_000);
        let left = limit.saturating_sub(gone);
        let query = sqlx::query(statement).bind(end).bind(i64::from(left));
        let rows = done(query.execute(pool).await)?.rows_affected();
        gone = gone.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX));
    }
    Ok(gone)
}
