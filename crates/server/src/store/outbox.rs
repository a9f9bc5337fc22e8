//! Messages that wait to be delivered.

use super::rows::{Columns, done, micros, micros_after};
use jiff::Timestamp;
use sqlx::{AnyPool, any::AnyRow};
use sspr_service::store::{Delivery, MessageRow, Result};

fn read(row: &AnyRow) -> Result<MessageRow> {
    Ok(MessageRow {
        id: row.value("id")?,
        sealed: row.value("sealed")?,
        due_at: row.time("due_at")?,
        attempts: row.count("attempts")?,
        expires_at: row.time("expires_at")?,
    })
}

pub(super) async fn push(pool: &AnyPool, message: &MessageRow) -> Result<()> {
    let sql = "INSERT INTO outbox (id, sealed, due_at, attempts, expires_at, leased_until, dead_reason) \
               VALUES ($1, $2, $3, $4, $5, 0, NULL)";
    let query = sqlx::query(sql)
        .bind(&message.id)
        .bind(&message.sealed)
        .bind(micros(message.due_at))
        .bind(i64::from(message.attempts))
        .bind(micros(message.expires_at));
    done(query.execute(pool).await).map(drop)
}

/// The outer condition repeats the inner one: where rows are locked one by one (PostgreSQL), a second taker has
/// chosen the same rows and must look again once it gets them.
pub(super) async fn lease(pool: &AnyPool, now: Timestamp, limit: u32, lease: u32) -> Result<Vec<MessageRow>> {
    let sql = "UPDATE outbox SET attempts = attempts + 1, leased_until = $2 \
               WHERE dead_reason IS NULL AND leased_until <= $1 AND id IN (\
               SELECT id FROM outbox WHERE dead_reason IS NULL AND leased_until <= $1 AND due_at <= $1 \
               ORDER BY due_at LIMIT $3) \
               RETURNING id, sealed, due_at, attempts, expires_at";
    let query = sqlx::query(sql).bind(micros(now)).bind(micros_after(now, lease)).bind(i64::from(limit));
    let mut messages: Vec<_> = done(query.fetch_all(pool).await)?.iter().map(read).collect::<Result<_>>()?;
    messages.sort_by_key(|message| message.due_at);
    Ok(messages)
}

pub(super) async fn settle(pool: &AnyPool, id: &str, delivery: Delivery) -> Result<()> {
    let query = match delivery {
        Delivery::Finished => sqlx::query("DELETE FROM outbox WHERE id = $1").bind(id),
        Delivery::Retry(at) => sqlx::query("UPDATE outbox SET due_at = $2, leased_until = 0 WHERE id = $1")
            .bind(id)
            .bind(micros(at)),
        Delivery::Dead(reason) => {
            sqlx::query("UPDATE outbox SET dead_reason = $2, sealed = NULL WHERE id = $1")
                .bind(id)
                .bind(reason)
        }
    };
    done(query.execute(pool).await).map(drop)
}
