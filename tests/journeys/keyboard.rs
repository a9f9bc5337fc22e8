//! The main ways without a mouse.

use crate::{
    authenticator::Authenticator,
    browser::Browser,
    enroll,
    people::{NEW_PASSWORD, OLD_PASSWORD, REGISTERED_LONG_AGO, TOTP_KEY, WELL_PREPARED, home},
    reset::Reset,
    words::Words,
    world::{World, journey},
};
use anyhow::{Result, bail};
use thirtyfour::Key;

journey!(a_keyboard_is_enough_for_a_reset);
journey!(a_keyboard_is_enough_to_register_and_to_change_a_password);

/// The text or the name of what has the focus, inside elements too.
const FOCUSED: &str = "let focused = document.activeElement;
while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
return focused ? focused.tagName + ' ' + (focused.autocomplete ?? '') + ' ' + (focused.textContent ?? '') : '';";

/// More stops than any step has.
const STOPS: usize = 40;

/// Presses Tab until what has the focus says this.
async fn tab_to(browser: &Browser, wanted: &str) -> Result<()> {
    for _ in 0..STOPS {
        if browser.run(FOCUSED, vec![]).await?.as_str().is_some_and(|focused| focused.contains(wanted)) {
            return Ok(());
        }
        browser.press(Key::Tab).await?;
    }
    bail!("{STOPS} stops of the Tab key do not lead to “{wanted}”")
}

async fn a_keyboard_is_enough_for_a_reset(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let (mail, reset) = (world.mail(&browser), Reset::new(world, &browser));
    let says = |words: Words| words.in_language(world.language);
    let tab_to = async |wanted: &str| tab_to(&browser, wanted).await;
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

async fn a_keyboard_is_enough_to_register_and_to_change_a_password(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let mail = world.mail(&browser);
    let says = |words: Words| words.in_language(world.language);
    let tab_to = async |wanted: &str| tab_to(&browser, wanted).await;
    let press_enter = async || browser.press(Key::Enter).await;

    tab_to("INPUT username").await?;
    browser.press(REGISTERED_LONG_AGO).await?;
    tab_to("INPUT current-password").await?;
    browser.press(OLD_PASSWORD).await?;
    press_enter().await?;
    crate::sign_in::SignIn(&browser).is_signed_in().await?;

    browser.find(enroll::HOST, "h2").await?;
    tab_to(&says(Words("enroll.confirm.good", "Looks good"))).await?;
    press_enter().await?;
    // The list stands on the page before as well.
    enroll::Enroll::new(world, &browser).shows_methods().await?;
    tab_to(&says(Words("enroll.methods.add", "Add a method"))).await?;
    press_enter().await?;
    browser.find(enroll::HOST, ".choice").await?;
    tab_to(&format!("BUTTON  {}", says(enroll::EMAIL))).await?;
    press_enter().await?;
    browser.find(enroll::HOST, "[name=email]").await?;
    // The focus is in the field already.
    browser.press("finley.second@home.example").await?;
    press_enter().await?;
    let code = mail.code("finley.second@home.example", 1).await?;
    browser.find(enroll::HOST, "[name=code]").await?;
    browser.press(code).await?;
    press_enter().await?;
    browser.find_text(enroll::HOST, ".method", "@h").await?;

    tab_to("INPUT current-password").await?;
    browser.press(OLD_PASSWORD).await?;
    tab_to("INPUT new-password").await?;
    browser.press(NEW_PASSWORD).await?;
    press_enter().await?;
    browser.find("", "sspr-change[view=done]").await.map(drop)
}
