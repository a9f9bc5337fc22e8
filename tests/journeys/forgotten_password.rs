//! The whole way: register, forget, prove it twice, set a new password.

use crate::{
    elsewhere::Elsewhere,
    enroll::{self, Enroll},
    people::{NEW_PASSWORD, NEWCOMER, OLD_PASSWORD, home, office},
    reset::{self, Reset},
    sign_in::SignIn,
    words::Words,
    world::{World, journey},
};
use anyhow::{Result, ensure};

const NOTICE: [Words; 2] = [Words("", "the password was reset"), Words("", "パスワードが再設定されました")];

journey!(somebody_registers_forgets_and_sets_a_new_password_through_two_gates);

async fn somebody_registers_forgets_and_sets_a_new_password_through_two_gates(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let (sign_in, mail) = (SignIn(&browser), world.mail(&browser));
    let (enroll, reset) = (Enroll::new(world, &browser), Reset::new(world, &browser));

    sign_in.sign_in(NEWCOMER, OLD_PASSWORD).await?;
    enroll.begin().await?;
    // The strongest comes first: the authenticator app.
    let mut app = enroll.prove_totp().await?;
    enroll.rather(enroll::EMAIL).await?;
    enroll.prove_email(&mail, &home(NEWCOMER), 1).await?;
    enroll.finish().await?;
    sign_in.sign_out().await?;

    let elsewhere = Elsewhere::sign_in(world, &browser, NEWCOMER, OLD_PASSWORD).await?;

    sign_in.forgot().await?;
    reset.forgot(&office(NEWCOMER)).await?;
    // Each registration of a method was told to the private address too.
    let before = mail.all(&home(NEWCOMER)).await?.len();
    reset.by_email(&mail, &home(NEWCOMER), before + 1).await?;
    reset.step("choose-second").await?;
    ensure!(!reset.offers(reset::EMAIL).await?, "the method just used is offered again");
    reset.by_totp(&mut app).await?;
    reset.set_password(NEW_PASSWORD).await?;

    let filled = sign_in.waits_for_password_of().await?;
    ensure!(filled.as_deref() == Some(NEWCOMER), "the sign-in form has {filled:?}");
    elsewhere.has_ended().await?;
    sign_in.is_refused(NEWCOMER, OLD_PASSWORD).await?;
    sign_in.sign_in(NEWCOMER, NEW_PASSWORD).await?;
    world.mailed(&mail, &office(NEWCOMER), NOTICE).await
}
