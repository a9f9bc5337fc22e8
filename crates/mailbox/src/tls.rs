use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

/// A certificate made for this run, and what accepts connections with it.
pub(crate) struct Identity {
    pub(crate) pem: String,
    pub(crate) acceptor: TlsAcceptor,
}

impl Identity {
    /// Makes a key and a self-signed certificate for the loopback names.
    pub(crate) fn new() -> Result<Identity, String> {
        let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        let made = rcgen::generate_simple_self_signed(names).map_err(|e| e.to_string())?;
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| {
                builder.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key.into())
            })
            .map_err(|e| e.to_string())?;
        Ok(Identity { pem: made.cert.pem(), acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}
