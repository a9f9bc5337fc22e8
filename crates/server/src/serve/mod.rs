//! `sspr-server serve`: puts the parts together, runs them, and stops them in order.

mod admission;
mod app;
mod client_address;
mod connections;
mod even_time;
mod linker;
mod measure;
mod patience;
pub(crate) mod safe_headers;
mod shed;
mod static_files;
mod sweeper;

pub use app::app;
pub use client_address::Peer;

use crate::{
    backend::{Backend, BackendError},
    config::Config,
    delivery::{SetupError, Worker},
    identity::Identities,
    metrics,
};
use admission::Admission;
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Why the server cannot run. Each is one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port is taken, or not ours to take.
    #[error("cannot listen on {address}: {}", listen_hint(.source))]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The store, the key or the rules.
    #[error(transparent)]
    Backend(#[from] BackendError),
    /// Mail, gateway or sign-in.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The operating system.
    #[error("the operating system refused: {0}")]
    System(#[from] io::Error),
}

fn listen_hint(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            "another program uses this port; stop it, or choose another with server.listen or --listen".into()
        }
        io::ErrorKind::PermissionDenied => {
            "this user may not use this port; choose one above 1023 with server.listen or --listen".into()
        }
        io::ErrorKind::AddrNotAvailable => {
            "this machine does not have this address; correct server.listen".into()
        }
        _ => error.to_string(),
    }
}

/// A server that listens but does not answer yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    metrics_listener: Option<TcpListener>,
    config: Config,
    backend: Backend,
    worker: Worker,
    identities: Identities,
}

impl Server {
    /// Opens everything, so that whatever is wrong shows before the first request. What cannot be delivered is not
    /// offered, and a warning in the log says so.
    pub async fn open(config: Config) -> Result<Self, ServeError> {
        let identities = Identities::new(&config.identity)?;
        let address = config.server.listen;
        let failed = |source| ServeError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let metrics_listener = match config.server.metrics_listen {
            Some(address) => {
                let failed = |source| ServeError::Listen { address, source };
                Some(TcpListener::bind(address).await.map_err(failed)?)
            }
            None => None,
        };
        for warning in config.warnings() {
            tracing::warn!(key = warning.key, "{}", warning.message);
        }
        let config = config.deliverable();
        let backend = Backend::open(&config).await?;
        let worker = backend.worker(&config)?;
        Ok(Self { listener, address, metrics_listener, config, backend, worker, identities })
    }

    /// Where the metrics are, if anywhere.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics_listener.as_ref().and_then(|listener| listener.local_addr().ok())
    }

    /// Where it listens; tells the port where the configuration says 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop`; then takes no more connections, finishes running requests, lets the messages that are
    /// on their way arrive, and closes the store.
    pub async fn run(self, stop: CancellationToken) {
        let Self { listener, metrics_listener, config, backend, worker, identities, .. } = self;
        let app =
            app(&config, backend.service.clone(), Arc::new(identities), backend.store.metrics().clone());
        let workers_stop = CancellationToken::new();
        let worker = tokio::spawn(worker.run(workers_stop.clone()));
        let pause = Duration::from_secs(config.database.sweep_seconds.into());
        let sweeper = tokio::spawn(sweeper::run(
            backend.service.clone(),
            backend.store.metrics().clone(),
            pause,
            workers_stop.clone(),
        ));

        let limits = connections::Limits {
            header: Duration::from_secs(config.server.header_timeout_seconds.into()),
            write: Duration::from_secs(config.server.request_timeout_seconds.into()),
            shutdown: Duration::from_secs(config.server.shutdown_seconds.into()),
        };
        let everybody = Admission::new(&config.server);
        // Who looks at the metrics must still be let in while everybody else keeps us busy.
        let observers = Admission::new(&config.server);
        let linker = tokio::spawn(linker::run(backend.service.clone(), workers_stop.clone()));
        let mut tasks = vec![worker, sweeper, linker];
        if let Some(listener) = metrics_listener {
            let page = metrics::page(backend.store.metrics(), backend.clone());
            tasks.push(tokio::spawn(connections::serve(
                listener,
                page,
                limits,
                observers,
                workers_stop.clone(),
            )));
        }
        connections::serve(listener, app, limits, everybody, stop).await;

        workers_stop.cancel();
        for task in tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a background task did not end well");
            }
        }
        backend.store.close().await;
        tracing::info!("stopped");
    }
}

/// Cancelled by SIGTERM or SIGINT.
pub fn stop_signal() -> io::Result<CancellationToken> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: running requests are finished first");
        told.cancel();
    });
    Ok(stop)
}
