//! A new password that others have lost before.

use crate::{
    people::{NEW_PASSWORD, WELL_PREPARED, home},
    reset::{self, Reset},
    sign_in::SignIn,
    world::{World, journey},
};
use anyhow::Result;

/// On the list of the mailbox and on that of the demonstration; good otherwise.
const LEAKED: &str = "Summer2024!";

journey!(a_leaked_password_is_told_where_it_is_typed_and_refused);

async fn a_leaked_password_is_told_where_it_is_typed_and_refused(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let (reset, mail, sign_in) = (Reset::new(world, &browser), world.mail(&browser), SignIn(&browser));
    sign_in.forgot().await?;
    reset.forgot(WELL_PREPARED).await?;
    reset.by_email(&mail, &home(WELL_PREPARED), 1).await?;
    reset.step("choose-second").await?;
    reset.choose(reset::SMS).await?;
    reset.code(&mail.code("+819012340001", 1).await?).await?;
    reset.step("new-password").await?;
    reset.type_password(LEAKED).await?;
    reset.is_leaked().await?;
    reset.password_is_refused().await?;
    reset.set_password(NEW_PASSWORD).await?;
    sign_in.sign_in(WELL_PREPARED, NEW_PASSWORD).await
}
