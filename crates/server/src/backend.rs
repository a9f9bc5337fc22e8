//! The rules over the real store, directory and clock: what every command works with.

use crate::{
    breached::HttpList,
    captcha,
    clock::SystemClock,
    config::{Config, SecretError, load_or_create_key, load_secret},
    delivery::{Gateway, SetupError, Smtp, Webhook, Worker},
    directory,
    hashing::OffThread,
    store::{OpenError, SqlStore},
};
use sspr_service::{Directory, LocalDirectory, Service};
use std::sync::Arc;

/// Seconds beyond the longest request, after which it is taken for dead: what it began on another thread ends meanwhile,
/// and the nodes' clocks may differ a little.
const MARGIN: u32 = 10;

/// Why the parts do not come together.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    /// The database.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// The key.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The directory, or the list of leaked passwords.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The rules.
    #[error("{0}")]
    Settings(String),
}

/// The parts.
#[derive(Clone)]
pub struct Backend {
    /// The rules.
    pub service: Service,
    /// Lasting state.
    pub store: SqlStore,
    /// Accounts and passwords.
    pub directory: Arc<dyn Directory>,
}

impl Backend {
    /// Opens the database, reads the key and puts the rules over them.
    pub async fn open(config: &Config) -> Result<Self, BackendError> {
        let key = load_or_create_key(&config.server.secret_key_file)?;
        let store = SqlStore::open(&config.database).await?;
        store.check_key(&key).await?;
        let clock = Arc::new(SystemClock);
        let local = LocalDirectory::new(Arc::new(store.clone()), clock.clone(), &config.settings);
        let at_once = usize::try_from(config.server.hashes_at_once).unwrap_or(usize::MAX);
        let local = Arc::new(OffThread::new(local, at_once).with_metrics(store.metrics().clone()));
        // A directory elsewhere hashes elsewhere; here it is waited for, which keeps no thread.
        let directory: Arc<dyn Directory> = match directory::ldap(config)? {
            Some(ldap) => Arc::new(ldap),
            None => local.clone(),
        };
        let service =
            Service::new(config.settings.clone(), key, Arc::new(store.clone()), directory.clone(), clock);
        let service = service.map_err(|mistakes| {
            let lines = mistakes.into_iter().map(|it| format!("{}: {}", it.key, it.message));
            BackendError::Settings(lines.collect::<Vec<_>>().join("\n"))
        })?;
        let request_life = config.server.request_timeout_seconds.saturating_add(MARGIN);
        let mut service = service
            .with_offload(local)
            .with_request_life(request_life)
            .with_available_methods(config.deliverable_methods());
        if let Some(list) = HttpList::new(&config.breached)? {
            service = service.with_breached_list(Arc::new(list), config.breached.browser_url.clone());
        }
        if config.revocation.url.is_some() {
            service = service.with_revocation();
        }
        if let Some(captcha) = captcha::captcha(&config.captcha)? {
            service = service.with_captcha(captcha);
        }
        // What administrators changed is in force from the first request on.
        service.follow_policy().await.map_err(|error| BackendError::Settings(error.to_string()))?;
        Ok(Self { service: service.current(), store, directory })
    }

    /// Who delivers the outbox.
    pub fn worker(&self, config: &Config) -> Result<Worker, SetupError> {
        let secret = |variable, key, file: &Option<std::path::PathBuf>| {
            load_secret(variable, file.as_deref())
                .map_err(|error| SetupError::Value { key, why: error.to_string() })
        };
        let password = secret("SSPR_SMTP_PASSWORD", "smtp.password_file", &config.smtp.password_file)?;
        let token = secret("SSPR_GATEWAY_TOKEN", "gateway.token_file", &config.gateway.token_file)?;
        let signing =
            secret("SSPR_REVOCATION_SECRET", "revocation.secret_file", &config.revocation.secret_file)?;
        let webhook = Webhook::new(&config.revocation, signing)?;
        let other = [
            config.gateway.url.as_ref().map(|_| config.gateway.timeout_seconds),
            config.revocation.url.as_ref().map(|_| config.revocation.timeout_seconds),
        ];
        Ok(Worker {
            service: self.service.clone(),
            smtp: Smtp::new(&config.smtp, password.as_ref())?,
            gateway: Gateway::new(&config.gateway, token)?,
            webhook,
            clock: Arc::new(SystemClock),
            metrics: self.store.metrics().clone(),
            longest: other.into_iter().flatten().fold(config.smtp.timeout_seconds, u32::max),
        })
    }
}
