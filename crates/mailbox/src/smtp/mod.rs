//! The SMTP listener (RFC 5321) with STARTTLS (RFC 3207), AUTH (RFC 4954), SIZE (RFC 1870) and PIPELINING (RFC 2920).

mod command;
mod login;
mod session;
mod wire;

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::store::Store;

/// What a sender has to keep to.
pub(crate) struct Rules {
    pub(crate) credentials: Option<(String, String)>,
    pub(crate) size_limit: usize,
}

/// Takes connections until the task is ended.
pub(crate) async fn listen(listener: TcpListener, rules: Rules, tls: TlsAcceptor, store: Arc<Store>) {
    let rules = Arc::new(rules);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors, most likely: leave the others time to finish.
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            continue;
        };
        if store.faults().refuse {
            continue;
        }
        let session = session::Session::new(rules.clone(), store.clone());
        // A sender that hangs up or stalls ends its own session and nothing else.
        tokio::spawn(session.run(Box::new(stream), tls.clone()));
    }
}

/// Serves one connection to its end.
pub(crate) async fn serve(
    stream: impl wire::Duplex + 'static,
    rules: Arc<Rules>,
    tls: TlsAcceptor,
    store: Arc<Store>,
) {
    session::Session::new(rules, store).run(Box::new(stream), tls).await;
}
