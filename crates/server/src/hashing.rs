//! Keeps password hashes off the threads that answer requests, and bounds how many are computed at once.

use crate::metrics::Metrics;
use async_trait::async_trait;
use sspr_core::Secret;
use sspr_service::{
    Offload,
    directory::{Account, Directory, DirectoryError, SignInOutcome},
};
use std::{future::Future, sync::Arc, time::Instant};
use tokio::{runtime::Handle, sync::Semaphore};

/// Calls that may wait for each one that runs; more are refused, since they would only time out. A new password is two
/// hashes of some 20 ms at the cost we ship with, so the last one waits for ten seconds.
const WAITING_FOR_EACH: usize = 256;

/// A directory whose costly calls run on the threads for blocking work.
#[derive(Clone)]
pub struct OffThread<D> {
    directory: Arc<D>,
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    metrics: Metrics,
}

impl<D: Directory + 'static> OffThread<D> {
    /// At most `at_once` costly calls run at a time; 0 is one for each processor.
    pub fn new(directory: D, at_once: usize) -> Self {
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        let at_once = if at_once == 0 { processors() } else { at_once };
        Self {
            directory: Arc::new(directory),
            running: Arc::new(Semaphore::new(at_once)),
            waiting: Arc::new(Semaphore::new(at_once.saturating_mul(WAITING_FOR_EACH))),
            metrics: Metrics::default(),
        }
    }

    /// Tells how long each takes.
    #[must_use]
    pub fn with_metrics(self, metrics: Metrics) -> Self {
        Self { metrics, ..self }
    }

    async fn costly<T, F>(&self, call: impl FnOnce(Arc<D>) -> F + Send + 'static) -> Result<T, DirectoryError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, DirectoryError>>,
    {
        let busy = |_| DirectoryError::Unavailable("too many passwords wait to be checked".into());
        let stopped = |_| DirectoryError::Unavailable("the check of a password broke off".into());
        let _place = self.waiting.try_acquire().map_err(busy)?;
        let turn = self.running.clone().acquire_owned().await.map_err(stopped)?;
        let directory = self.directory.clone();
        let (runtime, metrics) = (Handle::current(), self.metrics.clone());
        let work = tokio::task::spawn_blocking(move || {
            // Held by the work itself: it goes on when the request is gone.
            let _turn = turn;
            let began = Instant::now();
            let outcome = runtime.block_on(call(directory));
            metrics.hash(began.elapsed());
            outcome
        });
        work.await.map_err(|_| DirectoryError::Unavailable("the check of a password broke off".into()))?
    }
}

#[async_trait]
impl<D: Directory + 'static> Offload for OffThread<D> {
    async fn run(&self, work: Box<dyn FnOnce() + Send>) -> bool {
        let Ok(_place) = self.waiting.try_acquire() else { return false };
        let Ok(turn) = self.running.clone().acquire_owned().await else { return false };
        let metrics = self.metrics.clone();
        let work = tokio::task::spawn_blocking(move || {
            // Held by the work itself: it goes on when the request is gone.
            let _turn = turn;
            let began = Instant::now();
            work();
            metrics.hash(began.elapsed());
        });
        work.await.is_ok()
    }
}

#[async_trait]
impl<D: Directory + 'static> Directory for OffThread<D> {
    async fn find(&self, identifier: &str) -> Result<Option<Account>, DirectoryError> {
        self.directory.find(identifier).await
    }

    async fn account(&self, id: &str) -> Result<Option<Account>, DirectoryError> {
        self.directory.account(id).await
    }

    async fn sign_in(&self, identifier: &str, password: &Secret) -> Result<SignInOutcome, DirectoryError> {
        let (identifier, password) = (identifier.to_owned(), password.clone());
        self.costly(|directory| async move { directory.sign_in(&identifier, &password).await }).await
    }

    async fn verify_password(&self, id: &str, password: &Secret) -> Result<bool, DirectoryError> {
        let (id, password) = (id.to_owned(), password.clone());
        self.costly(|directory| async move { directory.verify_password(&id, &password).await }).await
    }

    async fn set_password(&self, id: &str, password: &Secret) -> Result<(), DirectoryError> {
        let (id, password) = (id.to_owned(), password.clone());
        self.costly(|directory| async move { directory.set_password(&id, &password).await }).await
    }

    async fn unlock(&self, id: &str) -> Result<(), DirectoryError> {
        self.directory.unlock(id).await
    }

    async fn administrators(&self) -> Result<Vec<Account>, DirectoryError> {
        self.directory.administrators().await
    }

    async fn people(&self, after: &str, limit: u32) -> Result<Option<Vec<Account>>, DirectoryError> {
        self.directory.people(after, limit).await
    }

    async fn ping(&self) -> Result<(), DirectoryError> {
        self.directory.ping().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    struct Nobody;

    #[async_trait]
    impl Directory for Nobody {
        async fn find(&self, _: &str) -> Result<Option<Account>, DirectoryError> {
            Ok(None)
        }
        async fn account(&self, _: &str) -> Result<Option<Account>, DirectoryError> {
            Ok(None)
        }
        async fn sign_in(&self, _: &str, _: &Secret) -> Result<SignInOutcome, DirectoryError> {
            Ok(SignInOutcome::Refused)
        }
        async fn verify_password(&self, _: &str, _: &Secret) -> Result<bool, DirectoryError> {
            Ok(false)
        }
        async fn set_password(&self, _: &str, _: &Secret) -> Result<(), DirectoryError> {
            Ok(())
        }
        async fn unlock(&self, _: &str) -> Result<(), DirectoryError> {
            Ok(())
        }
        async fn administrators(&self) -> Result<Vec<Account>, DirectoryError> {
            Ok(Vec::new())
        }
    }

    #[tokio::test]
    async fn work_of_the_service_runs_on_another_thread() {
        let threads = OffThread::new(Nobody, 1);
        let seen = Arc::new(Mutex::new(None));
        let sees = seen.clone();
        let work = move || *sees.lock().expect("no panic") = Some(std::thread::current().id());
        assert!(threads.run(Box::new(work)).await);
        let seen = seen.lock().expect("no panic").expect("it ran");
        assert_ne!(seen, std::thread::current().id());
    }
}
