//! Ory Kratos, as its source and documents say that it speaks (26.2).

use super::{replay::Replay, *};

#[test]
fn a_code_leads_to_a_new_password_and_the_session_that_came_with_it_ends() {
    visit("kratos_code", |world| Box::pin(by_code(world)));
}

#[test]
fn an_unknown_address_looks_like_a_known_one_and_too_many_codes_end_the_flow() {
    visit("kratos_unknown", |world| Box::pin(unknown(world)));
}

#[test]
fn a_flow_whose_time_is_over_says_so() {
    visit("kratos_expired", |world| Box::pin(expired(world)));
}

#[test]
fn too_many_requests_wait_as_long_as_they_are_told() {
    visit("kratos_too_many", |world| Box::pin(too_many(world)));
}

#[test]
fn a_reset_is_no_way_past_a_second_factor() {
    visit("kratos_second_factor", |world| Box::pin(second_factor(world)));
}

#[test]
fn the_session_of_an_abandoned_recovery_ends() {
    visit("kratos_session", |world| Box::pin(session(world)));
}

#[test]
fn who_has_several_addresses_is_not_shown_them() {
    visit("kratos_addresses", |world| Box::pin(addresses(world)));
}

#[test]
fn an_address_that_was_never_verified_is() {
    visit("kratos_verification", |world| Box::pin(verification(world)));
}

#[test]
fn somebody_signed_in_changes_the_password_and_registers_an_app_and_codes() {
    visit("kratos_account", |world| Box::pin(account(world)));
}

const ENROLL: &str = "sspr-enroll";
const CODE: &str = "918 273";

async fn open(world: &World, story: &str, form: &str) -> Result<(Replay, Browser)> {
    let body = format!("<sspr-{form} backend-kind=kratos backend=/kratos></sspr-{form}>");
    let system = Replay::start(&format!("kratos/{story}"), "/kratos", &body).await?;
    let browser = system.browser(world, "").await?;
    Ok((system, browser))
}

async fn by_code(world: &World) -> Result<()> {
    let (system, browser) = open(world, "code", "reset").await?;
    identify(&browser, PERSON).await?;
    answer(&browser, "000000").await?;
    browser.find_text(RESET, ".error", "4 more tries").await?;
    answer(&browser, CODE).await?;
    // Its own number, and not that of our guess.
    set_password(&browser, "harbor77").await?;
    browser.find_text(RESET, ".error", "At least 12 characters").await?;
    set_password(&browser, "Summer2024!!").await?;
    browser.find_text(RESET, ".error", "leaked").await?;
    set_password(&browser, NEW).await?;
    is_done(&browser).await?;
    system.is_over()
}

async fn unknown(world: &World) -> Result<()> {
    let (system, browser) = open(world, "unknown", "reset").await?;
    identify(&browser, "nobody@example.org").await?;
    for left in ["4 more tries", "3 more tries", "2 more tries", "one more try"] {
        answer(&browser, "000000").await?;
        browser.find_text(RESET, ".error", left).await?;
    }
    answer(&browser, "000000").await?;
    browser.find_text(RESET, ".error", "0 more tries").await?;
    answer(&browser, "000000").await?;
    browser.find("", "sspr-reset[view=gone]").await?;
    system.is_over()
}

async fn expired(world: &World) -> Result<()> {
    let (system, browser) = open(world, "expired", "reset").await?;
    identify(&browser, PERSON).await?;
    answer(&browser, CODE).await?;
    browser.find("", "sspr-reset[view=gone]").await?;
    system.is_over()
}

async fn too_many(world: &World) -> Result<()> {
    let (system, browser) = open(world, "too_many", "reset").await?;
    identify(&browser, PERSON).await?;
    browser.shows(RESET, "42 seconds").await?;
    press(&browser).await?;
    browser.find(RESET, "[name=code]").await?;
    system.is_over()
}

