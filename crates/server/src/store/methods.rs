//! Registered contact methods, and who put registering off.

use super::rows::{Columns, corrupt, done, micros};
use jiff::Timestamp;
use sqlx::{AnyPool, any::AnyRow};
use sspr_core::wire::MethodKind;
use sspr_service::store::{MethodRow, Result};

fn read(row: &AnyRow) -> Result<MethodRow> {
    Ok(MethodRow {
        id: row.value("id")?,
        account: row.value("account")?,
        kind: MethodKind::from_word(&row.value::<String>("kind")?).ok_or_else(|| corrupt("kind"))?,
        sealed: row.value("sealed")?,
        value_hash: row.value("value_hash")?,
        label: row.value("label")?,
        verified: row.truth("verified")?,
        primary: row.truth("is_primary")?,
        created_at: row.time("created_at")?,
        last_used_at: row.time_or_none("last_used_at")?,
        confirmed_at: row.time_or_none("confirmed_at")?,
        version: row.value("version")?,
    })
}

pub(super) async fn of_account(pool: &AnyPool, account: &str) -> Result<Vec<MethodRow>> {
    let sql = "SELECT * FROM methods WHERE account = $1 ORDER BY created_at, id";
    done(sqlx::query(sql).bind(account).fetch_all(pool).await)?.iter().map(read).collect()
}

pub(super) async fn insert(pool: &AnyPool, method: &MethodRow) -> Result<()> {
    let sql = "INSERT INTO methods (id, account, kind, sealed, value_hash, label, verified, is_primary, created_at, \
               last_used_at, confirmed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let query = sqlx::query(sql)
        .bind(&method.id)
        .bind(&method.account)
        .bind(method.kind.word())
        .bind(&method.sealed)
        .bind(&method.value_hash)
        .bind(&method.label)
        .bind(i64::from(method.verified))
        .bind(i64::from(method.primary))
        .bind(micros(method.created_at))
        .bind(method.last_used_at.map(micros))
        .bind(method.confirmed_at.map(micros))
        .bind(method.version);
    done(query.execute(pool).await).map(drop)
}

pub(super) async fn update(pool: &AnyPool, method: &MethodRow) -> Result<bool> {
    let sql = "UPDATE methods SET sealed = $3, value_hash = $4, label = $5, verified = $6, is_primary = $7, \
               last_used_at = $8, confirmed_at = $9, version = version + 1 WHERE id = $1 AND version = $2";
    let query = sqlx::query(sql)
        .bind(&method.id)
        .bind(method.version)
        .bind(&method.sealed)
        .bind(&method.value_hash)
        .bind(&method.label)
        .bind(i64::from(method.verified))
        .bind(i64::from(method.primary))
        .bind(method.last_used_at.map(micros))
        .bind(method.confirmed_at.map(micros));
    Ok(done(query.execute(pool).await)?.rows_affected() == 1)
}

pub(super) async fn delete(pool: &AnyPool, account: &str, id: &str) -> Result<bool> {
    let query = sqlx::query("DELETE FROM methods WHERE account = $1 AND id = $2").bind(account).bind(id);
    Ok(done(query.execute(pool).await)?.rows_affected() == 1)
}

pub(super) async fn registration_skipped_at(pool: &AnyPool, account: &str) -> Result<Option<Timestamp>> {
    let query = sqlx::query("SELECT skipped_at FROM registration_skips WHERE account = $1").bind(account);
    done(query.fetch_optional(pool).await)?.map(|row| row.time("skipped_at")).transpose()
}

pub(super) async fn skip_registration(pool: &AnyPool, account: &str, at: Timestamp) -> Result<()> {
    let sql = "INSERT INTO registration_skips (account, skipped_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    done(sqlx::query(sql).bind(account).bind(micros(at)).execute(pool).await).map(drop)
}
