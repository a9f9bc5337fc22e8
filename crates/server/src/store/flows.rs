//! Recovery flows, opened by the hash of their token or of a mailed link's.

use super::rows::{Columns, done, micros};
use sqlx::{AnyPool, any::AnyRow};
use sspr_service::store::{FlowRow, Result};

fn read(row: &AnyRow) -> Result<FlowRow> {
    Ok(FlowRow {
        id: row.value("id")?,
        token_hash: row.value("token_hash")?,
        link_hash: row.value("link_hash")?,
        sealed: row.value("sealed")?,
        expires_at: row.time("expires_at")?,
        version: row.value("version")?,
    })
}

pub(super) async fn insert(pool: &AnyPool, flow: &FlowRow) -> Result<()> {
    let sql = "INSERT INTO flows (id, token_hash, link_hash, sealed, expires_at, version) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let query = sqlx::query(sql)
        .bind(&flow.id)
        .bind(&flow.token_hash)
        .bind(&flow.link_hash)
        .bind(&flow.sealed)
        .bind(micros(flow.expires_at))
        .bind(flow.version);
    done(query.execute(pool).await).map(drop)
}

pub(super) async fn by_token(pool: &AnyPool, token_hash: &[u8]) -> Result<Option<FlowRow>> {
    let query = sqlx::query("SELECT * FROM flows WHERE token_hash = $1").bind(token_hash);
    done(query.fetch_optional(pool).await)?.as_ref().map(read).transpose()
}

pub(super) async fn by_link(pool: &AnyPool, link_hash: &[u8]) -> Result<Option<FlowRow>> {
    let query = sqlx::query("SELECT * FROM flows WHERE link_hash = $1").bind(link_hash);
    done(query.fetch_optional(pool).await)?.as_ref().map(read).transpose()
}

pub(super) async fn update(pool: &AnyPool, flow: &FlowRow) -> Result<bool> {
    let sql = "UPDATE flows SET token_hash = $3, link_hash = $4, sealed = $5, expires_at = $6, \
               version = version + 1 WHERE id = $1 AND version = $2";
    let query = sqlx::query(sql)
        .bind(&flow.id)
        .bind(flow.version)
        .bind(&flow.token_hash)
        .bind(&flow.link_hash)
        .bind(&flow.sealed)
        .bind(micros(flow.expires_at));
    Ok(done(query.execute(pool).await)?.rows_affected() == 1)
}

pub(super) async fn delete(pool: &AnyPool, id: &str) -> Result<()> {
    done(sqlx::query("DELETE FROM flows WHERE id = $1").bind(id).execute(pool).await).map(drop)
}
