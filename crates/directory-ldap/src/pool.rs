//! Connections of the service account: bound, counted, used again.

use crate::{
    connection::{open, refused, unavailable, within},
    settings::Settings,
};
use ldap3::{Ldap, LdapResult, Mod, Scope, SearchEntry, SearchOptions, controls::RawControl};
use sspr_service::directory::DirectoryError;
use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::{Semaphore, SemaphorePermit};

/// `noSuchObject`, `sizeLimitExceeded`.
const NO_SUCH_OBJECT: u32 = 32;
const SIZE_LIMIT: u32 = 4;

/// How long a connection may rest and be used again.
const RESTS: Duration = Duration::from_secs(60);

/// The connections.
pub(crate) struct Pool {
    pub(crate) settings: Settings,
    idle: Mutex<Vec<(Instant, Ldap)>>,
    places: Semaphore,
}

/// A connection for the time of one call; goes back when dropped, unless something went wrong on it.
pub(crate) struct Lease<'a> {
    pool: &'a Pool,
    ldap: Option<Ldap>,
    _place: SemaphorePermit<'a>,
}

impl Pool {
    /// Connects when first asked to.
    pub(crate) fn new(settings: Settings) -> Self {
        let places = Semaphore::new(settings.connections.max(1));
        Self { settings, idle: Mutex::default(), places }
    }

    /// A place among the connections; the connection itself is opened by the first search.
    pub(crate) async fn lease(&self) -> Result<Lease<'_>, DirectoryError> {
        let waited = tokio::time::timeout(self.settings.connect_timeout, self.places.acquire()).await;
        let place = waited.map_err(|_| unavailable("cannot connect", "all connections are busy"))?;
        let place = place.map_err(|error| unavailable("cannot connect", error))?;
        Ok(Lease { pool: self, ldap: self.idle(), _place: place })
    }

    /// The connection used last, where it has not rested for long: a firewall may have forgotten it, and then nothing
    /// comes back.
    fn idle(&self) -> Option<Ldap> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|(since, _)| since.elapsed() < RESTS);
        idle.pop().map(|(_, ldap)| ldap)
    }

    async fn bound(&self) -> Result<Ldap, DirectoryError> {
        let what = "cannot sign in to the directory as the service account";
        let settings = &self.settings;
        let mut ldap = open(settings).await?;
        let bind = ldap.simple_bind(&settings.bind_dn, settings.bind_password.expose());
        let result = within(settings.connect_timeout, what, bind).await?;
        if result.rc == 0 { Ok(ldap) } else { Err(refused(what, &result)) }
    }
}

impl<'a> Lease<'a> {
    /// Where the directory is and how its entries become accounts.
    pub(crate) fn settings(&self) -> &'a Settings {
        &self.pool.settings
    }

    /// The entries that a filter finds, at most `most`.
    pub(crate) async fn search(
        &mut self,
        base: &str,
        scope: Scope,
        filter: &str,
        attributes: &[&str],
        most: i32,
    ) -> Result<Vec<SearchEntry>, DirectoryError> {
        let limit = self.pool.settings.timeout;
        loop {
            let (begun, used_before) = (Instant::now(), self.ldap.is_some());
            // Taken out while it works: whoever gives up waiting must not hand on a connection with an answer due.
            let mut ldap = match self.ldap.take() {
                Some(ldap) => ldap,
                None => self.pool.bound().await?,
            };
            let search = async {
                let options = SearchOptions::new().sizelimit(most);
                let answer =
                    ldap.with_search_options(options).search(base, scope, filter, attributes).await?;
                let entries: Vec<_> = answer.0.into_iter().filter(|it| !it.is_ref()).collect();
                Ok((entries.into_iter().map(SearchEntry::construct).collect::<Vec<_>>(), answer.1))
            };
            match within(limit, "cannot search", search).await {
                Ok((entries, result)) => {
                    self.ldap = Some(ldap);
                    return match result.rc {
                        0 | SIZE_LIMIT => Ok(entries),
                        NO_SUCH_OBJECT => Ok(Vec::new()),
                        _ => Err(refused("cannot search", &result)),
                    };
                }
                // The server may have ended a connection that was idle; that is no reason to fail.
                Err(_) if used_before && begun.elapsed() < limit => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The open connection, for one write; nothing is written twice.
    pub(crate) async fn take(&mut self) -> Result<Ldap, DirectoryError> {
        match self.ldap.take() {
            Some(ldap) => Ok(ldap),
            None => self.pool.bound().await,
        }
    }

    /// Takes a connection back after a write that was answered.
    pub(crate) fn put_back(&mut self, ldap: Ldap) {
        self.ldap = Some(ldap);
    }

    /// Changes an entry, once; the answer may be a refusal.
    pub(crate) async fn modify(
        &mut self,
        what: &str,
        dn: &str,
        changes: Vec<Mod<&[u8]>>,
        control: Option<RawControl>,
    ) -> Result<LdapResult, DirectoryError> {
        let mut ldap = self.take().await?;
        if let Some(control) = control {
            ldap.with_controls(control);
        }
        let answer = within(self.pool.settings.timeout, what, ldap.modify(dn, changes)).await?;
        self.put_back(ldap);
        if answer.rc == NO_SUCH_OBJECT { Err(DirectoryError::NoSuchAccount) } else { Ok(answer) }
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        if let Some(mut ldap) = self.ldap.take()
            && !ldap.is_closed()
        {
            self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner).push((Instant::now(), ldap));
        }
    }
}
