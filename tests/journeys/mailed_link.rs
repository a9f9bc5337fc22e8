//! The link in a mail: opened in another browser than the one that asked, and only once.

use crate::{
    authenticator::Authenticator,
    people::{NEW_PASSWORD, TOTP_KEY, WELL_PREPARED, home},
    reset::{self, Reset},
    sign_in::SignIn,
    world::{World, journey},
};
use anyhow::{Result, ensure};

journey!(a_mailed_link_goes_on_in_a_second_browser);
journey!(a_mailed_link_works_once);

async fn a_mailed_link_goes_on_in_a_second_browser(world: &World) -> Result<()> {
    let first = world.browser().await?;
    let mail = world.mail(&first);
    let asking = Reset::new(world, &first);
    SignIn(&first).forgot().await?;
    asking.forgot(WELL_PREPARED).await?;
    asking.choose(reset::EMAIL).await?;
    let link = mail.link(&home(WELL_PREPARED), 1).await?;

    let second = world.follow(&first, &link).await?;
    let reset = Reset::new(world, &second);
    reset.go_on_with_link().await?;
    let address = second.driver.current_url().await?;
    ensure!(
        address.fragment().unwrap_or_default().is_empty(),
        "the token is still in the address: {address}"
    );
    reset.step("choose-second").await?;
    reset.by_totp(&mut Authenticator::new(TOTP_KEY)?).await?;
    reset.set_password(NEW_PASSWORD).await?;
    SignIn(&second).sign_in(WELL_PREPARED, NEW_PASSWORD).await
}

async fn a_mailed_link_works_once(world: &World) -> Result<()> {
    let first = world.browser().await?;
    let mail = world.mail(&first);
    let asking = Reset::new(world, &first);
    SignIn(&first).forgot().await?;
    asking.forgot(WELL_PREPARED).await?;
    asking.choose(reset::EMAIL).await?;
    let link = mail.link(&home(WELL_PREPARED), 1).await?;

    let second = world.follow(&first, &link).await?;
    let opened = Reset::new(world, &second);
    opened.go_on_with_link().await?;
    opened.step("choose-second").await?;

    let third = world.follow(&first, &link).await?;
    Reset::new(world, &third).link_is_dead().await
}
