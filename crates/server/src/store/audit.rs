//! The audit log, which only grows.

use super::{
    pool::{Pool, Statement, sql},
    rows::{Row, corrupt, micros},
};
use jiff::Timestamp;
use sqlx::AssertSqlSafe;
use sspr_service::store::{AuditCount, AuditFilter, AuditRow, LoggedRow, Proof, Result};

fn read(row: &Row) -> Result<AuditRow> {
    Ok(AuditRow {
        at: row.time("at")?,
        activity: row.value("activity")?,
        result: row.value("result")?,
        account: row.value("account")?,
        detail: row.value("detail")?,
        address: row.value("address")?,
        request_id: row.value("request_id")?,
        proof: Proof {
            entry: row.value::<Option<String>>("entry")?.unwrap_or_default(),
            mac: row.value::<Option<Vec<u8>>>("mac")?.unwrap_or_default(),
        },
    })
}

/// A line with its place.
pub(super) fn logged(row: &Row) -> Result<LoggedRow> {
    Ok(LoggedRow { id: row.value("id")?, seq: row.value("seq")?, link: row.value("link")?, row: read(row)? })
}

pub(super) async fn append(pool: &Pool, row: &AuditRow) -> Result<()> {
    pool.written(appending(row)).await.map(drop)
}

pub(super) fn appending(row: &AuditRow) -> Statement<'_> {
    let text = "INSERT INTO audit (at, activity, result, account, detail, address, request_id, entry, mac) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let proof = Some(&row.proof).filter(|proof| !proof.entry.is_empty());
    sql(text)
        .number(micros(row.at))
        .text(&*row.activity)
        .text(&*row.result)
        .text(row.account.as_deref())
        .text(row.detail.as_deref())
        .text(row.address.as_deref())
        .text(row.request_id.as_deref())
        .text(proof.map(|proof| &*proof.entry))
        .bytes(proof.map(|proof| &*proof.mac))
}

pub(super) async fn newest(pool: &Pool, account: Option<&str>, limit: u32) -> Result<Vec<AuditRow>> {
    let limit = i64::from(limit);
    let query = match account {
        Some(account) => sql("SELECT * FROM audit WHERE account = $1 ORDER BY id DESC LIMIT $2")
            .text(account)
            .number(limit),
        None => sql("SELECT * FROM audit ORDER BY id DESC LIMIT $1").number(limit),
    };
    pool.all(query).await?.iter().map(read).collect()
}

pub(super) async fn lines(
    pool: &Pool,
    after: i64,
    filter: &AuditFilter,
    limit: u32,
) -> Result<Vec<LoggedRow>> {
    let whose = if filter.account.is_some() { "AND account = $5" } else { "" };
    let waiting = if filter.waiting { "AND seq IS NULL" } else { "" };
    let text = format!(
        "SELECT * FROM audit WHERE id > $1 AND at >= $2 AND at < $3 {whose} {waiting} ORDER BY id LIMIT $4"
    );
    let query = sql(AssertSqlSafe(text))
        .number(after)
        .number(filter.since.map_or(i64::MIN, micros))
        .number(filter.until.map_or(i64::MAX, micros))
        .number(i64::from(limit));
    let query = match &filter.account {
        Some(account) => query.text(&**account),
        None => query,
    };
    pool.all(query).await?.iter().map(logged).collect()
}

pub(super) async fn counts(pool: &Pool, since: Timestamp, limit: u32) -> Result<Vec<AuditCount>> {
    // A day has 86,400,000,000 microseconds.
    let text = "SELECT at / 86400000000 AS day, activity, result, detail, COUNT(*) AS lines FROM audit \
                WHERE at >= $1 GROUP BY 1, 2, 3, 4 ORDER BY 1 DESC, 2, 3, 4 LIMIT $2";
    let rows = pool.all(sql(text).number(micros(since)).number(i64::from(limit))).await?;
    let count = |row: &Row| {
        Ok(AuditCount {
            day: row.value("day")?,
            activity: row.value("activity")?,
            result: row.value("result")?,
            detail: row.value("detail")?,
            count: u64::try_from(row.value::<i64>("lines")?).map_err(|_| corrupt("lines"))?,
        })
    };
    rows.iter().map(count).collect()
}
