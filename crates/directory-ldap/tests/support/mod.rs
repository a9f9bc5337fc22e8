//! What is asked of every kind of directory in the same way.
#![allow(dead_code, clippy::unwrap_used, reason = "a test, and each uses its own part")]

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use sspr_core::{Secret, policy::Violation};
use sspr_directory_ldap::LdapDirectory;
use sspr_service::{
    Directory,
    directory::{Account, DirectoryError, SignInOutcome},
};
use std::{path::Path, sync::Arc};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// TLS that trusts one certificate, or none.
pub(crate) fn tls(trusted: Option<&Path>) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    if let Some(file) = trusted {
        roots.add(CertificateDer::from_pem_file(file).unwrap()).unwrap();
    }
    let builder = ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into());
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    Arc::new(builder.with_root_certificates(roots).with_no_client_auth())
}

pub(crate) async fn person(directory: &LdapDirectory, identifier: &str) -> Account {
    directory.find(identifier).await.unwrap().unwrap_or_else(|| panic!("{identifier} is nobody"))
}

pub(crate) async fn accepted(directory: &LdapDirectory, identifier: &str, password: &str) -> bool {
    let outcome = directory.sign_in(identifier, &Secret::new(password)).await.unwrap();
    matches!(outcome, SignInOutcome::Accepted(_))
}

pub(crate) async fn refusal(directory: &LdapDirectory, identifier: &str, password: &str) -> Vec<Violation> {
    let id = person(directory, identifier).await.id;
    match directory.set_password(&id, &Secret::new(password)).await {
        Err(DirectoryError::Refused(violations)) => violations,
        other => panic!("{identifier}, {password}: {other:?}"),
    }
}

/// The user names of those who are told when an administrator resets.
pub(crate) async fn told(directory: &LdapDirectory) -> Vec<String> {
    let people = directory.administrators().await.unwrap();
    let mut names: Vec<_> = people.into_iter().map(|it| it.username).collect();
    names.sort();
    names
}

/// The address of a directory that takes connections, reads, says this and then does nothing or hangs up.
pub(crate) async fn saying(answer: &'static [u8], hangs_up: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ldap://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 100]).await;
            let _ = stream.write_all(answer).await;
            if !hangs_up {
                open.push(stream);
            }
        }
    });
    url
}
