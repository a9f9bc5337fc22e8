//! What a person sees who comes too late.

use crate::{
    people::WELL_PREPARED,
    reset::{self, Reset},
    sign_in::SignIn,
    world::{Passing, World, journey},
};
use anyhow::Result;
use std::time::Duration;

journey!(a_code_that_expired_is_refused, limits: "code_life = 60");
journey!(a_recovery_that_expired_starts_again, limits: "flow_life = 60");

/// A little longer than the minute that is the least for codes and flows.
const A_MINUTE: Duration = Duration::from_secs(61);

async fn a_code_that_expired_is_refused(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let reset = Reset::new(world, &browser);
    SignIn(&browser).forgot().await?;
    reset.forgot(WELL_PREPARED).await?;
    reset.choose(reset::SMS).await?;
    let code = world.mail(&browser).code("+819012340001", 1).await?;
    world.let_time_pass(&browser, Passing { button: 1, on_the_server: A_MINUTE }).await?;
    reset.code_is_refused(&code).await
}

async fn a_recovery_that_expired_starts_again(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let reset = Reset::new(world, &browser);
    SignIn(&browser).forgot().await?;
    reset.forgot(WELL_PREPARED).await?;
    reset.choose(reset::VOICE).await?;
    let code = world.mail(&browser).code("+819012340001", 1).await?;
    world.let_time_pass(&browser, Passing { button: 2, on_the_server: A_MINUTE }).await?;
    if browser.look("", "sspr-reset[view=code]", "").await?.is_some() {
        reset.type_code(&code).await?;
    }
    reset.has_ended().await
}
