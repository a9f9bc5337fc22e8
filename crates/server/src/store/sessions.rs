//! Sessions of the server's own sign-in.

use super::{
    pool::{Pool, sql},
    rows::micros,
};
use jiff::Timestamp;
use sspr_service::store::{Result, SessionRow};

pub(super) async fn insert(pool: &Pool, session: &SessionRow) -> Result<()> {
    let text = "INSERT INTO sessions (token_hash, account, csrf, authenticated_at, expires_at) \
               VALUES ($1, $2, $3, $4, $5)";
    let query = sql(text)
        .bytes(&*session.token_hash)
        .text(&*session.account)
        .text(&*session.csrf)
        .number(micros(session.authenticated_at))
        .number(micros(session.expires_at));
    pool.written(query).await.map(drop)
}

pub(super) async fn by_token(pool: &Pool, token_hash: &[u8]) -> Result<Option<SessionRow>> {
    let query = sql("SELECT * FROM sessions WHERE token_hash = $1").bytes(token_hash);
    let Some(row) = pool.first(query).await? else { return Ok(None) };
    Ok(Some(SessionRow {
        token_hash: row.value("token_hash")?,
        account: row.value("account")?,
        csrf: row.value("csrf")?,
        authenticated_at: row.time("authenticated_at")?,
        expires_at: row.time("expires_at")?,
    }))
}

pub(super) async fn refresh(pool: &Pool, token_hash: &[u8], at: Timestamp) -> Result<()> {
    let text = "UPDATE sessions SET authenticated_at = $2 WHERE token_hash = $1";
    pool.written(sql(text).bytes(token_hash).number(micros(at))).await.map(drop)
}

pub(super) async fn delete(pool: &Pool, token_hash: &[u8]) -> Result<()> {
    pool.written(sql("DELETE FROM sessions WHERE token_hash = $1").bytes(token_hash)).await.map(drop)
}

pub(super) async fn delete_of_account(pool: &Pool, account: &str, except: Option<&[u8]>) -> Result<u32> {
    // No token hash is empty, so an empty one keeps none.
    let query = sql("DELETE FROM sessions WHERE account = $1 AND token_hash <> $2")
        .text(account)
        .bytes(except.unwrap_or_default());
    let gone = pool.written(query).await?;
    Ok(u32::try_from(gone).unwrap_or(u32::MAX))
}
