//! A known password is changed.

use crate::{
    change::Change,
    people::{NEW_PASSWORD, OLD_PASSWORD, WELL_PREPARED, office},
    sign_in::SignIn,
    words::Words,
    world::{World, journey},
};
use anyhow::Result;

const NOTICE: [Words; 2] = [Words("", "the password was changed"), Words("", "パスワードが変更されました")];

journey!(a_known_password_is_changed);

async fn a_known_password_is_changed(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let (sign_in, mail, change) = (SignIn(&browser), world.mail(&browser), Change::new(world, &browser));
    sign_in.sign_in(WELL_PREPARED, OLD_PASSWORD).await?;
    change.is_refused("Not-My-Password-1", NEW_PASSWORD).await?;
    change.change(OLD_PASSWORD, NEW_PASSWORD).await?;
    world.mailed(&mail, &office(WELL_PREPARED), NOTICE).await?;
    sign_in.sign_out().await?;
    sign_in.is_refused(WELL_PREPARED, OLD_PASSWORD).await?;
    sign_in.sign_in(WELL_PREPARED, NEW_PASSWORD).await
}
