//! A person's authenticator app.

use anyhow::{Context, Result};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use totp_rs::{Builder, Secret, Totp};

/// Seconds that a code stands for (RFC 6238).
const STEP: u64 = 30;

/// An app that holds one key, and never gives a code twice: the service takes each only once.
pub(crate) struct Authenticator {
    totp: Totp,
    last: u64,
    /// Seconds by which the service's clock was set ahead.
    pub(crate) ahead: u64,
}

impl Authenticator {
    /// Takes over a key in base32, as the page shows it; spaces do not matter.
    pub(crate) fn new(key: &str) -> Result<Self> {
        let key: String = key.chars().filter(|c| !c.is_whitespace()).collect();
        let secret = Secret::try_from_base32(&key).context("the key is not base32")?;
        let totp = Builder::new().with_secret(secret).build().context("the key cannot be used")?;
        Ok(Self { totp, last: 0, ahead: 0 })
    }

    /// The next code. The service takes the step after the current one too, so one more code can be had at once;
    /// for any further one this waits.
    pub(crate) async fn code(&mut self) -> Result<String> {
        loop {
            let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() + self.ahead;
            let step = (now / STEP).max(self.last + 1);
            if step <= now / STEP + 1 {
                self.last = step;
                return Ok(self.totp.generate(step * STEP).to_string());
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}
