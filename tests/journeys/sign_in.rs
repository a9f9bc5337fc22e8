//! The company's sign-in page and what is behind it.

use crate::browser::Browser;
use anyhow::Result;

/// The page, in one browser.
pub(crate) struct SignIn<'a>(pub(crate) &'a Browser);

impl SignIn<'_> {
    /// Types and submits.
    pub(crate) async fn try_with(&self, identifier: &str, password: &str) -> Result<()> {
        self.0.fill("", "#identifier", identifier).await?;
        self.0.fill("", "#password", password).await?;
        self.0.click("", "#sign-in-form button").await
    }

    /// Signs in, and waits for the start page.
    pub(crate) async fn sign_in(&self, identifier: &str, password: &str) -> Result<()> {
        self.try_with(identifier, password).await?;
        self.is_signed_in().await
    }

    /// Tries to sign in, and waits for the refusal.
    pub(crate) async fn is_refused(&self, identifier: &str, password: &str) -> Result<()> {
        self.try_with(identifier, password).await?;
        self.0.find("", "#sign-in-problem").await?;
        Ok(())
    }

    /// Waits for the start page.
    pub(crate) async fn is_signed_in(&self) -> Result<()> {
        self.0.find("", "#person").await?;
        Ok(())
    }

    /// Waits for the sign-in form.
    pub(crate) async fn is_signed_out(&self) -> Result<()> {
        self.0.find("", "#sign-in-form").await?;
        Ok(())
    }

    /// Signs out.
    pub(crate) async fn sign_out(&self) -> Result<()> {
        self.0.click("", "#sign-out").await?;
        self.is_signed_out().await
    }

    /// Opens the reset form under the sign-in form.
    pub(crate) async fn forgot(&self) -> Result<()> {
        self.0.click("", "#forgot > summary").await
    }

    /// What the form has as identifier, and whether the password is where the person types next.
    pub(crate) async fn waits_for_password_of(&self) -> Result<Option<String>> {
        let script = "return document.activeElement.id === 'password' ? document.getElementById('identifier').value : null";
        Ok(self.0.run(script, vec![]).await?.as_str().map(str::to_owned))
    }
}