async fn second_factor(world: &World) -> Result<()> {
    let (system, browser) = open(world, "second_factor", "reset").await?;
    identify(&browser, PERSON).await?;
    answer(&browser, CODE).await?;
    browser.shows(RESET, "authenticator").await?;
    answer(&browser, "000000").await?;
    browser.find_text(RESET, ".error", "4 more tries").await?;
    browser.click_text(RESET, "button", "Try another method").await?;
    browser.click(RESET, "button[value=recovery_code]").await?;
    answer(&browser, "0B9X-K2M1").await?;
    set_password(&browser, NEW).await?;
    is_done(&browser).await?;
    system.is_over()
}

async fn session(world: &World) -> Result<()> {
    let (system, browser) = open(world, "left_over", "reset").await?;
    identify(&browser, PERSON).await?;
    answer(&browser, CODE).await?;
    browser.find(RESET, "[name=new-password]").await?;
    // Giving up ends this one, too.
    browser.click_text(RESET, "button", "Cancel").await?;
    browser.find(RESET, "[name=identifier]").await?;
    wait_for("end of the session", || system.is_over().ok()).await?;
    Ok(())
}

async fn addresses(world: &World) -> Result<()> {
    let (system, browser) = open(world, "addresses", "reset").await?;
    identify(&browser, PERSON).await?;
    answer(&browser, CODE).await?;
    browser.find(RESET, "[name=new-password]").await?;
    system.is_over()
}

async fn verification(world: &World) -> Result<()> {
    let (system, browser) = open(world, "verification", "enroll").await?;
    browser.click_text(ENROLL, "button", "Verify").await?;
    for code in ["000000", "135790"] {
        browser.fill(ENROLL, "[name=code]", code).await?;
        browser.click(ENROLL, "button.main").await?;
        if code == "000000" {
            browser.find_text(ENROLL, ".error", "not right").await?;
        }
    }
    browser.gone(ENROLL, "[name=code]").await?;
    system.is_over()
}

async fn account(world: &World) -> Result<()> {
    let (system, browser) = open(world, "change", "change").await?;
    let change = async |current: &str, new: &str| {
        browser.fill(CHANGE, "[name=current]", current).await?;
        browser.fill(CHANGE, "[name=new]", new).await?;
        browser.click(CHANGE, "button.main").await
    };
    change("wrong", NEW).await?;
    browser.find_text(CHANGE, ".error", "current password").await?;
    change(OLD, "alex@example.org1").await?;
    browser.find_text(CHANGE, ".error", "your name or user name").await?;
    change(OLD, NEW).await?;
    browser.find("", "sspr-change[view=done]").await?;
    system.is_over()?;

    let (system, browser) = open(world, "methods", "enroll").await?;
    let main = async || browser.click(ENROLL, "button.main").await;
    browser.find_text(ENROLL, ".method", "a•••@example.org").await?;
    main().await?;
    browser.click_text(ENROLL, "button", "Authenticator app").await?;
    browser.find(ENROLL, "[name=name]").await?;
    main().await?;
    browser.find(ENROLL, ".key").await?;
    browser.fill(ENROLL, "[name=code]", "123456").await?;
    main().await?;
    // It asks for the password first, and what was typed is sent again.
    browser.fill(ENROLL, "[name=proof]", OLD).await?;
    browser.click(ENROLL, "form:has([name=proof]) button.main").await?;
    browser.find_text(ENROLL, ".error", "not right").await?;
    browser.fill(ENROLL, "[name=code]", "654321").await?;
    main().await?;
    browser.find_text(ENROLL, ".method", "Authenticator app").await?;
    main().await?;
    browser.click_text(ENROLL, "button", "Recovery codes").await?;
    main().await?;
    browser.shows(ENROLL, "a7kq2m9x").await?;
    browser.click(ENROLL, "#sspr-saved").await?;
    main().await?;
    browser.find_text(ENROLL, ".method", "Recovery codes").await?;
    browser.click_text(ENROLL, "button", "Remove").await?;
    browser.click(ENROLL, "button.danger").await?;
    browser.find(ENROLL, "button.main").await?;
    browser.gone(ENROLL, "button.danger").await?;
    system.is_over()
}
