//! Printed recovery codes.

use crate::{
    enroll::{self, Enroll},
    people::{NEW_PASSWORD, OLD_PASSWORD, WELL_PREPARED, home},
    reset::{self, Reset},
    sign_in::SignIn,
    world::{World, journey},
};
use anyhow::{Context, Result};

journey!(a_recovery_code_proves_it_once);

async fn a_recovery_code_proves_it_once(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let (sign_in, mail) = (SignIn(&browser), world.mail(&browser));
    let (enroll, reset) = (Enroll::new(world, &browser), Reset::new(world, &browser));
    let address = home(WELL_PREPARED);

    sign_in.sign_in(WELL_PREPARED, OLD_PASSWORD).await?;
    enroll.shows_methods().await?;
    enroll.add(enroll::CODES).await?;
    let codes = enroll.make_codes().await?;
    let code = codes.first().context("there are codes")?;
    sign_in.sign_out().await?;

    sign_in.forgot().await?;
    reset.forgot(WELL_PREPARED).await?;
    reset.choose(reset::RECOVERY_CODE).await?;
    reset.code(code).await?;
    let before = mail.all(&address).await?.len();
    reset.by_email(&mail, &address, before + 1).await?;
    reset.set_password(NEW_PASSWORD).await?;
    sign_in.sign_in(WELL_PREPARED, NEW_PASSWORD).await?;
    sign_in.sign_out().await?;

    // The same code again proves nothing.
    sign_in.forgot().await?;
    reset.forgot(WELL_PREPARED).await?;
    reset.choose(reset::RECOVERY_CODE).await?;
    reset.code_is_refused(code).await
}
