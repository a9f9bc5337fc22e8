//! Recovery flows, opened by the hash of their token or of a mailed link's.

use super::{
    audit, outbox,
    pool::{Pool, Statement, sql},
    rows::{Row, micros},
};
use jiff::Timestamp;
use sspr_service::store::{Effects, FlowRow, Result};

fn read(row: &Row) -> Result<FlowRow> {
    Ok(FlowRow {
        id: row.value("id")?,
        token_hash: row.value("token_hash")?,
        link_hash: row.value("link_hash")?,
        sealed: row.value("sealed")?,
        expires_at: row.time("expires_at")?,
        version: row.value("version")?,
    })
}

pub(super) async fn insert(pool: &Pool, flow: &FlowRow) -> Result<()> {
    let text = "INSERT INTO flows (id, token_hash, link_hash, sealed, expires_at, version) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let query = sql(text)
        .text(&*flow.id)
        .bytes(&*flow.token_hash)
        .bytes(flow.link_hash.as_deref())
        .bytes(&*flow.sealed)
        .number(micros(flow.expires_at))
        .number(flow.version);
    pool.written(query).await.map(drop)
}

pub(super) async fn by_token(pool: &Pool, token_hash: &[u8]) -> Result<Option<FlowRow>> {
    let query = sql("SELECT * FROM flows WHERE token_hash = $1").bytes(token_hash);
    pool.first(query).await?.as_ref().map(read).transpose()
}

pub(super) async fn by_link(pool: &Pool, link_hash: &[u8]) -> Result<Option<FlowRow>> {
    let query = sql("SELECT * FROM flows WHERE link_hash = $1").bytes(link_hash);
    pool.first(query).await?.as_ref().map(read).transpose()
}

pub(super) async fn update(pool: &Pool, flow: &FlowRow, effects: &Effects) -> Result<bool> {
    let text = "UPDATE flows SET token_hash = $3, link_hash = $4, sealed = $5, expires_at = $6, \
               version = version + 1 WHERE id = $1 AND version = $2";
    let query = sql(text)
        .text(&*flow.id)
        .number(flow.version)
        .bytes(&*flow.token_hash)
        .bytes(flow.link_hash.as_deref())
        .bytes(&*flow.sealed)
        .number(micros(flow.expires_at));
    write(pool, query, effects).await
}

/// One transaction, so that neither the flow nor its effects are there alone, whenever the process dies.
async fn write(pool: &Pool, query: Statement<'_>, effects: &Effects) -> Result<bool> {
    if effects == &Effects::default() {
        return Ok(pool.written(query).await? == 1);
    }
    let mut together = pool.together().await?;
    if together.written(query).await? == 0 {
        return Ok(false);
    }
    for message in &effects.messages {
        together.written(outbox::pushing(message)).await?;
    }
    if let Some(line) = &effects.audit {
        together.written(audit::appending(line)).await?;
    }
    together.end().await?;
    Ok(true)
}

/// The flow and its end are one transaction too; of several nodes, one ends it.
pub(super) async fn end(pool: &Pool, flow: &FlowRow, effects: &Effects) -> Result<bool> {
    let query = sql("DELETE FROM flows WHERE id = $1 AND version = $2").text(&*flow.id).number(flow.version);
    write(pool, query, effects).await
}

pub(super) async fn over(pool: &Pool, now: Timestamp, limit: u32) -> Result<Vec<FlowRow>> {
    let query = sql("SELECT * FROM flows WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2");
    pool.all(query.number(micros(now)).number(i64::from(limit))).await?.iter().map(read).collect()
}
