//! What is django-allauth's own; the rest is the scenario's: a link, its limits, an address to register.

use super::{replay::Replay, *};
use crate::authenticator::Authenticator;

#[test]
fn an_unknown_address_looks_like_a_known_one_and_three_wrong_codes_end_it() {
    visit("allauth_unknown", |world| Box::pin(unknown(world)));
}

#[test]
fn a_link_leads_to_a_new_password() {
    visit("allauth_link", |world| Box::pin(by_link(world)));
}

#[test]
fn somebody_signed_in_changes_the_password_and_registers_an_app_and_an_address() {
    visit("allauth_account", |world| Box::pin(account(world)));
}

#[test]
fn a_refusal_that_says_no_time_waits_half_a_minute_and_then_twice_that() {
    visit("allauth_too_many", |world| Box::pin(too_many(world)));
}

pub(crate) const SIGN_IN: &str = "/_allauth/browser/v1/auth/login";
const KIND: &str = "backend-kind=allauth backend=/_allauth/browser/v1";

pub(crate) async fn start(mode: &str, forms: &[&str]) -> Result<System> {
    let body: String = forms.iter().map(|form| format!("<sspr-{form} {KIND}></sspr-{form}>")).collect();
    System::start("/_allauth", &body, |state, port, page| {
        let mut command = Command::new(given("SSPR_ALLAUTH")?);
        command.arg(script("django_allauth.py")).arg(state.path()).args([mode, &port.to_string(), page]);
        Ok(command)
    })
    .await
}

impl System {
    /// A line of the newest mail that looks like what is sought.
    async fn mailed(&self, count: usize, find: impl Fn(&str) -> Option<String>) -> Result<String> {
        let folder = self.state.path().join("mail");
        wait_for(&format!("mail {count}"), || {
            let mut files: Vec<_> =
                std::fs::read_dir(&folder).ok()?.filter_map(|it| Some(it.ok()?.path())).collect();
            files.sort_by_key(|file| file.metadata().and_then(|it| it.modified()).ok());
            let newest = files.last().filter(|_| files.len() >= count)?;
            std::fs::read_to_string(newest).ok()?.lines().find_map(&find)
        })
        .await
    }

    async fn code(&self, count: usize) -> Result<String> {
        let is_code = |line: &str| {
            line.len() >= 4
                && line.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'-')
        };
        self.mailed(count, |line| is_code(line).then(|| line.to_owned())).await
    }
}

async fn unknown(world: &World) -> Result<()> {
    let system = start("code", &["reset"]).await?;
    let browser = system.browser(world).await?;
    identify(&browser, "nobody@example.org").await?;
    browser.find(RESET, "[name=code]").await?;
    for left in ["2 more tries", "one more try"] {
        answer(&browser, "AAAA-0000").await?;
        browser.find_text(RESET, ".error", left).await?;
    }
    answer(&browser, "AAAA-0000").await?;
    answer(&browser, "AAAA-0000").await?;
    browser.find("", "sspr-reset[view=gone]").await.map(drop)
}

async fn too_many(world: &World) -> Result<()> {
    let body = format!("<sspr-reset {KIND}></sspr-reset>");
    let system = Replay::start("allauth/too_many", "/_allauth", &body).await?;
    let browser = system.browser(world, "").await?;
    identify(&browser, PERSON).await?;
    browser.shows(RESET, "30 seconds").await?;
    press(&browser).await?;
    browser.shows(RESET, "60 seconds").await?;
    press(&browser).await?;
    browser.find(RESET, "[name=code]").await?;
    system.is_over()
}

async fn by_link(world: &World) -> Result<()> {
    let system = start("link", &["reset"]).await?;
    let browser = system.browser(world).await?;
    identify(&browser, PERSON).await?;
    browser.find_text(RESET, "h2", "Look in your mail").await?;
    let link = system.mailed(1, |line| line.find("http").map(|at| line[at..].trim().to_owned())).await?;
    let other = world.browser_of_size(900, 1200).await?;
    other.open(&link).await?;
    other.find("", "sspr-reset[view=link]").await?;
    ensure!(
        !other.driver.current_url().await?.as_str().contains("sspr="),
        "the token is out of the address bar"
    );
    press(&other).await?;
    set_password(&other, NEW).await?;
    is_done(&other).await?;
    ensure!(signs_in(&other, SIGN_IN, NEW).await?, "the new password signs in");
    other.open("about:blank").await?;
    other.open(&link).await?;
    other.find("", "sspr-reset[view=link-gone]").await.map(drop)
}

async fn account(world: &World) -> Result<()> {
    let system = start("code", &["reset", "change", "enroll"]).await?;
    let browser = system.browser(world).await?;
    browser.find(RESET, "#sspr-identifier").await?;
    browser.run_async("fetch('/_allauth/browser/v1/config').then(() => arguments[0]())", vec![]).await?;
    ensure!(signs_in(&browser, SIGN_IN, OLD).await?, "signed in");
    browser.driver.refresh().await?;

    browser.fill(CHANGE, "[name=current]", "wrong").await?;
    browser.fill(CHANGE, "[name=new]", NEW).await?;
    browser.click(CHANGE, "button.main").await?;
    browser.find_text(CHANGE, ".error", "current password").await?;
    browser.fill(CHANGE, "[name=current]", OLD).await?;
    browser.click(CHANGE, "button.main").await?;
    browser.find("", "sspr-change[view=done]").await?;

    const ENROLL: &str = "sspr-enroll";
    let main = async || browser.click(ENROLL, "button.main").await;
    browser.find(ENROLL, ".method").await?;
    main().await?;
    browser.click_text(ENROLL, "button", "Authenticator app").await?;
    browser.find(ENROLL, "[name=name]").await?;
    main().await?;
    let key = browser.find(ENROLL, ".key").await?.text().await?;
    browser.fill(ENROLL, "[name=code]", &Authenticator::new(&key)?.code().await?).await?;
    main().await?;
    // It asks for the password first, and what was typed is sent again.
    browser.fill(ENROLL, "[name=proof]", NEW).await?;
    browser.click(ENROLL, "form:has([name=proof]) button.main").await?;
    browser.find_text(ENROLL, ".method", "Authenticator app").await?;

    main().await?;
    browser.click_text(ENROLL, "button", "E-mail").await?;
    browser.fill(ENROLL, "[name=email]", "alex.home@example.net").await?;
    main().await?;
    let code = system.code(1).await?;
    browser.fill(ENROLL, "[name=code]", &code).await?;
    main().await?;
    browser.find_text(ENROLL, ".method", "a•••@example.net").await.map(drop)
}
