//! Trust for our own HTTPS calls: the system's authorities, and one more file where the configuration names it.

use crate::delivery::SetupError;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{path::Path, sync::Arc};

/// A TLS client. A system without any authorities is not an error here: calls by plain HTTP need none.
pub(crate) fn client(ca_file: Option<&Path>) -> Result<ClientConfig, SetupError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = ca_file {
        let wrong =
            |why: &str| SetupError::Value { key: "ca_file", why: format!("{}: {why}", path.display()) };
        let pem = std::fs::read(path).map_err(|source| SetupError::File { path: path.to_owned(), source })?;
        let mut found = 0;
        for certificate in CertificateDer::pem_slice_iter(&pem) {
            let certificate = certificate.map_err(|_| wrong("is no PEM file"))?;
            roots.add(certificate).map_err(|_| wrong("holds something that is no authority"))?;
            found += 1;
        }
        if found == 0 {
            return Err(wrong("holds no certificate in PEM form"));
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = versions.map_err(|error| SetupError::Value { key: "tls", why: error.to_string() })?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
