//! Messages that wait to be delivered.

use super::{
    pool::{Pool, Statement, sql},
    rows::{Row, micros, micros_after},
};
use jiff::Timestamp;
use sqlx::AssertSqlSafe;
use sspr_service::store::{Delivery, MessageRow, Result};

fn read(row: &Row) -> Result<MessageRow> {
    Ok(MessageRow {
        id: row.value("id")?,
        sealed: row.value("sealed")?,
        due_at: row.time("due_at")?,
        attempts: row.count("attempts")?,
        expires_at: row.time("expires_at")?,
    })
}

pub(super) async fn push(pool: &Pool, message: &MessageRow) -> Result<()> {
    pool.written(pushing(message)).await.map(drop)
}

pub(super) fn pushing(message: &MessageRow) -> Statement<'_> {
    let text = "INSERT INTO outbox (id, sealed, due_at, attempts, expires_at, leased_until, dead_reason) \
               VALUES ($1, $2, $3, $4, $5, 0, NULL)";
    sql(text)
        .text(&*message.id)
        .bytes(message.sealed.as_deref())
        .number(micros(message.due_at))
        .number(i64::from(message.attempts))
        .number(micros(message.expires_at))
}

/// The rows are chosen once and locked as they are (`MATERIALIZED`), so that there are no more than `limit`.
pub(super) async fn lease(pool: &Pool, now: Timestamp, limit: u32, lease: u32) -> Result<Vec<MessageRow>> {
    let choosing = pool.choosing();
    let text = format!(
        "WITH due AS MATERIALIZED (SELECT id FROM outbox WHERE dead_reason IS NULL AND leased_until <= $1 \
         AND due_at <= $1 ORDER BY due_at LIMIT $3 {choosing}) \
         UPDATE outbox SET attempts = attempts + 1, leased_until = $2 WHERE id IN (SELECT id FROM due) \
         RETURNING id, sealed, due_at, attempts, expires_at"
    );
    let query = sql(AssertSqlSafe(text))
        .number(micros(now))
        .number(micros_after(now, lease))
        .number(i64::from(limit));
    let mut messages: Vec<_> = pool.all(query).await?.iter().map(read).collect::<Result<_>>()?;
    messages.sort_by_key(|message| message.due_at);
    Ok(messages)
}

/// Who comes too late, after somebody else took the message, has counted fewer attempts.
pub(super) async fn settle(pool: &Pool, id: &str, attempt: u32, delivery: &Delivery) -> Result<()> {
    let attempt = i64::from(attempt);
    let query = match delivery {
        Delivery::Finished => sql("DELETE FROM outbox WHERE id = $1").text(id),
        Delivery::Retry(at) => {
            sql("UPDATE outbox SET due_at = $3, leased_until = 0 WHERE id = $1 AND attempts = $2")
                .text(id)
                .number(attempt)
                .number(micros(*at))
        }
        Delivery::Dead(reason) => {
            sql("UPDATE outbox SET dead_reason = $3, leased_until = 0 WHERE id = $1 AND attempts = $2")
                .text(id)
                .number(attempt)
                .text(&**reason)
        }
    };
    pool.written(query).await.map(drop)
}
