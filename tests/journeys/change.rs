//! `<sspr-change>` on the start page.

use crate::{browser::Browser, words::Words, world::World};
use anyhow::Result;

const HOST: &str = "sspr-change";
const DONE: Words = Words("change.done.title", "Your password is changed");
const CURRENT_WRONG: Words = Words("change.current-wrong", "This is not your current password.");

/// The element in a person's browser.
pub(crate) struct Change<'a> {
    world: &'a World,
    browser: &'a Browser,
}

impl<'a> Change<'a> {
    pub(crate) fn new(world: &'a World, browser: &'a Browser) -> Self {
        Self { world, browser }
    }

    async fn submit(&self, current: &str, new: &str) -> Result<()> {
        self.browser.fill(HOST, "input[autocomplete=current-password]", current).await?;
        self.browser.fill(HOST, "input[autocomplete=new-password]", new).await?;
        self.browser.click(HOST, "form .main").await
    }

    /// Changes the password.
    pub(crate) async fn change(&self, current: &str, new: &str) -> Result<()> {
        self.submit(current, new).await?;
        self.browser.find_text(HOST, "h2", &DONE.in_language(self.world.language)).await?;
        Ok(())
    }

    /// Tries with a current password that is wrong, and reads so.
    pub(crate) async fn is_refused(&self, current: &str, new: &str) -> Result<()> {
        self.submit(current, new).await?;
        self.browser.shows(HOST, &CURRENT_WRONG.in_language(self.world.language)).await
    }
}
