//! What only the fuzz targets (`crates/fuzz`) reach.
#![doc(hidden)]

use crate::{Message, smtp, store::Store, tls};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};

/// Serves one sender over any stream, as the listener does, and returns what arrived. `None` where no certificate can be
/// made.
pub struct Listener {
    rules: Arc<smtp::Rules>,
    tls: tokio_rustls::TlsAcceptor,
}

impl Listener {
    /// With credentials that nobody has to use before TLS, and mails of at most `size_limit` bytes.
    pub fn new(credentials: Option<(String, String)>, size_limit: usize) -> Option<Self> {
        let identity = tls::Identity::new().ok()?;
        Some(Self { rules: Arc::new(smtp::Rules { credentials, size_limit }), tls: identity.acceptor })
    }

    /// One connection from greeting to end.
    pub async fn serve(&self, stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) -> Vec<Message> {
        let store = Arc::new(Store::default());
        smtp::serve(stream, self.rules.clone(), self.tls.clone(), store.clone()).await;
        store.messages()
    }
}
