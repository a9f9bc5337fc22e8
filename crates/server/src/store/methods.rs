//! Registered contact methods, and who put registering off.

use super::{
    pool::{Pool, sql},
    rows::{Row, corrupt, micros},
};
use jiff::Timestamp;
use sspr_core::wire::MethodKind;
use sspr_service::store::{MethodRow, Result};

fn read(row: &Row) -> Result<MethodRow> {
    Ok(MethodRow {
        id: row.value("id")?,
        account: row.value("account")?,
        kind: MethodKind::from_word(&row.value::<String>("kind")?).ok_or_else(|| corrupt("kind"))?,
        sealed: row.value("sealed")?,
        value_hash: row.value("value_hash")?,
        label: row.value("label")?,
        verified: row.value("verified")?,
        primary: row.value("is_primary")?,
        created_at: row.time("created_at")?,
        last_used_at: row.time_or_none("last_used_at")?,
        confirmed_at: row.time_or_none("confirmed_at")?,
        version: row.value("version")?,
    })
}

pub(super) async fn accounts(pool: &Pool, after: &str, limit: u32) -> Result<Vec<String>> {
    let query = sql("SELECT DISTINCT account FROM methods WHERE account > $1 ORDER BY account LIMIT $2");
    pool.all(query.text(after).number(i64::from(limit)))
        .await?
        .iter()
        .map(|row| row.value("account"))
        .collect()
}

pub(super) async fn of_account(pool: &Pool, account: &str) -> Result<Vec<MethodRow>> {
    let text = "SELECT * FROM methods WHERE account = $1 ORDER BY created_at, id";
    pool.all(sql(text).text(account)).await?.iter().map(read).collect()
}

pub(super) async fn insert(pool: &Pool, method: &MethodRow) -> Result<()> {
    let text = "INSERT INTO methods (id, account, kind, sealed, value_hash, label, verified, is_primary, created_at, \
               last_used_at, confirmed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let query = sql(text)
        .text(&*method.id)
        .text(&*method.account)
        .text(method.kind.word())
        .bytes(&*method.sealed)
        .bytes(method.value_hash.as_deref())
        .text(method.label.as_deref())
        .truth(method.verified)
        .truth(method.primary)
        .number(micros(method.created_at))
        .number(method.last_used_at.map(micros))
        .number(method.confirmed_at.map(micros))
        .number(method.version);
    pool.written(query).await.map(drop)
}

pub(super) async fn update(pool: &Pool, method: &MethodRow) -> Result<bool> {
    let text = "UPDATE methods SET sealed = $3, value_hash = $4, label = $5, verified = $6, is_primary = $7, \
               last_used_at = $8, confirmed_at = $9, version = version + 1 WHERE id = $1 AND version = $2";
    let query = sql(text)
        .text(&*method.id)
        .number(method.version)
        .bytes(&*method.sealed)
        .bytes(method.value_hash.as_deref())
        .text(method.label.as_deref())
        .truth(method.verified)
        .truth(method.primary)
        .number(method.last_used_at.map(micros))
        .number(method.confirmed_at.map(micros));
    Ok(pool.written(query).await? == 1)
}

pub(super) async fn delete(pool: &Pool, account: &str, id: &str) -> Result<bool> {
    let query = sql("DELETE FROM methods WHERE account = $1 AND id = $2").text(account).text(id);
    Ok(pool.written(query).await? == 1)
}

pub(super) async fn registration_skipped_at(pool: &Pool, account: &str) -> Result<Option<Timestamp>> {
    let query = sql("SELECT skipped_at FROM registration_skips WHERE account = $1").text(account);
    pool.first(query).await?.map(|row| row.time("skipped_at")).transpose()
}

pub(super) async fn skip_registration(pool: &Pool, account: &str, at: Timestamp) -> Result<()> {
    let text = "INSERT INTO registration_skips (account, skipped_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    pool.written(sql(text).text(account).number(micros(at))).await.map(drop)
}
