//! PWM's public service, as its source says that it speaks: choosing a method, two gates, questions, and where it ends.

use super::{replay::Replay, *};

#[test]
fn a_destination_is_chosen_and_two_proofs_lead_to_a_new_password() {
    visit("pwm_choice", |world| Box::pin(choice(world)));
}

#[test]
fn answers_to_questions_are_a_proof_and_a_state_that_is_too_old_ends_it() {
    visit("pwm_questions", |world| Box::pin(questions(world)));
}

#[test]
fn somebody_unknown_is_asked_for_a_code_until_five_are_wrong() {
    visit("pwm_unknown", |world| Box::pin(unknown(world)));
}

#[test]
fn what_its_service_cannot_do_for_a_locked_account_is_said() {
    visit("pwm_locked", |world| Box::pin(locked(world)));
}

#[test]
fn who_tries_too_often_waits() {
    visit("pwm_limited", |world| Box::pin(limited(world)));
}

async fn start(story: &str) -> Result<Replay> {
    speaking("en", story).await
}

/// It forgets everything when the language changes.
async fn speaking(lang: &str, story: &str) -> Result<Replay> {
    let body = format!("<sspr-reset backend-kind=pwm backend=/pwm/public/rest lang={lang}></sspr-reset>");
    Replay::start(&format!("pwm/{story}"), "/pwm/public/rest", &body).await
}

async fn choice(world: &World) -> Result<()> {
    let system = start("choice").await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, "alex").await?;
    browser.find_text(RESET, "button", "Text a code to ***-***-0142").await?;
    browser.find_text(RESET, "button", "Use my authenticator app").await?;
    browser.click_text(RESET, "button", "E-mail a code to a***@e******.org").await?;
    answer(&browser, "Wr0ng").await?;
    browser.find_text(RESET, ".error", "4 more tries").await?;
    answer(&browser, "Gx7kPq2m").await?;
    // Of the second gate there is one way, which needs no choice.
    browser.shows(RESET, "Open your authenticator app").await?;
    answer(&browser, "000000").await?;
    browser.find_text(RESET, ".error", "4 more tries").await?;
    answer(&browser, "493 817").await?;
    set_password(&browser, "harbor77").await?;
    browser.find_text(RESET, ".error", "At least 12 characters").await?;
    set_password(&browser, "quiet-lagoon-otter").await?;
    browser.find_text(RESET, ".error", "At least so many digits: 1").await?;
    set_password(&browser, NEW).await?;
    is_done(&browser).await?;
    system.is_over()
}

async fn questions(world: &World) -> Result<()> {
    let system = start("questions").await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, "alex").await?;
    browser.shows(RESET, "What is the name of your favorite teacher?").await?;
    let say = async |book: &str, teacher: &str| {
        browser.fill(RESET, "[name=answer-0]", book).await?;
        browser.fill(RESET, "[name=answer-1]", teacher).await?;
        press(&browser).await
    };
    say("Emma", "Smith").await?;
    browser.find_text(RESET, ".error", "4 more tries").await?;
    say("Pippi", "Curie").await?;
    set_password(&browser, NEW).await?;
    browser.find("", "sspr-reset[view=gone]").await?;
    system.is_over()
}

async fn unknown(world: &World) -> Result<()> {
    let system = start("unknown").await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, "nobody").await?;
    browser.shows(RESET, "If an account matches, we have sent a code").await?;
    for left in ["4 more tries", "3 more tries", "2 more tries", "one more try"] {
        answer(&browser, "Gx7kPq2m").await?;
        browser.find_text(RESET, ".error", left).await?;
    }
    answer(&browser, "Gx7kPq2m").await?;
    browser.find("", "sspr-reset[view=gone]").await?;
    system.is_over()
}

async fn locked(world: &World) -> Result<()> {
    let system = start("locked").await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, "alex").await?;
    browser.shows(RESET, "We have sent a code to a***@e******.org").await?;
    answer(&browser, "Gx7kPq2m").await?;
    browser.shows(RESET, "This is not available to you here").await?;
    system.is_over()
}

async fn limited(world: &World) -> Result<()> {
    let system = speaking("de", "limited").await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, "alex").await?;
    browser.shows(RESET, "30 Minuten").await?;
    system.is_over()
}
