//! A program that traps: the person is told in their language and has a way out, the page hears of it, and another start
//! works.

use crate::{
    browser::Browser,
    site::Site,
    world::{Language, Place, World, go},
};
use anyhow::{Result, ensure};
use serde_json::json;

#[test]
fn a_program_that_traps_says_so_and_can_be_started_again() {
    go("traps", Place::Demonstration, Language::Japanese, "", |world| Box::pin(every_trap(world)));
}

const ARM: &str = "window.armed = true";

async fn every_trap(world: &World) -> Result<()> {
    let site = Site::open("", include_str!("trap.js")).await?;
    for throws in [false, true] {
        for form in ["reset", "change"] {
            for at_once in [true, false] {
                let browser = world.browser_of_size(900, 1200).await?;
                browser.open(&format!("{}/", site.origin)).await?;
                let japanese = "document.documentElement.lang = 'ja'; window.throws = arguments[0]";
                browser.run(japanese, vec![json!(throws)]).await?;
                trap(&browser, form, at_once).await?;
                // It holds what the trap said.
                browser.console().await?;
            }
        }
    }
    Ok(())
}

async fn trap(browser: &Browser, form: &str, at_once: bool) -> Result<()> {
    let host = &format!("sspr-{form}");
    if at_once {
        browser.run(ARM, vec![]).await?;
    }
    browser.run("window.place(arguments[0])", vec![json!(form)]).await?;
    if !at_once {
        go_to_the_end(browser, host, true).await?;
    }
    browser.find_text(host, "[role=alert]", "こちらで問題が発生しました").await?;
    browser.find("", "#desk").await?;
    let told = browser.run("return heard.filter((it) => it.type === 'sspr-error')", vec![]).await?;
    ensure!(told == json!([{ "type": "sspr-error", "code": "crash" }]), "{host}: {told}");

    browser.click_text(host, "button", "もう一度試す").await?;
    if form == "reset" && !at_once {
        browser.find(host, "[data-step=identify] #sspr-identifier").await?;
        let kept =
            "return document.querySelector('sspr-reset').shadowRoot.querySelector('[name=identifier]').value";
        ensure!(browser.run(kept, vec![]).await? == json!("alex"), "what was typed is lost");
    }
    go_to_the_end(browser, host, false).await
}

/// Types and sends; with a trap set before it is sent.
async fn go_to_the_end(browser: &Browser, host: &str, set: bool) -> Result<()> {
    let (fields, done): (&[(&str, &str)], _) = match host {
        "sspr-reset" => (&[("identifier", "alex")], "sspr-reset[view=choose]"),
        _ => (&[("current", "Old-Harbor-42"), ("new", "Quiet-Lagoon-97-Otter")], "sspr-change[view=done]"),
    };
    for (name, text) in fields {
        browser.fill(host, &format!("[data-step] [name={name}]"), text).await?;
    }
    if set {
        browser.run(ARM, vec![]).await?;
    }
    browser.click(host, "[data-step] .main").await?;
    if set { Ok(()) } else { browser.find("", done).await.map(drop) }
}
