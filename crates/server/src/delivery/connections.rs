//! Connections to the mail server, kept open between mails.
//!
//! Not lettre's own pool: that takes a connection back whose mail was given up halfway, and the next mail then reads the
//! answers to that one.

use lettre::{
    address::Envelope,
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Tls},
        extension::ClientId,
    },
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Connections that are kept for later at most.
const KEPT: usize = 16;

/// How long one is kept.
const IDLE: Duration = Duration::from_secs(60);

/// How far we came with the mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MailStage {
    /// No connection, or no greeting.
    Connect,
    /// Connected, and then no TLS.
    Tls,
    /// The user name and password were refused.
    SignIn,
}

/// Where mail goes, and how.
pub(super) struct Route {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: Tls,
    pub(super) credentials: Option<Credentials>,
    pub(super) hello: ClientId,
}

/// The connections of one route; clones share them.
#[derive(Clone)]
pub(super) struct Connections {
    route: Arc<Route>,
    idle: Arc<Mutex<Vec<(Instant, AsyncSmtpConnection)>>>,
}

impl Connections {
    pub(super) fn new(route: Route) -> Self {
        Self { route: Arc::new(route), idle: Arc::default() }
    }

    /// Sends one mail. Where this is dropped before its end, so is the connection.
    pub(super) async fn send(&self, envelope: &Envelope, mail: &[u8]) -> Result<(), Error> {
        let mut connection = match self.kept().await {
            Some(connection) => connection,
            None => self.open().await.map_err(|(_, error)| error)?,
        };
        connection.send(envelope, mail).await?;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push((Instant::now(), connection));
        }
        Ok(())
    }

    /// One that still answers.
    async fn kept(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let (since, mut connection) = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
            if since.elapsed() < IDLE && connection.test_connected().await {
                return Some(connection);
            }
        }
    }

    /// Connects, signs in and leaves again; nothing is sent.
    pub(super) async fn try_out(&self) -> Result<(), (MailStage, Error)> {
        let mut connection = self.open().await?;
        // Who let us in need not say goodbye.
        let _ = connection.quit().await;
        Ok(())
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, (MailStage, Error)> {
        let at = |stage| move |error| (stage, error);
        let Route { host, port, tls, credentials, hello } = &*self.route;
        let from_the_start = match tls {
            Tls::Wrapper(parameters) => Some(parameters.clone()),
            _ => None,
        };
        let server = (host.as_str(), *port);
        let connection = AsyncSmtpConnection::connect_tokio1(server, None, hello, from_the_start, None).await;
        let mut connection = connection
            .map_err(|error| (if error.is_tls() { MailStage::Tls } else { MailStage::Connect }, error))?;
        match tls {
            Tls::Required(parameters) => {
                connection.starttls(parameters.clone(), hello).await.map_err(at(MailStage::Tls))?;
            }
            Tls::Opportunistic(parameters) if connection.can_starttls() => {
                connection.starttls(parameters.clone(), hello).await.map_err(at(MailStage::Tls))?;
            }
            _ => {}
        }
        if let Some(credentials) = credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await.map_err(at(MailStage::SignIn))?;
        }
        Ok(connection)
    }
}
