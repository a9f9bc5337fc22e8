//! Okta's Authentication API, as its documentation says that it speaks.

use super::{replay::Replay, *};

#[test]
fn a_text_message_and_an_answer_lead_to_a_new_password_under_its_own_policy() {
    visit("okta_text_message", |world| Box::pin(by_text(world)));
}

#[test]
fn accounts_that_are_unknown_or_may_not_look_like_any_other() {
    visit("okta_unknown", |world| Box::pin(unknown(world)));
}

#[test]
fn a_transaction_whose_time_is_over_says_so() {
    visit("okta_expired", |world| Box::pin(expired(world)));
}

#[test]
fn too_many_requests_wait_until_the_moment_they_are_told() {
    visit("okta_too_many", |world| Box::pin(too_many(world)));
}

#[test]
fn a_mailed_link_leads_to_a_new_password_once() {
    visit("okta_link", |world| Box::pin(by_link(world)));
}

#[test]
fn a_locked_account_is_unlocked() {
    visit("okta_unlock", |world| Box::pin(unlock(world)));
}

const ALL: &str = "email sms voice unlock";

async fn open(world: &World, story: &str, families: &str, at: &str) -> Result<(Replay, Browser)> {
    let body = format!("<sspr-reset backend-kind='okta {families}' backend=/api/v1/authn></sspr-reset>");
    let system = Replay::start(&format!("okta/{story}"), "/api", &body).await?;
    let browser = system.browser(world, at).await?;
    Ok((system, browser))
}

/// Says who it is and why, and picks a method.
async fn choose(browser: &Browser, who: &str, why: &str, method: &str) -> Result<()> {
    identify(browser, who).await?;
    browser.click(RESET, &format!("button[value={why}]")).await?;
    browser.click(RESET, &format!("button[value={method}]")).await
}

async fn say(browser: &Browser, words: &str) -> Result<()> {
    browser.find_text(RESET, "label", "Who was your first hero?").await?;
    browser.fill(RESET, "[name=answer-0]", words).await?;
    press(browser).await
}

async fn by_text(world: &World) -> Result<()> {
    let (system, browser) = open(world, "text_message", ALL, "").await?;
    choose(&browser, PERSON, "reset", "sms").await?;
    answer(&browser, "000000").await?;
    browser.find_text(RESET, ".error", "4 more tries").await?;
    answer(&browser, "657 866").await?;
    say(&browser, "Batman").await?;
    browser.find_text(RESET, ".error", "4 more tries").await?;
    say(&browser, "Annie Oakley").await?;
    browser.shows(RESET, "At least 14 characters").await?;
    browser.shows(RESET, "Not one of your last 4 passwords").await?;
    set_password(&browser, "quiet-lagoon-97-otter").await?;
    browser.find_text(RESET, ".error", "capital letters").await?;
    set_password(&browser, "Other-Lagoon-86-Heron").await?;
    browser.find_text(RESET, ".error", "Accepted by your organisation").await?;
    set_password(&browser, NEW).await?;
    is_done(&browser).await?;
    system.is_over()
}

async fn unknown(world: &World) -> Result<()> {
    let (system, browser) = open(world, "unknown", "sms", "").await?;
    identify(&browser, "nobody@example.org").await?;
    for left in ["4 more tries", "3 more tries"] {
        answer(&browser, "000000").await?;
        browser.find_text(RESET, ".error", left).await?;
    }
    answer(&browser, "000000").await?;
    browser.find("", "sspr-reset[view=gone]").await?;
    system.is_over()?;

    let (system, browser) = open(world, "not_allowed", "sms", "").await?;
    identify(&browser, "service@example.org").await?;
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
    let (system, browser) = open(world, "expired", ALL, "").await?;
    choose(&browser, PERSON, "reset", "voice").await?;
    answer(&browser, "65786").await?;
    browser.find("", "sspr-reset[view=gone]").await?;
    system.is_over()
}

async fn too_many(world: &World) -> Result<()> {
    let (system, browser) = open(world, "too_many", "", "").await?;
    identify(&browser, PERSON).await?;
    // As it says when, far in the future, an hour is the most that we wait.
    browser.shows(RESET, "60 minutes").await?;
    press(&browser).await?;
    browser.find_text(RESET, "h2", "Look in your mail").await?;
    system.is_over()
}

async fn by_link(world: &World) -> Result<()> {
    let (system, browser) = open(world, "link", "", "#sspr=VBQ0gwBp5LyJJFdbmWCM").await?;
    press(&browser).await?;
    say(&browser, "Annie Oakley").await?;
    set_password(&browser, NEW).await?;
    is_done(&browser).await?;
    system.is_over()?;

    let (system, browser) = open(world, "used_link", "", "#sspr=VBQ0gwBp5LyJJFdbmWCM").await?;
    press(&browser).await?;
    browser.find("", "sspr-reset[view=link-gone]").await?;
    system.is_over()
}

async fn unlock(world: &World) -> Result<()> {
    let (system, browser) = open(world, "unlock", ALL, "").await?;
    identify(&browser, PERSON).await?;
    browser.click(RESET, "button[value=unlock]").await?;
    browser.find(RESET, "button[value=sms]").await?;
    ensure!(browser.look(RESET, "button[value=voice]", "").await?.is_none(), "a call unlocks nothing");
    browser.click(RESET, "button[value=sms]").await?;
    answer(&browser, "657866").await?;
    say(&browser, "Annie Oakley").await?;
    is_done(&browser).await?;
    browser.shows(RESET, "unlocked").await?;
    system.is_over()?;

    // Okta may find only now that it is locked.
    let (system, browser) = open(world, "locked_out", ALL, "").await?;
    choose(&browser, PERSON, "reset", "sms").await?;
    answer(&browser, "657866").await?;
    // Another code is on its way.
    browser.gone(RESET, "[aria-busy]").await?;
    answer(&browser, "246801").await?;
    is_done(&browser).await?;
    system.is_over()
}
