//! A person who knows the password but is locked out.

use crate::{
    authenticator::Authenticator,
    people::{LOCKED_OUT, OLD_PASSWORD, TOTP_KEY, home},
    reset::Reset,
    sign_in::SignIn,
    world::{World, journey},
};
use anyhow::Result;

journey!(somebody_locked_out_unlocks_and_keeps_the_password);

async fn somebody_locked_out_unlocks_and_keeps_the_password(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let (sign_in, mail, reset) = (SignIn(&browser), world.mail(&browser), Reset::new(world, &browser));
    let mut app = Authenticator::new(TOTP_KEY)?;

    sign_in.is_refused(LOCKED_OUT, OLD_PASSWORD).await?;
    sign_in.forgot().await?;
    reset.locked_out(LOCKED_OUT).await?;
    reset.by_totp(&mut app).await?;
    reset.by_email(&mail, &home(LOCKED_OUT), 1).await?;
    reset.is_unlocked().await?;
    sign_in.sign_in(LOCKED_OUT, OLD_PASSWORD).await
}
