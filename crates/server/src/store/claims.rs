//! Claims of idempotency keys.

use super::{
    pool::{Pool, sql},
    rows::{micros, micros_after},
};
use jiff::Timestamp;
use sspr_service::store::{Claim, Result, StoreError};

pub(super) async fn claim(
    pool: &Pool,
    key: &[u8],
    body_hash: &[u8],
    now: Timestamp,
    lease: u32,
    ttl: u32,
) -> Result<Claim> {
    let take = "INSERT INTO claims (claim_key, body_hash, answer, claimed_at, expires_at) \
                VALUES ($1, $2, NULL, $3, $4) \
                ON CONFLICT (claim_key) DO UPDATE SET body_hash = excluded.body_hash, answer = NULL, \
                claimed_at = excluded.claimed_at, expires_at = excluded.expires_at \
                WHERE claims.expires_at <= $3 OR (claims.answer IS NULL AND claims.claimed_at <= $5 \
                AND claims.body_hash = excluded.body_hash) \
                RETURNING claimed_at";
    // Between the two statements the claim can be released; then the next round takes it.
    for _ in 0..3 {
        let taken = sql(take)
            .bytes(key)
            .bytes(body_hash)
            .number(micros(now))
            .number(micros_after(now, ttl))
            .number(micros(now).saturating_sub(i64::from(lease) * 1_000_000));
        if pool.first(taken).await?.is_some() {
            return Ok(Claim::Mine);
        }
        let found = sql("SELECT body_hash, answer FROM claims WHERE claim_key = $1").bytes(key);
        let Some(row) = pool.first(found).await? else { continue };
        if row.value::<Vec<u8>>("body_hash")? != body_hash {
            return Ok(Claim::OtherBody);
        }
        return Ok(match row.value::<Option<Vec<u8>>>("answer")? {
            Some(answer) => Claim::Answered(answer),
            None => Claim::Running,
        });
    }
    Err(StoreError("a claim came and went three times".into()))
}

/// When it was claimed tells a claim from the one that took its place: that came later by a lease at least.
pub(super) async fn answer(pool: &Pool, key: &[u8], claimed_at: Timestamp, sealed: &[u8]) -> Result<()> {
    let query =
        sql("UPDATE claims SET answer = $3 WHERE claim_key = $1 AND claimed_at = $2 AND answer IS NULL");
    pool.written(query.bytes(key).number(micros(claimed_at)).bytes(sealed)).await.map(drop)
}

pub(super) async fn release(pool: &Pool, key: &[u8], claimed_at: Timestamp) -> Result<()> {
    let query = sql("DELETE FROM claims WHERE claim_key = $1 AND claimed_at = $2 AND answer IS NULL");
    pool.written(query.bytes(key).number(micros(claimed_at))).await.map(drop)
}
