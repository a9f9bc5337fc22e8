//! “Having trouble?” says what is likely to be wrong at the step that is shown, and a failure gives a code for the helpdesk.

use crate::{
    browser::Browser,
    people::WELL_PREPARED,
    reset::{self, Reset},
    sign_in::SignIn,
    world::{World, journey},
};
use anyhow::{Result, ensure};
use serde_json::json;

journey!(each_step_has_its_own_causes);
journey!(a_failure_has_a_code_to_hand_to_the_helpdesk);

const RESET: &str = "sspr-reset";

/// Opens the causes and gives them.
async fn causes(browser: &Browser) -> Result<Vec<String>> {
    browser.click(RESET, "summary").await?;
    browser.find(RESET, "details[open] li").await?;
    let script = "return [...document.querySelector('sspr-reset').shadowRoot.querySelectorAll('details li')].map(it => it.textContent)";
    Ok(serde_json::from_value(browser.run(script, Vec::new()).await?)?)
}

async fn each_step_has_its_own_causes(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    let reset = Reset::new(world, &browser);
    SignIn(&browser).forgot().await?;
    let first = causes(&browser).await?;
    ensure!(first.len() == 3, "{first:?}");
    reset.forgot(WELL_PREPARED).await?;
    reset.choose(reset::SMS).await?;
    // Another step: closed again, and about something else.
    browser.find(RESET, "details:not([open])").await?;
    let code = causes(&browser).await?;
    ensure!(code.len() == 7 && code.last() == first.last(), "{code:?}");
    ensure!(code.iter().filter(|it| first.contains(it)).count() == 2, "{code:?} and {first:?}");
    let inside = "const help = document.querySelector('sspr-reset').shadowRoot.querySelector('.help-block');
        return help.scrollWidth <= help.clientWidth && !help.querySelector('.support-line').checkVisibility()";
    ensure!(browser.run(inside, Vec::new()).await? == json!(true), "nothing failed, and nothing sticks out");
    Ok(())
}

async fn a_failure_has_a_code_to_hand_to_the_helpdesk(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    SignIn(&browser).forgot().await?;
    browser.find(RESET, "summary").await?;
    // The server's page goes away under the form.
    let break_it = "document.querySelector('sspr-reset').fetch = () => Promise.resolve(new Response(JSON.stringify({ type: 'about:blank', title: 'x', status: 500, \
        code: 'internal', request_id: '0c7e2f66-1111-4222-8333-444455556666' }), { status: 500, headers: { 'content-type': 'application/problem+json' } }))";
    browser.run(break_it, Vec::new()).await?;
    browser.fill(RESET, "[name=identifier]", "somebody").await?;
    browser.click(RESET, "button.main").await?;
    browser.click(RESET, "[part~=choice]").await?;
    let shown = browser.find(RESET, ".support-line p").await?;
    let text = shown.text().await?;
    ensure!(text.contains("internal 0c7e2f66-1111-4222-8333-444455556666"), "{text}");
    Ok(())
}
