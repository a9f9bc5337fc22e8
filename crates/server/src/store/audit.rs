//! The audit log, which only grows.

use super::rows::{Columns, done, micros};
use sqlx::{AnyPool, any::AnyRow};
use sspr_service::store::{AuditRow, Result};

fn read(row: &AnyRow) -> Result<AuditRow> {
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

pub(super) async fn append(pool: &AnyPool, row: &AuditRow) -> Result<()> {
    let sql = "INSERT INTO audit (at, activity, result, account, detail, address, request_id) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let query = sqlx::query(sql)
        .bind(micros(row.at))
        .bind(&row.activity)
        .bind(&row.result)
        .bind(&row.account)
        .bind(&row.detail)
        .bind(&row.address)
        .bind(&row.request_id);
    done(query.execute(pool).await).map(drop)
}

pub(super) async fn newest(pool: &AnyPool, account: Option<&str>, limit: u32) -> Result<Vec<AuditRow>> {
    let limit = i64::from(limit);
    let query = match account {
        Some(account) => sqlx::query("SELECT * FROM audit WHERE account = $1 ORDER BY id DESC LIMIT $2")
            .bind(account)
            .bind(limit),
        None => sqlx::query("SELECT * FROM audit ORDER BY id DESC LIMIT $1").bind(limit),
    };
    done(query.fetch_all(pool).await)?.iter().map(read).collect()
}
