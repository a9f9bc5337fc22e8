//! The audit log, which only grows.

use super::{
    pool::{Pool, Statement, sql},
    rows::{Row, micros},
};
use sspr_service::store::{AuditRow, Result};

fn read(row: &Row) -> Result<AuditRow> {
    Ok(AuditRow {
        at: row.time("at")?,
        activity: row.value("activity")?,
        result: row.value("result")?,
        account: row.value("account")?,
        detail: row.value("detail")?,
        address: row.value("address")?,
        request_id: row.value("request_id")?,
    })
}

pub(super) async fn append(pool: &Pool, row: &AuditRow) -> Result<()> {
    pool.written(appending(row)).await.map(drop)
}

pub(super) fn appending(row: &AuditRow) -> Statement<'_> {
    let text = "INSERT INTO audit (at, activity, result, account, detail, address, request_id) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    sql(text)
        .number(micros(row.at))
        .text(&*row.activity)
        .text(&*row.result)
        .text(row.account.as_deref())
        .text(row.detail.as_deref())
        .text(row.address.as_deref())
        .text(row.request_id.as_deref())
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
