//! Requests that come twice: the first runs, the second gets its answer.

use crate::{Failure, Sealed, Service, store::Claim, throttle::TEN_MINUTES};
use jiff::Timestamp;

/// Whether a request with a key is to be run.
#[derive(Debug)]
pub enum Claimed {
    /// Run it, then call [`Service::finish_claim`].
    Run(ClaimTicket),
    /// The first still runs.
    Running,
    /// It was answered, with these bytes.
    Answered(Vec<u8>),
    /// The key came with another body.
    OtherBody,
}

/// The right to run a request once.
#[derive(Debug)]
pub struct ClaimTicket {
    name: Vec<u8>,
    claimed_at: Timestamp,
}

impl Service {
    /// Claims a key within a scope (a flow, a session or an origin) for ten minutes.
    pub async fn claim(&self, scope: &[u8], key: &str, body: &[u8]) -> Result<Claimed, Failure> {
        let name = self.key.hash("claim", &[scope, key.as_bytes()])?;
        let body = self.key.hash("claim-body", &[body])?;
        let now = self.clock.now();
        Ok(match self.store.claim(&name, &body, now, self.request_life, TEN_MINUTES).await? {
            Claim::Mine => Claimed::Run(ClaimTicket { name, claimed_at: now }),
            Claim::Running => Claimed::Running,
            Claim::OtherBody => Claimed::OtherBody,
            Claim::Answered(sealed) => {
                Claimed::Answered(self.key.open_bytes(&Sealed::Answer.purpose(""), &sealed)?.to_vec())
            }
        })
    }

    /// Keeps the answer, sealed; `None` gives the key back. Who took too long, so that the request runs again
    /// elsewhere, changes nothing.
    pub async fn finish_claim(&self, ticket: ClaimTicket, answer: Option<&[u8]>) -> Result<(), Failure> {
        let ClaimTicket { name, claimed_at } = ticket;
        match answer {
            Some(answer) => {
                let sealed = self.key.seal_bytes(&Sealed::Answer.purpose(""), answer)?;
                self.store.answer_claim(&name, claimed_at, &sealed).await?;
            }
            None => self.store.release_claim(&name, claimed_at).await?,
        }
        Ok(())
    }
}
