//! The gallery: every screen of the elements is reached by what a person does, and the switches apply to all.

use crate::{
    browser::Browser,
    world::{Language, Place, World, go},
};
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// For some seventy elements, on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(45);

/// Fewer tiles than this are not every screen.
const FEWEST: usize = 60;

#[test]
fn every_screen_is_in_the_gallery_and_follows_its_switches() {
    go("gallery", Place::Demonstration, Language::English, "", |world| Box::pin(visit(world)));
}

/// The id and the state of every tile that is shown, and what is said where it failed.
const TILES: &str =
    "return [...document.querySelectorAll('main > section:not([hidden]) .tile')].map((tile) =>
    [tile.id, tile.dataset.state, tile.querySelector('.failed')?.textContent ?? '']);";

/// Waits until no tile is on its way; each must have arrived.
async fn arrived(browser: &Browser) -> Result<usize> {
    let end = Instant::now() + PATIENCE;
    loop {
        let tiles = browser.run(TILES, vec![]).await?;
        let tiles = tiles.as_array().cloned().unwrap_or_default();
        let of = |state: &str| -> Vec<&Value> { tiles.iter().filter(|tile| tile[1] == state).collect() };
        ensure!(of("failed").is_empty(), "not reached: {:?}", of("failed"));
        if !tiles.is_empty() && of("waiting").is_empty() {
            return Ok(tiles.len());
        }
        ensure!(Instant::now() < end, "still on their way after {PATIENCE:?}: {:?}", of("waiting"));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Sets a switch as a person does.
async fn switch(browser: &Browser, name: &str, value: &str) -> Result<()> {
    let set = "const [name, value] = arguments; const field = document.getElementById('switches')[name];
        field.value = value; field.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.run(set, vec![json!(name), json!(value)]).await?;
    Ok(())
}

/// Waits until a script's expression is true.
async fn until(browser: &Browser, expression: &str) -> Result<()> {
    let end = Instant::now() + PATIENCE;
    while browser.run(&format!("return {expression}"), vec![]).await? != json!(true) {
        ensure!(Instant::now() < end, "never true: {expression}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

async fn visit(world: &World) -> Result<()> {
    let browser = world.browser_of_size(1400, 1000).await?;
    browser.open(&format!("{}gallery/gallery.html?theme=sharp&colours=dark", world.page())).await?;
    let tiles = arrived(&browser).await?;
    ensure!(tiles >= FEWEST, "{tiles} tiles");
    // The address is followed: sharp has no round corners, and dark fields have light lines.
    until(&browser, "getComputedStyle(document.querySelector('#reset-identify .stage > *').shadowRoot.querySelector('input')).borderRadius === '0px'").await?;
    until(&browser, "getComputedStyle(document.documentElement).colorScheme === 'dark'").await?;

    switch(&browser, "theme", "soft").await?;
    until(&browser, "getComputedStyle(document.querySelector('#reset-identify .stage > *').shadowRoot.querySelector('input')).borderRadius === '16px'").await?;
    switch(&browser, "lang", "he").await?;
    until(&browser, "[...document.querySelectorAll('.stage > [view]')].every((it) => it.shadowRoot.querySelector('.sspr')?.getAttribute('lang') !== 'en')").await?;
    arrived(&browser).await?;
    let direction = |wanted: &str| {
        format!(
            "getComputedStyle(document.querySelector('#reset-code .stage > *').shadowRoot.querySelector('form')).direction === '{wanted}'"
        )
    };
    until(&browser, &direction("rtl")).await?;
    switch(&browser, "dir", "ltr").await?;
    until(&browser, &direction("ltr")).await?;
    switch(&browser, "width", "320").await?;
    until(&browser, "document.querySelector('.stage').getBoundingClientRect().width === 320").await?;
    let address = browser.run("return location.search", vec![]).await?;
    ensure!(
        address == "?theme=soft&colours=dark&lang=he&dir=ltr&width=320",
        "the address keeps the switches: {address}"
    );
    Ok(())
}
