//! One connection, and the time that everything on it may take.

use crate::settings::Settings;
use futures_util::FutureExt;
use ldap3::{Ldap, LdapConnAsync, LdapConnSettings, LdapError, LdapResult};
use sspr_service::directory::DirectoryError;
use std::{future::Future, panic::AssertUnwindSafe, time::Duration};

/// An error that names what was tried.
pub(crate) fn unavailable(what: &str, why: impl std::fmt::Display) -> DirectoryError {
    DirectoryError::Unavailable(format!("{what}: {why}"))
}

/// An answer that is not the one hoped for. The server's text says which entry, never which password.
pub(crate) fn refused(what: &str, result: &LdapResult) -> DirectoryError {
    unavailable(what, format_args!("the server answered {} {}", result.rc, result.text))
}

/// Waits so long and no longer. ldap3 panics on some answers that are no LDAP; that is no answer, too.
pub(crate) async fn within<T>(
    limit: Duration,
    what: &str,
    work: impl Future<Output = Result<T, LdapError>>,
) -> Result<T, DirectoryError> {
    match tokio::time::timeout(limit, AssertUnwindSafe(work).catch_unwind()).await {
        Err(_) => Err(unavailable(what, format_args!("no answer within {} ms", limit.as_millis()))),
        Ok(Err(_)) => Err(unavailable(what, "the answer is no LDAP")),
        Ok(Ok(outcome)) => outcome.map_err(|error| unavailable(what, error)),
    }
}

/// An open connection that nobody is bound to; encrypted where the settings say so.
pub(crate) async fn open(settings: &Settings) -> Result<Ldap, DirectoryError> {
    let how = LdapConnSettings::new()
        .set_conn_timeout(settings.connect_timeout)
        .set_starttls(settings.starttls)
        .set_config(settings.tls.clone());
    let opened = LdapConnAsync::with_settings(how, &settings.url);
    let (driver, ldap) = within(settings.connect_timeout, "cannot connect", opened).await?;
    tokio::spawn(async move {
        if let Err(error) = driver.drive().await {
            tracing::debug!(%error, "a connection to the directory broke");
        }
    });
    Ok(ldap)
}
