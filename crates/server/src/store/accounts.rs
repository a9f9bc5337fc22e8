//! Accounts of the local directory.

use super::rows::{Columns, done, json, micros};
use sqlx::{AnyPool, any::AnyRow};
use sspr_service::store::{AccountRow, Result};

fn read(row: &AnyRow) -> Result<AccountRow> {
    Ok(AccountRow {
        id: row.value("id")?,
        username: row.value("username")?,
        email: row.value("email")?,
        display_name: row.value("display_name")?,
        locale: row.value("locale")?,
        groups: row.texts("groups_json")?,
        admin: row.truth("admin")?,
        disabled: row.truth("disabled")?,
        password_hash: row.value("password_hash")?,
        password_history: row.texts("password_history_json")?,
        password_changed_at: row.time_or_none("password_changed_at")?,
        failed_sign_ins: row.count("failed_sign_ins")?,
        locked_until: row.time_or_none("locked_until")?,
        version: row.value("version")?,
    })
}

/// A user name wins over an address, should they ever be equal.
pub(super) async fn by_identifier(pool: &AnyPool, folded: &str) -> Result<Option<AccountRow>> {
    let sql = "SELECT * FROM accounts WHERE username = $1 OR email = $1 \
               ORDER BY CASE WHEN username = $1 THEN 0 ELSE 1 END LIMIT 1";
    done(sqlx::query(sql).bind(folded).fetch_optional(pool).await)?.as_ref().map(read).transpose()
}

pub(super) async fn by_id(pool: &AnyPool, id: &str) -> Result<Option<AccountRow>> {
    let query = sqlx::query("SELECT * FROM accounts WHERE id = $1").bind(id);
    done(query.fetch_optional(pool).await)?.as_ref().map(read).transpose()
}

pub(super) async fn administrators(pool: &AnyPool) -> Result<Vec<AccountRow>> {
    let sql = "SELECT * FROM accounts WHERE admin = 1 AND disabled = 0 ORDER BY username LIMIT 100";
    done(sqlx::query(sql).fetch_all(pool).await)?.iter().map(read).collect()
}

/// The condition looks across both columns, so that nobody's address is somebody else's user name; the unique
/// indexes decide between two inserts at once.
pub(super) async fn insert(pool: &AnyPool, account: &AccountRow) -> Result<bool> {
    let sql = "INSERT INTO accounts (id, username, email, display_name, locale, groups_json, admin, disabled, \
               password_hash, password_history_json, password_changed_at, failed_sign_ins, locked_until, version) \
               SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 \
               WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE username IN ($2, $3) OR email IN ($2, $3)) \
               ON CONFLICT DO NOTHING";
    let query = sqlx::query(sql)
        .bind(&account.id)
        .bind(&account.username)
        .bind(&account.email)
        .bind(&account.display_name)
        .bind(&account.locale)
        .bind(json(&account.groups))
        .bind(i64::from(account.admin))
        .bind(i64::from(account.disabled))
        .bind(&account.password_hash)
        .bind(json(&account.password_history))
        .bind(account.password_changed_at.map(micros))
        .bind(i64::from(account.failed_sign_ins))
        .bind(account.locked_until.map(micros))
        .bind(account.version);
    Ok(done(query.execute(pool).await)?.rows_affected() == 1)
}

pub(super) async fn update(pool: &AnyPool, account: &AccountRow) -> Result<bool> {
    let sql = "UPDATE accounts SET username = $3, email = $4, display_name = $5, locale = $6, groups_json = $7, \
               admin = $8, disabled = $9, password_hash = $10, password_history_json = $11, \
               password_changed_at = $12, failed_sign_ins = $13, locked_until = $14, version = version + 1 \
               WHERE id = $1 AND version = $2";
    let query = sqlx::query(sql)
        .bind(&account.id)
        .bind(account.version)
        .bind(&account.username)
        .bind(&account.email)
        .bind(&account.display_name)
        .bind(&account.locale)
        .bind(json(&account.groups))
        .bind(i64::from(account.admin))
        .bind(i64::from(account.disabled))
        .bind(&account.password_hash)
        .bind(json(&account.password_history))
        .bind(account.password_changed_at.map(micros))
        .bind(i64::from(account.failed_sign_ins))
        .bind(account.locked_until.map(micros));
    Ok(done(query.execute(pool).await)?.rows_affected() == 1)
}
