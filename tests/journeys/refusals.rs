//! What a person sees who gets it wrong, or is nobody.

use crate::{
    people::{DISABLED, UNKNOWN, WELL_PREPARED, WITHOUT_METHODS, home},
    reset::{self, Reset},
    sign_in::SignIn,
    world::{World, journey},
};
use anyhow::{Result, ensure};

journey!(five_wrong_codes_end_the_recovery);
journey!(unknown_disabled_and_unregistered_accounts_look_like_any_other);

async fn five_wrong_codes_end_the_recovery(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let reset = Reset::new(world, &browser);
    SignIn(&browser).forgot().await?;
    reset.forgot(WELL_PREPARED).await?;
    reset.choose(reset::EMAIL).await?;
    let right = world.mail(&browser).code(&home(WELL_PREPARED), 1).await?;
    let wrong = if right == "000000" { "111111" } else { "000000" };
    for _ in 1..5 {
        reset.code_is_refused(wrong).await?;
    }
    reset.type_code(wrong).await?;
    reset.has_ended().await
}

async fn unknown_disabled_and_unregistered_accounts_look_like_any_other(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let reset = Reset::new(world, &browser);
    let sign_in = SignIn(&browser);
    sign_in.forgot().await?;
    let mut screens = Vec::new();
    for identifier in [WELL_PREPARED, UNKNOWN, DISABLED, WITHOUT_METHODS] {
        reset.forgot(identifier).await?;
        let choice = reset.screen().await?;
        reset.choose(reset::EMAIL).await?;
        reset.step("code").await?;
        reset.code_is_refused("123456").await?;
        screens.push((choice, without_digits(&reset.screen().await?)));
        browser.driver.refresh().await?;
        browser.find("", "#people").await?;
        sign_in.forgot().await?;
    }
    for (identifier, screen) in [UNKNOWN, DISABLED, WITHOUT_METHODS].iter().zip(&screens[1..]) {
        ensure!(*screen == screens[0], "{identifier} sees {screen:#?}, others {:#?}", screens[0]);
    }
    for identifier in [UNKNOWN, DISABLED, WITHOUT_METHODS] {
        let sent = world.mail(&browser).all(&home(identifier)).await?;
        ensure!(sent.is_empty(), "{identifier} was sent {sent:?}");
    }
    Ok(())
}

/// Countdowns differ from one moment to the next.
fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}
