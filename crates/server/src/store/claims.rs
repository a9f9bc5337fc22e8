//! Claims of idempotency keys.

use super::rows::{Columns, done, micros, micros_after};
use jiff::Timestamp;
use sqlx::AnyPool;
use sspr_service::store::{Claim, Result, StoreError};

/// A claim older than this, without an answer, belongs to a request that died.
const STALE_MICROS: i64 = 60 * 1_000_000;

pub(super) async fn claim(
    pool: &AnyPool,
    key: &[u8],
    body_hash: &[u8],
    now: Timestamp,
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
        let taken = sqlx::query(take)
            .bind(key)
            .bind(body_hash)
            .bind(micros(now))
            .bind(micros_after(now, ttl))
            .bind(micros(now).saturating_sub(STALE_MICROS));
        if done(taken.fetch_optional(pool).await)?.is_some() {
            return Ok(Claim::Mine);
        }
        let found = sqlx::query("SELECT body_hash, answer FROM claims WHERE claim_key = $1").bind(key);
        let Some(row) = done(found.fetch_optional(pool).await)? else { continue };
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

pub(super) async fn answer(pool: &AnyPool, key: &[u8], sealed: &[u8]) -> Result<()> {
    let query = sqlx::query("UPDATE claims SET answer = $2 WHERE claim_key = $1").bind(key).bind(sealed);
    done(query.execute(pool).await).map(drop)
}

pub(super) async fn release(pool: &AnyPool, key: &[u8]) -> Result<()> {
    let query = sqlx::query("DELETE FROM claims WHERE claim_key = $1 AND answer IS NULL").bind(key);
    done(query.execute(pool).await).map(drop)
}
