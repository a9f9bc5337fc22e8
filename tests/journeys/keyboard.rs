//! The main way without a mouse.

use crate::{
    authenticator::Authenticator,
    people::{NEW_PASSWORD, TOTP_KEY, WELL_PREPARED, home},
    reset::Reset,
    words::Words,
    world::{World, journey},
};
use anyhow::{Result, bail};
use thirtyfour::Key;

journey!(a_keyboard_is_enough_for_a_reset);

/// The text or the name of what has the focus, inside elements too.
const FOCUSED: &str = "let focused = document.activeElement;
while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
return focused ? focused.tagName + ' ' + (focused.autocomplete ?? '') + ' ' + (focused.textContent ?? '') : '';";

/// More stops than any step has.
const STOPS: usize = 40;

async fn a_keyboard_is_enough_for_a_reset(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let (mail, reset) = (world.mail(&browser), Reset::new(world, &browser));
    let says = |words: Words| words.in_language(world.language);
    let tab_to = async |wanted: &str| -> Result<()> {
        for _ in 0..STOPS {
            if browser.run(FOCUSED, vec![]).await?.as_str().is_some_and(|focused| focused.contains(wanted)) {
                return Ok(());
            }
            browser.press(Key::Tab).await?;
        }
        bail!("{STOPS} stops of the Tab key do not lead to “{wanted}”")
    };
    let press_enter = async || browser.press(Key::Enter).await;

    tab_to("SUMMARY").await?;
    press_enter().await?;
    reset.is_live().await?;
    browser.press(Key::Tab).await?;
    tab_to("INPUT username").await?;
    browser.press(WELL_PREPARED).await?;
    press_enter().await?;

    reset.step("reason").await?;
    tab_to(&says(Words("reason.reset", "I forgot my password"))).await?;
    press_enter().await?;
    reset.step("choose").await?;
    tab_to(&says(Words("method.email", "E-mail me a code"))).await?;
    press_enter().await?;
    reset.step("code").await?;
    // The focus is in the field already.
    browser.press(mail.code(&home(WELL_PREPARED), 1).await?).await?;
    press_enter().await?;

    reset.step("choose-second").await?;
    tab_to(&says(Words("method.totp", "Use my authenticator app"))).await?;
    press_enter().await?;
    reset.step("code").await?;
    browser.press(Authenticator::new(TOTP_KEY)?.code().await?).await?;
    press_enter().await?;

    reset.step("new-password").await?;
    tab_to("INPUT new-password").await?;
    browser.press(NEW_PASSWORD).await?;
    press_enter().await?;
    reset.step("done").await?;

    // The page put the identifier into its form and the focus to the password.
    browser.press(NEW_PASSWORD).await?;
    press_enter().await?;
    crate::sign_in::SignIn(&browser).is_signed_in().await
}
