//! authentik's recovery flow, as its source says that it speaks: by link, by a device's code, and where it ends.

use super::{replay::Replay, *};

#[test]
fn a_link_leads_to_a_new_password_once() {
    visit("authentik_link", |world| Box::pin(by_link(world)));
}

#[test]
fn a_devices_code_leads_to_a_new_password() {
    visit("authentik_code", |world| Box::pin(by_code(world)));
}

#[test]
fn somebody_unknown_is_told_to_look_in_their_mail_whether_it_pretends_or_not() {
    visit("authentik_unknown", |world| Box::pin(unknown(world)));
}

#[test]
fn a_session_that_is_over_ends_it() {
    visit("authentik_gone", |world| Box::pin(gone(world)));
}

#[test]
fn a_refusal_says_how_long_to_wait() {
    visit("authentik_limited", |world| Box::pin(limited(world)));
}

async fn start(story: &str) -> Result<Replay> {
    let body = "<sspr-reset backend-kind=authentik link-param=flow_token \
                backend=/auth/api/v3/flows/executor/default-recovery-flow/></sspr-reset>";
    Replay::start(&format!("authentik/{story}"), "/auth", body).await
}

const LINK: &str = "?flow_token=qNnL8sVd0XyWb3";

async fn by_link(world: &World) -> Result<()> {
    let system = start("link").await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, PERSON).await?;
    browser.find_text(RESET, "h2", "Look in your mail").await?;
    let other = system.browser(world, LINK).await?;
    other.find("", "sspr-reset[view=link]").await?;
    let address = other.driver.current_url().await?;
    ensure!(!address.as_str().contains("flow_token"), "the token is out of the address: {address}");
    press(&other).await?;
    set_password(&other, "harbor77").await?;
    other.find_text(RESET, ".error", "Accepted by your organisation").await?;
    set_password(&other, NEW).await?;
    is_done(&other).await?;
    let late = system.browser(world, LINK).await?;
    late.find("", "sspr-reset[view=link-gone]").await?;
    system.is_over()
}

async fn by_code(world: &World) -> Result<()> {
    let system = start("code").await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, PERSON).await?;
    // What cannot be asked for here, a passkey, is not offered.
    browser.find_text(RESET, "button", "Use my authenticator app").await?;
    let ways = browser.run(WAYS, vec![]).await?;
    ensure!(ways == 2, "an app and an address: {ways}");
    browser.click_text(RESET, "button", "E-mail a code to al***@ex*****.org").await?;
    answer(&browser, "000000").await?;
    browser.find_text(RESET, ".error", "4 more tries").await?;
    answer(&browser, "493817").await?;
    set_password(&browser, "harbor77").await?;
    browser.find_text(RESET, ".error", "Not on a list of leaked passwords").await?;
    set_password(&browser, NEW).await?;
    is_done(&browser).await?;
    system.is_over()
}

/// How many ways there are to choose from.
const WAYS: &str =
    "return document.querySelector('sspr-reset').shadowRoot.querySelectorAll('[part~=choice][value]').length";

async fn unknown(world: &World) -> Result<()> {
    let system = start("unknown").await?;
    // The second finds the first one's recovery in the session, and leaves it.
    for who in ["nobody@example.org", "nobody@example.net"] {
        let browser = system.browser(world, "").await?;
        identify(&browser, who).await?;
        browser.find_text(RESET, "h2", "Look in your mail").await?;
    }
    system.is_over()
}

async fn gone(world: &World) -> Result<()> {
    let system = start("gone").await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, PERSON).await?;
    browser.shows(RESET, "Open your authenticator app").await?;
    answer(&browser, "493817").await?;
    set_password(&browser, NEW).await?;
    browser.find("", "sspr-reset[view=gone]").await?;
    system.is_over()
}

async fn limited(world: &World) -> Result<()> {
    let system = start("limited").await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, PERSON).await?;
    browser.shows(RESET, "17 seconds").await?;
    press(&browser).await?;
    browser.find_text(RESET, "h2", "Look in your mail").await?;
    system.is_over()
}
