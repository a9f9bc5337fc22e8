//! Security questions: registered, and answered in a reset.

use crate::{
    enroll::{self, Enroll, answer_to},
    people::{NEW_PASSWORD, OLD_PASSWORD, WELL_PREPARED, WITHOUT_METHODS, home, registered_answer},
    reset::{self, Reset},
    sign_in::SignIn,
    world::{World, journey},
};
use anyhow::Result;

journey!(questions_are_registered_and_answered);
journey!(questions_answered_long_ago_still_prove_it);

async fn questions_are_registered_and_answered(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let (sign_in, mail) = (SignIn(&browser), world.mail(&browser));
    let (enroll, reset) = (Enroll::new(world, &browser), Reset::new(world, &browser));
    let address = home(WITHOUT_METHODS);

    sign_in.sign_in(WITHOUT_METHODS, OLD_PASSWORD).await?;
    enroll.begin().await?;
    enroll.rather(enroll::QUESTIONS).await?;
    enroll.answer_questions().await?;
    enroll.rather(enroll::EMAIL).await?;
    enroll.prove_email(&mail, &address, 1).await?;
    enroll.finish().await?;
    sign_in.sign_out().await?;

    sign_in.forgot().await?;
    reset.forgot(WITHOUT_METHODS).await?;
    reset.choose(reset::QUESTIONS).await?;
    reset.answer(answer_to).await?;
    let before = mail.all(&address).await?.len();
    reset.by_email(&mail, &address, before + 1).await?;
    reset.set_password(NEW_PASSWORD).await?;
    sign_in.sign_in(WITHOUT_METHODS, NEW_PASSWORD).await
}

async fn questions_answered_long_ago_still_prove_it(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let (sign_in, mail, reset) = (SignIn(&browser), world.mail(&browser), Reset::new(world, &browser));
    sign_in.forgot().await?;
    reset.forgot(WELL_PREPARED).await?;
    reset.by_email(&mail, &home(WELL_PREPARED), 1).await?;
    reset.choose(reset::QUESTIONS).await?;
    reset.answer(registered_answer).await?;
    reset.set_password(NEW_PASSWORD).await?;
    sign_in.sign_in(WELL_PREPARED, NEW_PASSWORD).await
}
