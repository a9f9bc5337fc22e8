//! A proof that starting many recoveries costs the one who does it: work of the browser ([`work`]), or another service that
//! is asked. Asked of everybody alike, before anything is looked up.

mod work;

use crate::{Caller, Failure, Service, audit, throttle::TEN_MINUTES, token};
use async_trait::async_trait;
use sspr_core::wire::{self, CaptchaChallenge};
use std::sync::Arc;

/// Most characters of an answer. Those of known services have up to 2048.
const LONGEST: usize = 4096;

/// Most bits that a challenge grows by: 16 times the work.
const MOST_GROWTH: u32 = 4;

/// Why the other service said nothing.
#[derive(Debug, thiserror::Error)]
#[error("the service that judges captchas does not answer: {0}")]
pub struct JudgeUnavailable(pub String);

/// Another service, which judges what the page's own script got from it.
#[async_trait]
pub trait CaptchaJudge: Send + Sync {
    /// Whether an answer is good. It tells nobody who starts a recovery.
    async fn is_good(&self, answer: &str) -> Result<bool, JudgeUnavailable>;
}

/// What a start asks for.
#[derive(Clone)]
pub enum Captcha {
    /// Work of the browser.
    Work {
        /// Zero bits of each of the puzzles, 1 to 20; each doubles the work.
        bits: u8,
        /// Seconds that a challenge is good for.
        life: u32,
    },
    /// An answer that another service judges.
    External {
        /// A name that the page knows.
        provider: String,
        /// The service's public key for this site.
        site_key: String,
        /// The service.
        judge: Arc<dyn CaptchaJudge>,
    },
}

impl Captcha {
    /// What the description says of it.
    pub(crate) fn description(&self) -> wire::Captcha {
        let (provider, site_key) = match self {
            Self::Work { .. } => (wire::Captcha::WORK, ""),
            Self::External { provider, site_key, .. } => (provider.as_str(), site_key.as_str()),
        };
        wire::Captcha { provider: provider.into(), site_key: site_key.into() }
    }
}

impl Service {
    /// Asks every start for a proof.
    #[must_use]
    pub fn with_captcha(self, captcha: Captcha) -> Self {
        self.with(|parts| parts.captcha = Some(captcha))
    }

    /// A challenge to work on. Nothing is kept of it; the more was started from where the caller is, or in all, the more it
    /// asks for.
    pub async fn captcha_challenge(&self, caller: &Caller) -> Result<CaptchaChallenge, Failure> {
        let Some(Captcha::Work { bits, life }) = self.captcha else { return Err(Failure::NotAllowed) };
        let bits = bits.saturating_add(self.growth(caller).await?);
        let challenge = work::Challenge {
            bits,
            expires: self.clock.now().as_second().saturating_add(life.into()),
            nonce: token::random()?,
        };
        Ok(CaptchaChallenge {
            challenge: challenge.write(&self.key)?,
            puzzles: work::PUZZLES,
            bits,
            expires_in: life,
        })
    }

    /// A bit for each quarter of the starts that an hour allows, of the caller's network or of all, whichever is more.
    async fn growth(&self, caller: &Caller) -> Result<u8, Failure> {
        let limits = &self.settings.limits;
        let mut counters = vec![("start-total".to_owned(), limits.starts_total)];
        if let Some(address) = caller.address {
            let bucket = self.bucket("start-prefix", audit::prefix(address).as_bytes())?;
            counters.push((bucket, limits.starts_per_prefix));
        }
        let mut growth = 0;
        for (bucket, limit) in counters {
            let count = self.store.hits(&bucket, self.clock.now()).await?.count;
            growth = growth.max(count.saturating_mul(MOST_GROWTH) / limit.max(1));
        }
        Ok(u8::try_from(growth.min(MOST_GROWTH)).unwrap_or_default())
    }

    /// Refuses a start without a good proof; a good one is spent.
    pub(crate) async fn require_captcha(&self, answer: Option<&str>) -> Result<(), Failure> {
        let Some(captcha) = &self.captcha else { return Ok(()) };
        let answer = answer.filter(|answer| answer.len() <= LONGEST).ok_or(Failure::CaptchaRequired)?;
        let (spent, window) = match captcha {
            Captcha::Work { life, .. } => {
                let nonce = work::judge(&self.key, answer, self.clock.now().as_second())?;
                (self.bucket("captcha", &nonce.ok_or(Failure::CaptchaRequired)?)?, *life)
            }
            Captcha::External { judge, .. } => {
                if !judge.is_good(answer).await? {
                    return Err(Failure::CaptchaRequired);
                }
                (self.bucket("captcha", answer.as_bytes())?, TEN_MINUTES)
            }
        };
        // Of several requests with the same proof, on whichever nodes, one is the first.
        match self.store.hit(&spent, self.clock.now(), window).await?.count {
            1 => Ok(()),
            _ => Err(Failure::CaptchaRequired),
        }
    }
}
