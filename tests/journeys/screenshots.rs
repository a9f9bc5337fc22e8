//! Pictures of every screen at two widths, light and dark: `cargo xtask screenshots`
//! writes them to `tests/screenshots/`, and those of the README to `docs/pictures/`.

use crate::{
    authenticator::Authenticator,
    browser::Browser,
    enroll::{self, Enroll},
    people::{LOCKED_OUT, NEWCOMER, OLD_PASSWORD, REGISTERED_LONG_AGO, TOTP_KEY, WELL_PREPARED, home},
    reset::{self, Reset},
    sign_in::SignIn,
    world::{Language, Place, World, go},
};
use anyhow::{Context, Result};
use data_encoding::BASE64;
use serde_json::json;
use std::path::{Path, PathBuf};

#[test]
#[ignore = "makes pictures for people to look at"]
fn screenshots_in_english() {
    go("screenshots", Place::Demonstration, Language::English, "", |world| Box::pin(every_screen(world)));
}

#[test]
#[ignore = "makes pictures for people to look at"]
fn screenshots_in_japanese() {
    go("screenshots", Place::Demonstration, Language::Japanese, "", |world| Box::pin(every_screen(world)));
}

/// Takes pictures of what a browser shows.
struct Camera<'a> {
    browser: &'a Browser,
    language: Language,
}

/// Width and height in CSS pixels.
const SIZES: [(u32, u32); 2] = [(320, 640), (1280, 800)];

/// Screens of the README, in English and as much as fits a window: the screen, the theme and the file.
const README: [(&str, &str, &str); 5] = [
    ("reset-password", "light", "reset"),
    ("reset-password", "dark", "reset-dark"),
    ("reset-choose", "light", "choose"),
    ("enroll-totp", "dark", "authenticator-dark"),
    ("enroll-methods", "light", "methods"),
];

impl Camera<'_> {
    async fn take(&self, name: &str) -> Result<()> {
        for (width, height) in SIZES {
            let metrics =
                json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            self.browser.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
            for theme in ["light", "dark"] {
                let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
                self.browser.driver.cdp().send_raw("Emulation.setEmulatedMedia", media).await?;
                let file = format!("{name}-{width}-{theme}-{}", self.language.tag());
                self.shoot(true, &folder("tests/screenshots").join(file)).await?;
                let wanted = |(screen, wanted, _): &&(&str, &str, &str)| (*screen, *wanted) == (name, theme);
                if let Some((_, _, file)) = README.iter().find(wanted)
                    && self.language == Language::English
                    && width == 1280
                {
                    self.shoot(false, &folder("docs/pictures").join(file)).await?;
                }
            }
        }
        self.browser.driver.cdp().send_raw("Emulation.clearDeviceMetricsOverride", json!({})).await?;
        self.browser.driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "features": [] })).await?;
        Ok(())
    }
}

