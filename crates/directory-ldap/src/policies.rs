//! Policies that were read lately.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long a policy is believed: administrators change them rarely, and the server decides in the end.
const BELIEVED: Duration = Duration::from_secs(60);

/// Most policies kept.
const KEPT: usize = 100;

/// Policies by the names (DN) of their entries.
pub(crate) struct Policies<P>(Mutex<HashMap<String, (Instant, P)>>);

impl<P> Default for Policies<P> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<P: Clone> Policies<P> {
    /// A policy that may still be believed.
    pub(crate) fn get(&self, dn: &str) -> Option<P> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(dn).filter(|(read, _)| read.elapsed() < BELIEVED).map(|(_, policy)| policy.clone())
    }

    /// Keeps one that was just read, and gives it back.
    pub(crate) fn keep(&self, dn: &str, policy: P) -> P {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(dn.to_owned(), (Instant::now(), policy.clone()));
        policy
    }
}
