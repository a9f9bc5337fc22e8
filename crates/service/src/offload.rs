//! The port to threads for work that keeps a processor busy for tens of milliseconds: Argon2id over the answers to
//! security questions. Passwords are the business of the [`crate::Directory`].

use crate::{Failure, Service, password::Hasher};
use async_trait::async_trait;
use std::sync::{Arc, Mutex, PoisonError};

/// Runs costly work where it holds up no other request.
#[async_trait]
pub trait Offload: Send + Sync {
    /// Runs the work and comes back when it is done; `false` where too much waits already and it was not run.
    async fn run(&self, work: Box<dyn FnOnce() + Send>) -> bool;
}

/// Runs the work at once, on the thread that asks: for the page and for tests.
pub(crate) struct Inline;

#[async_trait]
impl Offload for Inline {
    async fn run(&self, work: Box<dyn FnOnce() + Send>) -> bool {
        work();
        true
    }
}

impl Service {
    /// Hashes off the thread of the request.
    pub(crate) async fn hashing<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Hasher) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let (hasher, place) = (self.hasher.clone(), Arc::new(Mutex::new(None)));
        let result = place.clone();
        let work = Box::new(move || {
            *result.lock().unwrap_or_else(PoisonError::into_inner) = Some(work(&hasher));
        });
        if !self.offload.run(work).await {
            return Err(Failure::DirectoryUnavailable("too many answers wait to be checked".into()));
        }
        let result = place.lock().unwrap_or_else(PoisonError::into_inner).take();
        result.unwrap_or(Err(Failure::Internal("hashing broke off")))
    }
}
