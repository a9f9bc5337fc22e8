//! A mailbox for development and for tests: a real SMTP listener with STARTTLS and authentication, an HTTP gateway for
//! text messages and calls, and a list of everything that arrived, newest first.
//!
//! Nothing is delivered anywhere and nothing is written to disk. All addresses are loopback unless told otherwise.
//!
//! ```no_run
//! # async fn example() -> Result<(), sspr_mailbox::StartError> {
//! let mailbox = sspr_mailbox::start(sspr_mailbox::Options::default()).await?;
//! let smtp = mailbox.smtp_address(); // tell the server under test
//! # drop(smtp); Ok(()) }
//! ```

mod breached;
mod faults;
pub mod fuzzing;
mod http;
mod mail;
mod message;
mod smtp;
mod store;
mod tls;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

pub use faults::Faults;
pub use message::{Channel, Message, found_code, found_link};

use store::Store;

/// The largest mail accepted unless [`Options::size_limit`] says otherwise, in bytes.
pub const DEFAULT_SIZE_LIMIT: usize = 1024 * 1024;

/// How to start a mailbox. The default listens on free loopback ports and asks for no credentials.
pub struct Options {
    /// Where the SMTP listener binds; port 0 takes a free one.
    pub smtp: SocketAddr,
    /// Where the HTTP side binds; port 0 takes a free one.
    pub http: SocketAddr,
    /// A user name and password that mail has to be sent with. They are only accepted after STARTTLS.
    pub credentials: Option<(String, String)>,
    /// The bearer token that `POST /gateway` has to carry.
    pub gateway_token: Option<String>,
    /// The largest mail accepted, in bytes.
    pub size_limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Options {
            smtp: any,
            http: any,
            credentials: None,
            gateway_token: None,
            size_limit: DEFAULT_SIZE_LIMIT,
        }
    }
}

/// Why a mailbox could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A listener could not bind; most often the port is taken.
    #[error("cannot listen on {address}: {source}")]
    Bind {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system answered.
        source: io::Error,
    },
    /// The self-signed certificate could not be made.
    #[error("cannot make the mailbox's certificate: {0}")]
    Certificate(String),
}

/// A running mailbox. Dropping it closes both listeners.
pub struct Mailbox {
    smtp: SocketAddr,
    http: SocketAddr,
    certificate: String,
    store: Arc<Store>,
    tasks: [AbortHandle; 2],
}

/// Starts the SMTP listener and the HTTP side on the current tokio runtime.
pub async fn start(options: Options) -> Result<Mailbox, StartError> {
    let store = Arc::new(Store::default());
    let identity = tls::Identity::new().map_err(StartError::Certificate)?;
    let (smtp_listener, smtp) = bind(options.smtp).await?;
    let (http_listener, http) = bind(options.http).await?;

    let rules = smtp::Rules { credentials: options.credentials, size_limit: options.size_limit };
    let smtp_task = tokio::spawn(smtp::listen(smtp_listener, rules, identity.acceptor, store.clone()));
    let router = http::router(store.clone(), options.gateway_token);
    let http_task = tokio::spawn(async move {
        // `serve` returns only when its listener is gone, and then there is nothing left to do.
        axum::serve(http_listener, router).await.ok();
    });

    let tasks = [smtp_task.abort_handle(), http_task.abort_handle()];
    Ok(Mailbox { smtp, http, certificate: identity.pem, store, tasks })
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |source| StartError::Bind { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

impl Mailbox {
    /// Where mail is taken.
    pub fn smtp_address(&self) -> SocketAddr {
        self.smtp
    }

    /// Where messages are listed and the gateway answers.
    pub fn http_address(&self) -> SocketAddr {
        self.http
    }

    /// The certificate of the SMTP listener as PEM, for clients that verify it. It names `localhost` and `127.0.0.1`.
    pub fn certificate_pem(&self) -> &str {
        &self.certificate
    }

    /// Everything that arrived since the start or the last [`clear`](Self::clear), newest first.
    pub fn messages(&self) -> Vec<Message> {
        self.store.messages()
    }

    /// Every message that arrives from now on, in order; none is missed, however many there are.
    pub fn feed(&self) -> mpsc::UnboundedReceiver<Message> {
        self.store.feed()
    }

    /// Forgets all messages, and the gateway ids seen.
    pub fn clear(&self) {
        self.store.clear();
    }

    /// Makes the mailbox misbehave from now on; `Faults::default()` ends it.
    pub fn set_faults(&self, faults: Faults) {
        self.store.set_faults(faults);
    }

    /// Waits until a message satisfies `wanted` and returns the newest that does; `None` when `patience` ran out.
    pub async fn wait_for(&self, patience: Duration, wanted: impl Fn(&Message) -> bool) -> Option<Message> {
        let mut arrivals = self.store.arrivals();
        let search = async {
            loop {
                if let Some(found) = self.messages().into_iter().find(&wanted) {
                    return Some(found);
                }
                arrivals.changed().await.ok()?;
            }
        };
        tokio::time::timeout(patience, search).await.ok().flatten()
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}
