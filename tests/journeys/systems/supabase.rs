//! Supabase Auth, as its source says that it speaks: by code, by both links, with a second factor, and changing a password.

use super::{replay::Replay, *};

#[test]
fn a_code_leads_to_a_new_password_and_to_no_session() {
    visit("supabase_code", |world| Box::pin(by_code(world)));
}

#[test]
fn an_unknown_address_looks_like_a_known_one_and_five_wrong_codes_end_it() {
    visit("supabase_unknown", |world| Box::pin(unknown(world)));
}

#[test]
fn who_asked_a_moment_ago_is_asked_for_that_code_and_who_asks_too_often_waits() {
    visit("supabase_limited", |world| Box::pin(limited(world)));
}

#[test]
fn a_link_leads_to_the_second_factor_and_to_a_new_password_once() {
    visit("supabase_link", |world| Box::pin(by_link(world)));
}

#[test]
fn its_own_link_leaves_no_token_in_the_address_and_its_session_ends_with_the_recovery() {
    visit("supabase_session_link", |world| Box::pin(by_session(world)));
}

#[test]
fn somebody_signed_in_changes_the_password_and_the_current_one_is_proved() {
    visit("supabase_change", |world| Box::pin(change(world)));
}

const HASH: &str = "c1f2ac3fd4d8c3e1a0f0be7f0d1f6c2b6d1a4b2f9c7d3e5a8b6c4d2e";
const SESSION: &str = "eyJhbGciOiJFUzI1NiJ9.cmVjb3Zlcnk.c2ln";
const OVER: &str = "eyJhbGciOiJFUzI1NiJ9.b2xk.c2ln";

/// A page that gives the project's public key, and more. Its cookies are nothing that another origin's answers could be
/// read with.
async fn start(story: &str, element: &str, kind: &str, headers: &str) -> Result<Replay> {
    let body = format!("<{element} backend=/auth/v1 {kind}></{element}>");
    let script = format!(
        "document.cookie = 'of=the-page'; document.querySelector('{element}').headers = {{ apikey: 'sb_publishable_recorded', {headers} }};"
    );
    Replay::scripted(&format!("supabase/{story}"), "/auth/v1", &body, &script).await
}

async fn by_code(world: &World) -> Result<()> {
    let system = start("code", RESET, "backend-kind=supabase", "").await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, PERSON).await?;
    browser.shows(RESET, "If an account matches, we have sent a code").await?;
    answer(&browser, "000000").await?;
    browser.find_text(RESET, ".error", "4 more tries").await?;
    answer(&browser, "493 817").await?;
    set_password(&browser, "harbor77").await?;
    browser.find_text(RESET, ".error", "At least 12 characters").await?;
    // Of the classes that it asks for, only what is missing is named.
    browser.find_text(RESET, ".error", "At least so many capital letters: 1").await?;
    browser.find_text(RESET, ".error", "Not on a list of leaked passwords").await?;
    let told = browser.find(RESET, ".error").await?.text().await?;
    ensure!(!told.contains("digits"), "a digit was there: {told}");
    set_password(&browser, OLD).await?;
    browser.find_text(RESET, ".error", "Different from your current password").await?;
    set_password(&browser, NEW).await?;
    is_done(&browser).await?;
    system.is_over()
}

async fn unknown(world: &World) -> Result<()> {
    let system = start("unknown", RESET, "backend-kind=supabase", "").await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, "nobody@example.org").await?;
    browser.shows(RESET, "If an account matches, we have sent a code").await?;
    for left in ["4 more tries", "3 more tries", "2 more tries", "one more try"] {
        answer(&browser, "000000").await?;
        browser.find_text(RESET, ".error", left).await?;
    }
    answer(&browser, "000000").await?;
    browser.find("", "sspr-reset[view=gone]").await?;
    system.is_over()
}

async fn limited(world: &World) -> Result<()> {
    let system = start("limited", RESET, "backend-kind=supabase", "").await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, PERSON).await?;
    browser.shows(RESET, "30 seconds").await?;
    press(&browser).await?;
    // That somebody has a mail already is not told, and its code is good.
    browser.shows(RESET, "If an account matches, we have sent a code").await?;
    answer(&browser, "000000").await?;
    browser.shows(RESET, "30 seconds").await?;
    let send_again = async || {
        browser.find(RESET, "button.link:not([aria-disabled])").await?;
        browser.click_text(RESET, "button.link", "Send again").await
    };
    send_again().await?;
    browser.shows(RESET, "41 seconds").await?;
    send_again().await?;
    browser.shows(RESET, "We have sent a new code").await?;
    system.is_over()
}

async fn by_link(world: &World) -> Result<()> {
    let system = start("link", RESET, "backend-kind='supabase link'", "").await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, PERSON).await?;
    browser.find_text(RESET, "h2", "Look in your mail").await?;
    let other = system.browser(world, &format!("#sspr={HASH}")).await?;
    other.find("", "sspr-reset[view=link]").await?;
    press(&other).await?;
    other.shows(RESET, "Open your authenticator app").await?;
    answer(&other, "000000").await?;
    other.find_text(RESET, ".error", "4 more tries").await?;
    answer(&other, "493817").await?;
    set_password(&other, NEW).await?;
    is_done(&other).await?;
    let late = system.browser(world, &format!("#sspr={HASH}")).await?;
    late.find("", "sspr-reset[view=link]").await?;
    press(&late).await?;
    late.find("", "sspr-reset[view=link-gone]").await?;
    system.is_over()
}

async fn by_session(world: &World) -> Result<()> {
    let kind = "backend-kind=supabase link-param=access_token";
    let system = start("session_link", RESET, kind, "").await?;
    let link = |token| {
        format!(
            "#access_token={token}&expires_in=3600&refresh_token=v2r5mb3kqk7s&sb=&token_type=bearer&type=recovery"
        )
    };
    let browser = system.browser(world, &link(SESSION)).await?;
    browser.find("", "sspr-reset[view=link]").await?;
    let address = browser.driver.current_url().await?;
    ensure!(!address.as_str().contains("token"), "no token stays in the address: {address}");
    press(&browser).await?;
    set_password(&browser, NEW).await?;
    browser.find("", "sspr-reset[view=gone]").await?;
    let late = system.browser(world, &link(OVER)).await?;
    late.find("", "sspr-reset[view=link-gone]").await?;
    let given_up = system.browser(world, &link(SESSION)).await?;
    given_up.find("", "sspr-reset[view=link]").await?;
    press(&given_up).await?;
    given_up.find(RESET, "[name=new-password]").await?;
    given_up.click_text(RESET, "button", "Cancel").await?;
    wait_for("end of the session", || system.is_over().ok()).await
}

async fn change(world: &World) -> Result<()> {
    let signed_in = "authorization: 'Bearer eyJhbGciOiJFUzI1NiJ9.b3du.c2ln'";
    let system = start("change", CHANGE, "backend-kind=supabase", signed_in).await?;
    let browser = system.browser(world, "").await?;
    let change = async |current: &str, new: &str| {
        browser.fill(CHANGE, "[name=current]", current).await?;
        browser.fill(CHANGE, "[name=new]", new).await?;
        browser.click(CHANGE, "button.main").await
    };
    change("wrong", NEW).await?;
    browser.find_text(CHANGE, ".error", "current password").await?;
    change(OLD, "harbor77").await?;
    browser.find_text(CHANGE, ".error", "At least 12 characters").await?;
    change(OLD, NEW).await?;
    browser.find("", "sspr-change[view=done]").await?;
    system.is_over()
}
