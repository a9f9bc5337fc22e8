//! The periodic "is this still right?".

use crate::{
    enroll::Enroll,
    people::{OLD_PASSWORD, REGISTERED_LONG_AGO},
    sign_in::SignIn,
    world::{World, journey},
};
use anyhow::Result;

journey!(methods_registered_long_ago_are_confirmed_with_looks_good);

async fn methods_registered_long_ago_are_confirmed_with_looks_good(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let (sign_in, enroll) = (SignIn(&browser), Enroll::new(world, &browser));
    sign_in.sign_in(REGISTERED_LONG_AGO, OLD_PASSWORD).await?;
    enroll.looks_good().await?;

    // Asked and answered: not again at the next sign-in.
    sign_in.sign_out().await?;
    sign_in.sign_in(REGISTERED_LONG_AGO, OLD_PASSWORD).await?;
    enroll.shows_methods().await
}