impl Camera<'_> {
    /// Takes the whole page, or as much as the window shows.
    async fn shoot(&self, whole: bool, file: &Path) -> Result<()> {
        // Two frames, so that what the window's new size changed is drawn.
        let drawn =
            "const [done] = arguments; requestAnimationFrame(() => requestAnimationFrame(() => done()));";
        self.browser.run_async(drawn, vec![]).await?;
        let wanted = json!({ "format": "png", "captureBeyondViewport": whole });
        let picture = self.browser.driver.cdp().send_raw("Page.captureScreenshot", wanted).await?;
        let picture = BASE64.decode(picture["data"].as_str().context("a picture")?.as_bytes())?;
        std::fs::create_dir_all(file.parent().context("files are in folders")?)?;
        Ok(std::fs::write(file.with_extension("png"), picture)?)
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

async fn every_screen(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let camera = Camera { browser: &browser, language: world.language };
    sign_in_page(world, &browser, &camera).await?;
    recovery(world, &browser, &camera).await?;
    endings(world, &browser, &camera).await?;
    registering(world, &browser, &camera).await?;
    registered(world, &browser, &camera).await
}

async fn sign_in_page(world: &World, browser: &Browser, camera: &Camera<'_>) -> Result<()> {
    let sign_in = SignIn(browser);
    camera.take("sign-in").await?;
    sign_in.is_refused(WELL_PREPARED, "wrong").await?;
    camera.take("sign-in-refused").await?;
    browser.driver.refresh().await?;
    browser.find("", "#people").await?;
    sign_in.forgot().await?;
    let reset = Reset::new(world, browser);
    reset.is_live().await?;
    camera.take("reset-identify").await?;
    reset.submit().await?;
    browser.find(reset::HOST, ".error").await?;
    camera.take("reset-identify-empty").await
}

async fn recovery(world: &World, browser: &Browser, camera: &Camera<'_>) -> Result<()> {
    let (reset, mail) = (Reset::new(world, browser), world.mail(browser));
    reset.identify(WELL_PREPARED).await?;
    camera.take("reset-reason").await?;
    reset.because_forgotten().await?;
    camera.take("reset-choose").await?;
    reset.choose(reset::EMAIL).await?;
    let code = mail.code(&home(WELL_PREPARED), 1).await?;
    camera.take("reset-code").await?;
    reset.code_is_refused("000000").await?;
    camera.take("reset-code-wrong").await?;
    reset.code(&code).await?;
    reset.step("choose-second").await?;
    camera.take("reset-second").await?;
    reset.choose(reset::QUESTIONS).await?;
    reset.step("questions").await?;
    camera.take("reset-questions").await?;
    reset.other_method().await?;
    reset.by_totp(&mut Authenticator::new(TOTP_KEY)?).await?;
    reset.step("new-password").await?;
    camera.take("reset-password-empty").await?;
    reset.type_password("harbor1").await?;
    camera.take("reset-password-weak").await?;
    reset.type_password("Quiet-Lagoon-97-Otter").await?;
    camera.take("reset-password").await?;
    reset.set_password("Quiet-Lagoon-97-Otter").await?;
    camera.take("reset-done").await
}

async fn endings(world: &World, browser: &Browser, camera: &Camera<'_>) -> Result<()> {
    let (reset, sign_in, mail) = (Reset::new(world, browser), SignIn(browser), world.mail(browser));
    let afresh = async || -> Result<()> {
        browser.driver.refresh().await?;
        browser.find("", "#people").await?;
        sign_in.forgot().await
    };
    afresh().await?;
    reset.forgot(WELL_PREPARED).await?;
    reset.choose(reset::RECOVERY_CODE).await?;
    camera.take("reset-recovery-code").await?;
    for _ in 1..5 {
        reset.code_is_refused("bbbbb-22222").await?;
    }
    reset.type_code("bbbbb-22222").await?;
    reset.step("gone").await?;
    camera.take("reset-gone").await?;

    afresh().await?;
    reset.locked_out(LOCKED_OUT).await?;
    reset.by_totp(&mut Authenticator::new(TOTP_KEY)?).await?;
    reset.choose(reset::EMAIL).await?;
    let link = mail.link(&home(LOCKED_OUT), 1).await?;
    reset.code(&mail.code(&home(LOCKED_OUT), 1).await?).await?;
    reset.is_unlocked().await?;
    camera.take("reset-unlocked").await?;
    world.follow(browser, &link).await?;
    reset.step("link-gone").await?;
    camera.take("reset-link-gone").await?;

    afresh().await?;
    reset.forgot(WELL_PREPARED).await?;
    reset.choose(reset::EMAIL).await?;
    let link = mail.link(&home(WELL_PREPARED), 1).await?;
    world.follow(browser, &link).await?;
    reset.step("link").await?;
    camera.take("reset-link").await
}

async fn registering(world: &World, browser: &Browser, camera: &Camera<'_>) -> Result<()> {
    let (enroll, sign_in, mail) = (Enroll::new(world, browser), SignIn(browser), world.mail(browser));
    browser.open(&world.page()).await?;
    browser.find("", "#people").await?;
    sign_in.sign_in(NEWCOMER, OLD_PASSWORD).await?;
    browser.find(enroll::HOST, "h2").await?;
    camera.take("enroll-welcome").await?;
    enroll.begin().await?;
    browser.find(enroll::HOST, "#sspr-name").await?;
    camera.take("enroll-totp-name").await?;
    enroll.submit().await?;
    let key = browser.find(enroll::HOST, ".key").await?.text().await?;
    camera.take("enroll-totp").await?;
    enroll.code(&Authenticator::new(&key)?.code().await?).await?;
    enroll.rather(enroll::EMAIL).await?;
    browser.find(enroll::HOST, "#sspr-email").await?;
    camera.take("enroll-email").await?;
    browser.fill(enroll::HOST, "#sspr-email", "alex").await?;
    enroll.submit().await?;
    browser.find(enroll::HOST, ".error").await?;
    camera.take("enroll-email-wrong").await?;
    browser.fill(enroll::HOST, "#sspr-email", &home(NEWCOMER)).await?;
    enroll.submit().await?;
    let code = mail.code(&home(NEWCOMER), 1).await?;
    camera.take("enroll-email-code").await?;
    enroll.code(&code).await?;
    browser.find(enroll::HOST, ".methods").await?;
    camera.take("enroll-finished").await?;
    enroll.finish().await?;
    sign_in.sign_out().await
}

async fn registered(world: &World, browser: &Browser, camera: &Camera<'_>) -> Result<()> {
    let (enroll, sign_in) = (Enroll::new(world, browser), SignIn(browser));
    sign_in.sign_in(WELL_PREPARED, OLD_PASSWORD).await?;
    enroll.shows_methods().await?;
    camera.take("enroll-methods").await?;
    enroll.add(enroll::PHONE).await?;
    browser.find(enroll::HOST, "#sspr-phone").await?;
    camera.take("enroll-phone").await?;
    enroll.back().await?;
    enroll.add(enroll::CODES).await?;
    camera.take("enroll-codes-make").await?;
    enroll.submit().await?;
    browser.find(enroll::HOST, ".codes").await?;
    camera.take("enroll-codes").await?;
    sign_in.sign_out().await?;
    sign_in.sign_in(REGISTERED_LONG_AGO, OLD_PASSWORD).await?;
    enroll.heading(enroll::CONFIRM).await?;
    camera.take("enroll-confirm").await?;
    enroll.looks_good().await?;
    enroll.add(enroll::QUESTIONS).await?;
    browser.find(enroll::HOST, "#sspr-question-0").await?;
    camera.take("enroll-questions").await
}
