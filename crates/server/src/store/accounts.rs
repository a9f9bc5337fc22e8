//! Accounts of the local directory.

use super::{
    pool::{Pool, Statement, Work, sql},
    rows::{Row, json, micros},
};
use sspr_service::store::{AccountRow, Result};

fn read(row: &Row) -> Result<AccountRow> {
    Ok(AccountRow {
        id: row.value("id")?,
        username: row.value("username")?,
        email: row.value("email")?,
        display_name: row.value("display_name")?,
        locale: row.value("locale")?,
        groups: row.texts("groups_json")?,
        admin: row.value("admin")?,
        disabled: row.value("disabled")?,
        password_hash: row.value("password_hash")?,
        password_history: row.texts("password_history_json")?,
        password_changed_at: row.time_or_none("password_changed_at")?,
        failed_sign_ins: row.count("failed_sign_ins")?,
        locked_until: row.time_or_none("locked_until")?,
        version: row.value("version")?,
    })
}

/// A user name wins over an address, should they ever be equal. Nobody's holds U+0000, which PostgreSQL refuses even to
/// look for.
pub(super) async fn by_identifier(pool: &Pool, folded: &str) -> Result<Option<AccountRow>> {
    if folded.contains('\0') {
        return Ok(None);
    }
    let text = "SELECT * FROM accounts WHERE username = $1 OR email = $1 \
               ORDER BY CASE WHEN username = $1 THEN 0 ELSE 1 END LIMIT 1";
    pool.first(sql(text).text(folded)).await?.as_ref().map(read).transpose()
}

pub(super) async fn by_id(pool: &Pool, id: &str) -> Result<Option<AccountRow>> {
    let query = sql("SELECT * FROM accounts WHERE id = $1").text(id);
    pool.first(query).await?.as_ref().map(read).transpose()
}

pub(super) async fn administrators(pool: &Pool) -> Result<Vec<AccountRow>> {
    let text = "SELECT * FROM accounts WHERE admin AND NOT disabled ORDER BY username LIMIT 100";
    pool.all(sql(text)).await?.iter().map(read).collect()
}

pub(super) async fn after(pool: &Pool, id: &str, limit: u32) -> Result<Vec<AccountRow>> {
    let query =
        sql("SELECT * FROM accounts WHERE id > $1 ORDER BY id LIMIT $2").text(id).number(i64::from(limit));
    pool.all(query).await?.iter().map(read).collect()
}

/// A statement with an account's columns in this order, from $1: id, version, user name and what is below.
fn with_columns<'a>(
    text: &'static str,
    account: &'a AccountRow,
    groups: &'a str,
    password_history: &'a str,
) -> Statement<'a> {
    sql(text)
        .text(&*account.id)
        .number(account.version)
        .text(&*account.username)
        .text(account.email.as_deref())
        .text(account.display_name.as_deref())
        .text(account.locale.as_deref())
        .text(groups)
        .truth(account.admin)
        .truth(account.disabled)
        .text(account.password_hash.as_deref())
        .text(password_history)
        .number(account.password_changed_at.map(micros))
        .number(i64::from(account.failed_sign_ins))
        .number(account.locked_until.map(micros))
}

/// The condition looks across both columns, so that nobody's address is somebody else's user name. No index does, hence
/// the turn.
pub(super) async fn insert(pool: &Pool, account: &AccountRow) -> Result<bool> {
    let text = "INSERT INTO accounts (id, version, username, email, display_name, locale, groups_json, admin, disabled, \
               password_hash, password_history_json, password_changed_at, failed_sign_ins, locked_until) \
               SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 \
               WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE username IN ($3, $4) OR email IN ($3, $4)) \
               ON CONFLICT DO NOTHING";
    let (groups, password_history) = (json(&account.groups), json(&account.password_history));
    let mut turn = pool.turn(Work::AddingAccounts).await?;
    let added = turn.written(with_columns(text, account, &groups, &password_history)).await? == 1;
    turn.end().await?;
    Ok(added)
}

pub(super) async fn update(pool: &Pool, account: &AccountRow) -> Result<bool> {
    let text = "UPDATE accounts SET username = $3, email = $4, display_name = $5, locale = $6, groups_json = $7, \
               admin = $8, disabled = $9, password_hash = $10, password_history_json = $11, \
               password_changed_at = $12, failed_sign_ins = $13, locked_until = $14, version = version + 1 \
               WHERE id = $1 AND version = $2";
    let (groups, password_history) = (json(&account.groups), json(&account.password_history));
    Ok(pool.written(with_columns(text, account, &groups, &password_history)).await? == 1)
}
