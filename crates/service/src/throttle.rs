//! How often: counters by keyed hashes, the same for accounts that exist and those that do not.

use crate::{Failure, Service};
use data_encoding::HEXLOWER;

/// Ten minutes, an hour and a day, in seconds.
pub(crate) const TEN_MINUTES: u32 = 600;
pub(crate) const HOUR: u32 = 3600;
pub(crate) const DAY: u32 = 86_400;

/// Counters of an identifier as it was typed: going beyond is told. Starts, failed proofs, then typed numbers.
const IDENTIFIER: [&str; 3] = ["start", "failed-proof", "number"];
/// Counters of what an identifier names, an account by any of its names or else the identifier: going beyond is not
/// told, since that would say which names are one account.
const SUBJECT: [&str; 3] = ["subject-start", "subject-failed-proof", "subject-number"];
const STARTS: usize = 0;
const FAILED: usize = 1;
const NUMBERS: usize = 2;

/// A try at a proof that is counted as failed until it turns out right.
pub(crate) struct Reserved {
    buckets: Vec<String>,
    /// The account has none left, under whichever names they were used up.
    pub(crate) blocked: bool,
    /// It is the last one.
    pub(crate) last: bool,
}

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

    /// Refuses where a counter has reached its limit, and counts nothing.
    pub(crate) async fn refuse_spent(&self, bucket: &str, limit: u32) -> Result<(), Failure> {
        let hits = self.store.hits(bucket, self.clock.now()).await?;
        if hits.count >= limit {
            return Err(Failure::RateLimited { retry_after: hits.resets_in.max(1) });
        }
        Ok(())
    }

    /// Refuses while an identifier has failed too many proofs.
    pub(crate) async fn refuse_blocked(&self, folded: &str) -> Result<(), Failure> {
        let bucket = self.bucket(IDENTIFIER[FAILED], folded.as_bytes())?;
        self.refuse_spent(&bucket, self.settings.limits.failed_proofs_per_day).await
    }

    /// Counts an answer as failed before it is judged, so that answers at the same moment share no try. Refuses what the
    /// identifier has beyond its limit.
    pub(crate) async fn reserve_proof(&self, folded: &str, subject: &str) -> Result<Reserved, Failure> {
        let limit = self.settings.limits.failed_proofs_per_day;
        let mut counted = Vec::new();
        for (whose, name) in [(IDENTIFIER, folded), (SUBJECT, subject)] {
            let bucket = self.bucket(whose[FAILED], name.as_bytes())?;
            let hits = self.store.hit(&bucket, self.clock.now(), DAY).await?;
            if hits.count > limit && counted.is_empty() {
                return Err(Failure::RateLimited { retry_after: hits.resets_in.max(1) });
            }
            counted.push((bucket, hits.count));
        }
        let of_subject = counted.last().map_or(0, |(_, count)| *count);
        let buckets = counted.into_iter().map(|(bucket, _)| bucket).collect();
        Ok(Reserved { buckets, blocked: of_subject > limit, last: of_subject == limit })
    }

    /// The answer was right, or nobody could judge it.
    pub(crate) async fn take_back(&self, reserved: &Reserved) -> Result<(), Failure> {
        for bucket in &reserved.buckets {
            self.store.take_back_hit(bucket).await?;
        }
        Ok(())
    }

    /// Whether a subject has failed too many proofs under any of its names.
    pub(crate) async fn is_blocked(&self, subject: &str) -> Result<bool, Failure> {
        let bucket = self.bucket(SUBJECT[FAILED], subject.as_bytes())?;
        let hits = self.store.hits(&bucket, self.clock.now()).await?;
        Ok(hits.count >= self.settings.limits.failed_proofs_per_day)
    }

    /// Counts a number that was typed, right or wrong, and refuses what an identifier has beyond as many as proofs may fail.
    /// Whether the subject is within that limit as well.
    pub(crate) async fn count_number(&self, folded: &str, subject: &str) -> Result<bool, Failure> {
        let limit = self.settings.limits.failed_proofs_per_day;
        self.count(&self.bucket(IDENTIFIER[NUMBERS], folded.as_bytes())?, limit, DAY).await?;
        let bucket = self.bucket(SUBJECT[NUMBERS], subject.as_bytes())?;
        Ok(self.store.hit(&bucket, self.clock.now(), DAY).await?.count <= limit)
    }

    /// Counts a start and refuses what an identifier has beyond its limit.
    pub(crate) async fn count_start_of(&self, folded: &str) -> Result<(), Failure> {
        let bucket = self.bucket(IDENTIFIER[STARTS], folded.as_bytes())?;
        self.count(&bucket, self.settings.limits.starts_per_hour, HOUR).await?;
        self.refuse_blocked(folded).await
    }

    /// Counts a start and says whether the subject is beyond its limits. Refusing would tell that two names are one
    /// account, so the caller makes a decoy of it.
    pub(crate) async fn is_spent(&self, subject: &str) -> Result<bool, Failure> {
        let bucket = self.bucket(SUBJECT[STARTS], subject.as_bytes())?;
        let hits = self.store.hit(&bucket, self.clock.now(), HOUR).await?;
        Ok(self.is_blocked(subject).await? || hits.count > self.settings.limits.starts_per_hour)
    }

    /// Seconds for which a limit of the subject, or of one of its names, stands in the way of a start; 0 where none does.
    pub(crate) async fn blocked_for(&self, names: &[&str], subject: &str) -> Result<u32, Failure> {
        let limits = &self.settings.limits;
        let mut longest = 0;
        let names = names.iter().map(|&name| (IDENTIFIER, name));
        for (whose, name) in names.chain([(SUBJECT, subject)]) {
            for (what, limit) in
                [(whose[STARTS], limits.starts_per_hour), (whose[FAILED], limits.failed_proofs_per_day)]
            {
                let hits = self.store.hits(&self.bucket(what, name.as_bytes())?, self.clock.now()).await?;
                if hits.count >= limit {
                    longest = longest.max(hits.resets_in.max(1));
                }
            }
        }
        Ok(longest)
    }

    /// Forgets starts and failed proofs after a successful reset, under every name of the account.
    pub(crate) async fn clear_counters(&self, names: &[&str], subject: &str) -> Result<(), Failure> {
        let names = names.iter().map(|&name| (IDENTIFIER, name));
        for (whose, name) in names.chain([(SUBJECT, subject)]) {
            for what in whose {
                self.store.clear_hits(&self.bucket(what, name.as_bytes())?).await?;
            }
        }
        Ok(())
    }
}
