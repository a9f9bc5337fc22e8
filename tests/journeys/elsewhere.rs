//! A session of the same person in another place.

use crate::{
    browser::Browser,
    sign_in::SignIn,
    world::{Place, World},
};
use anyhow::{Result, ensure};

/// Talks to the service inside the page as another window of it would, past what the page shows.
const ASK: &str = "const [identifier, password, done] = arguments;
const init = identifier
  ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ identifier, password }) }
  : {};
document.querySelector('sspr-reset').fetch(new URL('/sspr/v1/session', location.href).href, init)
  .then((answer) => answer.json()).then((session) => done(session.signed_in), () => done(null));";

/// Where the person is signed in besides.
pub(crate) enum Elsewhere<'a> {
    /// In another browser, on the server.
    OtherBrowser(Browser),
    /// In the page of the demonstration itself, which has no other place.
    SamePage(&'a Browser),
}

impl<'a> Elsewhere<'a> {
    /// Signs in elsewhere.
    pub(crate) async fn sign_in(
        world: &World,
        here: &'a Browser,
        identifier: &str,
        password: &str,
    ) -> Result<Self> {
        match world.place {
            Place::Server => {
                let browser = world.browser().await?;
                SignIn(&browser).sign_in(identifier, password).await?;
                Ok(Self::OtherBrowser(browser))
            }
            Place::Demonstration => {
                let signed_in = here.run_async(ASK, vec![identifier.into(), password.into()]).await?;
                ensure!(signed_in == true, "the other session did not begin");
                Ok(Self::SamePage(here))
            }
        }
    }

    /// Whether that session has ended.
    pub(crate) async fn has_ended(&self) -> Result<()> {
        match self {
            Self::OtherBrowser(browser) => {
                browser.driver.refresh().await?;
                browser.find("", "#people").await?;
                SignIn(browser).is_signed_out().await
            }
            Self::SamePage(browser) => {
                let signed_in = browser.run_async(ASK, vec!["".into(), "".into()]).await?;
                ensure!(signed_in == false, "the other session goes on");
                Ok(())
            }
        }
    }
}
