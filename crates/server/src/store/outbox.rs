//! Messages that wait to be delivered.

use super::{
    SqlStore,
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

/// A message as an administrator sees it: neither where it goes nor what it says.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Waiting {
    /// The id that the log names it by.
    pub id: String,
    /// When it is tried next.
    pub due_at: Timestamp,
    /// Deliveries tried.
    pub attempts: u32,
    /// After then it is not worth delivering.
    pub expires_at: Timestamp,
    /// Until when a node has it in hand, where one has.
    pub in_hand_until: Option<Timestamp>,
    /// Why it was given up, where it was.
    pub given_up: Option<String>,
}

/// How full the outbox is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fill {
    /// Messages that wait or are on their way.
    pub waiting: i64,
    /// Those given up.
    pub dead: i64,
    /// Since when the one has been due that waits longest.
    pub due_since: Option<Timestamp>,
}

impl SqlStore {
    /// Messages that wait, are on their way or were given up, those due first in front.
    pub async fn waiting_messages(&self, now: Timestamp, limit: u32) -> Result<Vec<Waiting>> {
        // What is thrown away unseen is nobody's business here either.
        let text = "SELECT * FROM outbox WHERE sealed IS NOT NULL OR dead_reason IS NOT NULL \
                    ORDER BY due_at, id LIMIT $1";
        let rows = self.pool.all(sql(text).number(i64::from(limit))).await?;
        let waiting = |row: &Row| {
            Ok(Waiting {
                id: row.value("id")?,
                due_at: row.time("due_at")?,
                attempts: row.count("attempts")?,
                expires_at: row.time("expires_at")?,
                in_hand_until: Some(row.time("leased_until")?).filter(|until| *until > now),
                given_up: row.value("dead_reason")?,
            })
        };
        rows.iter().map(waiting).collect()
    }

    /// Makes a message due now, also one that was given up; `false` where there is none, or it is over or in hand.
    pub async fn retry_message(&self, id: &str, now: Timestamp) -> Result<bool> {
        let text = "UPDATE outbox SET dead_reason = NULL, due_at = $2 WHERE id = $1 AND sealed IS NOT NULL \
                    AND expires_at > $2 AND leased_until <= $2";
        Ok(self.pool.written(sql(text).text(id).number(micros(now))).await? == 1)
    }

    /// Forgets a message; `false` where there is none.
    pub async fn drop_message(&self, id: &str) -> Result<bool> {
        Ok(self.pool.written(sql("DELETE FROM outbox WHERE id = $1").text(id)).await? == 1)
    }

    /// How full the outbox is.
    pub async fn outbox_fill(&self) -> Result<Fill> {
        let text = "SELECT COUNT(CASE WHEN dead_reason IS NULL THEN 1 END) AS waiting, \
                    COUNT(dead_reason) AS dead, MIN(CASE WHEN dead_reason IS NULL THEN due_at END) AS due_at \
                    FROM outbox";
        let Some(row) = self.pool.first(sql(text)).await? else { return Ok(Fill::default()) };
        let (waiting, dead) = (row.value("waiting")?, row.value("dead")?);
        Ok(Fill { waiting, dead, due_since: row.time_or_none("due_at")? })
    }
}
