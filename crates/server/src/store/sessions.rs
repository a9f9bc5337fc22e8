//! Sessions of the server's own sign-in.

use super::rows::{Columns, done, micros};
use jiff::Timestamp;
use sqlx::AnyPool;
use sspr_service::store::{Result, SessionRow};

pub(super) async fn insert(pool: &AnyPool, session: &SessionRow) -> Result<()> {
    let sql = "INSERT INTO sessions (token_hash, account, csrf, authenticated_at, expires_at) \
               VALUES ($1, $2, $3, $4, $5)";
    let query = sqlx::query(sql)
        .bind(&session.token_hash)
        .bind(&session.account)
        .bind(&session.csrf)
        .bind(micros(session.authenticated_at))
        .bind(micros(session.expires_at));
    done(query.execute(pool).await).map(drop)
}

pub(super) async fn by_token(pool: &AnyPool, token_hash: &[u8]) -> Result<Option<SessionRow>> {
    let query = sqlx::query("SELECT * FROM sessions WHERE token_hash = $1").bind(token_hash);
    let Some(row) = done(query.fetch_optional(pool).await)? else { return Ok(None) };
    Ok(Some(SessionRow {
        token_hash: row.value("token_hash")?,
        account: row.value("account")?,
        csrf: row.value("csrf")?,
        authenticated_at: row.time("authenticated_at")?,
        expires_at: row.time("expires_at")?,
    }))
}

pub(super) async fn refresh(pool: &AnyPool, token_hash: &[u8], at: Timestamp) -> Result<()> {
    let sql = "UPDATE sessions SET authenticated_at = $2 WHERE token_hash = $1";
    done(sqlx::query(sql).bind(token_hash).bind(micros(at)).execute(pool).await).map(drop)
}

pub(super) async fn delete(pool: &AnyPool, token_hash: &[u8]) -> Result<()> {
    done(sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash).execute(pool).await)
        .map(drop)
}

pub(super) async fn delete_of_account(pool: &AnyPool, account: &str, except: Option<&[u8]>) -> Result<u32> {
    // No token hash is empty, so an empty one keeps none.
    let query = sqlx::query("DELETE FROM sessions WHERE account = $1 AND token_hash <> $2")
        .bind(account)
        .bind(except.unwrap_or_default());
    let gone = done(query.execute(pool).await)?.rows_affected();
    Ok(u32::try_from(gone).unwrap_or(u32::MAX))
}
