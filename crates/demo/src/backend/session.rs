//! The page's own use of `/session`.

use super::Backend;
use gloo_net::http::Request;
use sspr_core::{
    Secret,
    wire::{self, SessionView, SignIn},
};

/// Why signing in did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Wrong, unknown, locked or disabled; nobody says which.
    Refused,
    /// No answer, or one that is no answer to this.
    Unreachable,
}

impl From<gloo_net::Error> for Trouble {
    fn from(_: gloo_net::Error) -> Self {
        Self::Unreachable
    }
}

fn address() -> String {
    format!("{}/session", wire::BASE_PATH)
}

/// Who is signed in.
pub(crate) async fn session(backend: &Backend) -> Result<SessionView, Trouble> {
    Ok(backend.send(Request::get(&address()).build()?).await?.json().await?)
}

/// Signs in.
pub(crate) async fn sign_in(
    backend: &Backend,
    identifier: String,
    password: Secret,
) -> Result<SessionView, Trouble> {
    let request = Request::post(&address()).json(&SignIn { identifier, password })?;
    let response = backend.send(request).await?;
    match response.status() {
        200 => Ok(response.json().await?),
        status if status < 500 => Err(Trouble::Refused),
        _ => Err(Trouble::Unreachable),
    }
}

/// Signs out. A session that is over already is as good.
pub(crate) async fn sign_out(backend: &Backend, session: &SessionView) -> Result<(), Trouble> {
    let csrf = session.csrf.as_deref().unwrap_or_default();
    let request = Request::delete(&address()).header(wire::header::CSRF, csrf).build()?;
    backend.send(request).await?;
    Ok(())
}
