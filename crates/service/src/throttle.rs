//! How often: counters by keyed hashes, the same for accounts that exist and those that do not.

use crate::{Failure, Service};
use data_encoding::HEXLOWER;

/// Ten minutes, an hour and a day, in seconds.
pub(crate) const TEN_MINUTES: u32 = 600;
pub(crate) const HOUR: u32 = 3600;
pub(crate) const DAY: u32 = 86_400;

impl Service {
    /// The name of a counter about something that the store must not read.
    pub(crate) fn bucket(&self, what: &str, about: &[u8]) -> Result<String, Failure> {
        Ok(format!("{what}:{}", HEXLOWER.encode(&self.key.hash("bucket", &[what.as_bytes(), about])?)))
    }

    /// Counts and refuses what goes beyond the limit.
    pub(crate) async fn count(&self, bucket: &str, limit: u32, window: u32) -> Result<(), Failure> {
        let hits = self.store.hit(bucket, self.clock.now(), window).await?;
        if hits.count > limit {
            return Err(Failure::RateLimited { retry_after: hits.resets_in.max(1) });
        }
        Ok(())
    }

    /// Refuses while an identifier has failed too many proofs.
    pub(crate) async fn refuse_blocked(&self, folded: &str) -> Result<(), Failure> {
        let bucket = self.bucket("failed-proof", folded.as_bytes())?;
        let hits = self.store.hits(&bucket, self.clock.now()).await?;
        if hits.count >= self.settings.limits.failed_proofs_per_day {
            return Err(Failure::RateLimited { retry_after: hits.resets_in.max(1) });
        }
        Ok(())
    }

    /// Counts a failed proof of an identifier.
    pub(crate) async fn count_failed_proof(&self, folded: &str) -> Result<(), Failure> {
        let bucket = self.bucket("failed-proof", folded.as_bytes())?;
        self.store.hit(&bucket, self.clock.now(), DAY).await?;
        Ok(())
    }

    /// Forgets starts and failed proofs after a successful reset.
    pub(crate) async fn clear_counters(&self, folded: &str) -> Result<(), Failure> {
        for what in ["failed-proof", "start"] {
            self.store.clear_hits(&self.bucket(what, folded.as_bytes())?).await?;
        }
        Ok(())
    }
}
