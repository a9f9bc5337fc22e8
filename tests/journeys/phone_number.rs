//! Where the policy wants it, the whole number is typed before a text or a call.

use crate::{
    people::WELL_PREPARED,
    reset::{self, HOST, Reset},
    sign_in::SignIn,
    words::Words,
    world::{Language, Place, World, go},
};
use anyhow::{Result, ensure};
use std::time::Duration;

const POLICY: &str = "[policy]\nconfirm_phone_number = true";
const PHONE: &str = "+819012340001";
const EMPTY: Words = Words("number.empty", "Enter the whole number.");

async fn a_number_is_typed_before_it_is_sent_to(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let (mail, reset) = (world.mail(&browser), Reset::new(world, &browser));
    SignIn(&browser).forgot().await?;
    reset.forgot(WELL_PREPARED).await?;
    reset.choose(reset::SMS).await?;
    // What is none is said at once, here or by the server.
    for none in ["", "12"] {
        reset.phone_number(none).await?;
        browser.shows(HOST, &EMPTY.in_language(world.language)).await?;
    }
    // Somebody else's is answered like the right one, and nothing is sent.
    reset.phone_number("+81 90 9999 9999").await?;
    reset.number_was_taken().await?;
    reset.code_is_refused("123456").await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    reset.other_method().await?;
    reset.step("choose").await?;
    reset.choose(reset::SMS).await?;
    reset.phone_number("+81 (90) 1234-0001").await?;
    reset.number_was_taken().await?;
    let code = mail.code(PHONE, 1).await?;
    ensure!(!reset.screen().await?.contains("1234"), "the number is not shown again");
    reset.code(&code).await?;
    reset.step("choose-second").await
}

#[test]
fn a_whole_number_on_the_server() {
    go("phone_number", Place::Server, Language::English, POLICY, |world| {
        Box::pin(a_number_is_typed_before_it_is_sent_to(world))
    });
}

#[test]
fn a_whole_number_on_the_server_in_japanese() {
    go("phone_number", Place::Server, Language::Japanese, POLICY, |world| {
        Box::pin(a_number_is_typed_before_it_is_sent_to(world))
    });
}
