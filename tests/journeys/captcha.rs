//! A start that asks for work of the browser: in a worker, without one, and where it fails.

use crate::{
    browser::Browser,
    people::WELL_PREPARED,
    reset::{self, HOST, Reset},
    sign_in::SignIn,
    words::Words,
    world::{Language, Place, World, go},
};
use anyhow::{Result, ensure};
use serde_json::Value;

const WORK: &str = "[captcha]\nkind = \"proof-of-work\"";

const FAILED: Words = Words("captcha.failed", "Your browser did not pass a short check. Please try again.");

/// Notes the scripts of the workers that are begun, and how often something is asked of the backend.
const WATCH: &str = "
window.begun = [];
const Real = window.Worker;
window.Worker = class extends Real { constructor(...all) { super(...all); window.begun.push(String(all[0])); } };
window.asked = 0;
const real = window.fetch;
window.fetch = (...all) => { if (String(all[0]).endsWith('/captcha')) window.asked++; return real(...all); };
return null;";

/// Milliseconds of the work at the default difficulty, the middle of nine times.
const MEASURE: &str = "
const done = arguments[arguments.length - 1];
import('/embed/sspr-work.js').then(({ solve }) => {
  const times = [];
  for (let turn = 0; turn < 9; turn++) {
    const begun = performance.now();
    solve({ challenge: 'measured' + turn, puzzles: 16, bits: 13 }, Infinity).next();
    times.push(performance.now() - begun);
  }
  done(times.sort((a, b) => a - b)[4]);
});";

async fn number(browser: &Browser, script: &str) -> Result<u64> {
    let value: Value = browser.run(script, vec![]).await?;
    Ok(value.as_u64().unwrap_or_default())
}

#[allow(clippy::print_stderr, reason = "the figure is for who runs it")]
async fn in_a_worker(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    browser.run(WATCH, vec![]).await?;
    let reset = Reset::new(world, &browser);
    SignIn(&browser).forgot().await?;
    reset.is_live().await?;
    ensure!(number(&browser, "return window.asked").await? <= 1, "it is asked for once at most");
    reset.forgot(WELL_PREPARED).await?;
    ensure!(number(&browser, "return window.begun.length").await? == 1, "one worker is begun");
    ensure!(number(&browser, "return window.asked").await? == 1, "one challenge is asked for");
    // What is typed later begins no work.
    reset.choose(reset::EMAIL).await?;
    reset.code_is_refused("000000").await?;
    ensure!(number(&browser, "return window.asked").await? == 1, "no further challenge is asked for");
    let took = browser.run_async(MEASURE, vec![]).await?.as_f64().unwrap_or(f64::MAX);
    eprintln!("work at the default difficulty: {took:.0} ms");
    ensure!(took < 4000.0, "{took} ms for the work alone");
    Ok(())
}

async fn on_the_page_where_workers_are_refused(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let refuse = "window.Worker = class { constructor() { throw new DOMException('refused', 'SecurityError'); } }; return null;";
    browser.run(refuse, vec![]).await?;
    let reset = Reset::new(world, &browser);
    SignIn(&browser).forgot().await?;
    reset.forgot(WELL_PREPARED).await?;
    // A proof is good for one start; the next one needs its own.
    reset.back_to("identify").await?;
    reset.forgot("nobody@example.org").await
}

async fn where_it_fails_it_can_be_tried_again(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let fail = "const real = window.fetch; window.mend = () => { window.fetch = real; };
        window.fetch = (...all) => String(all[0]).endsWith('/captcha') ? Promise.reject(new TypeError('lost')) : real(...all); return null;";
    browser.run(fail, vec![]).await?;
    let reset = Reset::new(world, &browser);
    SignIn(&browser).forgot().await?;
    reset.identify(WELL_PREPARED).await?;
    reset.press_forgotten().await?;
    browser.find_text(HOST, "[role=alert]", &FAILED.in_language(world.language)).await?;
    browser.run("window.mend(); return null;", vec![]).await?;
    reset.because_forgotten().await
}

#[test]
fn work_in_a_worker_on_the_server() {
    go("captcha_worker", Place::Server, Language::English, WORK, |world| Box::pin(in_a_worker(world)));
}

#[test]
fn work_without_a_worker_on_the_server() {
    go("captcha_page", Place::Server, Language::English, WORK, |world| {
        Box::pin(on_the_page_where_workers_are_refused(world))
    });
}

#[test]
fn work_that_fails_on_the_server_in_japanese() {
    go("captcha_fails", Place::Server, Language::Japanese, WORK, |world| {
        Box::pin(where_it_fails_it_can_be_tried_again(world))
    });
}
