//! The elements on other people's pages.
#![allow(clippy::print_stdout, reason = "a test says what it measured")]

use crate::{
    browser::{Browser, PATIENCE},
    site::Site,
    world::{Language, Place, World, go},
};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// One test, in a browser of its own.
macro_rules! on_a_site {
    ($($name:ident)*) => { $(
        mod $name {
            #[test]
            fn on_a_site() {
                super::visit(stringify!($name), |world| Box::pin(super::$name(world)));
            }
        }
    )* };
}

on_a_site! {
    a_page_can_be_the_backend_itself
    a_method_may_have_any_id
    the_page_may_hold_a_submit_back
    slots_take_the_pages_own_content
    another_prefix_gives_other_names
    without_its_program_the_first_form_posts_to_the_page
    without_its_program_an_element_says_what_to_do_and_can_be_tried_again
    among_the_pages_own_elements_it_is_styled_and_labelled
    the_files_may_come_from_another_origin
    elements_differ_and_keep_their_state_when_moved
    two_hundred_visits_leave_nothing_behind
}

fn visit(name: &str, walk: impl for<'a> Fn(&'a World) -> crate::world::Walk<'a>) {
    go(name, Place::Demonstration, Language::English, "", walk);
}

const RESET: &str = "sspr-reset";

async fn open(world: &World, site: &Site) -> Result<Browser> {
    let browser = world.browser_of_size(900, 1200).await?;
    browser.open(&format!("{}/", site.origin)).await?;
    Ok(browser)
}

async fn is_live(browser: &Browser) -> Result<()> {
    browser.find(RESET, "#sspr-identifier").await.map(drop)
}

async fn names_of_calls(browser: &Browser) -> Result<Value> {
    browser.run("return host.calls.map((call) => call.name)", vec![]).await
}

/// Waits until a script says yes.
async fn until(browser: &Browser, script: &str) -> Result<()> {
    let end = Instant::now() + PATIENCE;
    while browser.run(script, vec![]).await? != json!(true) {
        ensure!(Instant::now() < end, "never true: {script}");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    Ok(())
}

async fn a_page_can_be_the_backend_itself(world: &World) -> Result<()> {
    let site =
        Site::open("<sspr-reset></sspr-reset>", "document.querySelector('sspr-reset').backend = host;")
            .await?;
    let browser = open(world, &site).await?;
    is_live(&browser).await?;
    browser.fill(RESET, "[name=identifier]", "alex").await?;
    browser.click(RESET, "button.main").await?;
    browser.click(RESET, "button[value=email]").await?;
    browser.fill(RESET, "[name=code]", "000000").await?;
    browser.click(RESET, "button.main").await?;
    browser.find_text(RESET, ".error", "4 more tries").await?;
    browser.fill(RESET, "[name=code]", "123456").await?;
    browser.click(RESET, "button.main").await?;
    browser.fill(RESET, "[name=new-password]", "Quiet-Lagoon-97-Otter").await?;
    browser.click(RESET, "button.main").await?;
    browser.find("", "sspr-reset[view=done]").await?;

    let calls = json!([
        "describe",
        "startRecovery",
        "sendChallenge",
        "verifyChallenge",
        "verifyChallenge",
        "setPassword"
    ]);
    ensure!(names_of_calls(&browser).await? == calls, "{}", names_of_calls(&browser).await?);
    let spent = browser.run("return host.calls.at(-1)", vec![]).await?;
    ensure!(spent["flow"] == "t2" && spent["body"]["new_password"] == "Quiet-Lagoon-97-Otter", "{spent}");
    let keys =
        "const keys = host.calls.slice(1).map((call) => call.key); return new Set(keys).size === keys.length";
    ensure!(browser.run(keys, vec![]).await? == json!(true), "each operation has a key of its own");
    let heard = browser.run("return heard", vec![]).await?;
    let done = json!({ "type": "sspr-done", "outcome": "reset", "identifier": "alex" });
    ensure!(heard.as_array().is_some_and(|all| all.contains(&done)), "{heard}");
    let told = heard.to_string();
    ensure!(
        !told.contains("Lagoon") && !told.contains("123456") && !told.contains("t2"),
        "a secret in {told}"
    );
    let elsewhere = "return performance.getEntriesByType('resource').map((it) => it.name)
        .filter((it) => !it.startsWith(location.origin + '/embed/') && !/\\/(page\\.js|favicon\\.ico)$/.test(it))";
    let elsewhere = browser.run(elsewhere, vec![]).await?;
    ensure!(elsewhere == json!([]), "asked for {elsewhere}");
    Ok(())
}

async fn a_method_may_have_any_id(world: &World) -> Result<()> {
    let script = "const method = { id: 'me', kind: 'email', masked: 'a…x@h…e.example', verified: true, primary: false, removable: true, created_at: '2026-01-01T00:00:00Z' };
        const list = { methods: [method], offers: [], required: 1, registered: 1, registration_due: false, confirm_due: false, code: { length: 6 } };
        window.asked = [];
        document.querySelector('sspr-enroll').backend = {
            session: () => ({ signed_in: true, fresh_for: 600 }),
            methods: () => list,
            updateMethod(body, { id }) { window.asked.push([body, id]); return list; },
        };";
    let site = Site::open("<sspr-enroll></sspr-enroll>", script).await?;
    let browser = open(world, &site).await?;
    browser.click_text("sspr-enroll", "button", "Make default").await?;
    until(&browser, "return window.asked.length === 1").await?;
    let asked = browser.run("return window.asked[0]", vec![]).await?;
    ensure!(asked == json!([{ "primary": true }, "me"]), "{asked}");
    Ok(())
}

async fn the_page_may_hold_a_submit_back(world: &World) -> Result<()> {
    let script = "const reset = document.querySelector('sspr-reset');
        reset.backend = host;
        window.hold = true;
        reset.addEventListener('sspr-submit', (event) => { if (window.hold) event.preventDefault(); });";
    let site = Site::open("<sspr-reset></sspr-reset>", script).await?;
    let browser = open(world, &site).await?;
    is_live(&browser).await?;
    let asked = |step: &'static str| {
        format!("return heard.some((it) => it.type === 'sspr-submit' && it.step === '{step}')")
    };
    browser.fill(RESET, "[name=identifier]", "alex").await?;
    browser.click(RESET, "button.main").await?;
    until(&browser, &asked("identify")).await?;
    tokio::time::sleep(Duration::from_millis(200)).await;
    ensure!(names_of_calls(&browser).await? == json!(["describe"]), "nothing was sent");
    let typed = browser.find(RESET, "[name=identifier]").await?.value().await?;
    ensure!(typed.as_deref() == Some("alex"), "what was typed stays: {typed:?}");

    browser.run("window.hold = false", vec![]).await?;
    browser.click(RESET, "button.main").await?;
    browser.find("", "sspr-reset[view=choose]").await?;
    browser.run("window.hold = true", vec![]).await?;
    browser.click(RESET, "button[value=email]").await?;
    until(&browser, &asked("choose")).await?;
    tokio::time::sleep(Duration::from_millis(200)).await;
    ensure!(names_of_calls(&browser).await? == json!(["describe", "startRecovery"]), "no code was sent");
    Ok(())
}

async fn slots_take_the_pages_own_content(world: &World) -> Result<()> {
    let body = "<sspr-reset><p slot=header id=head>Harbor</p><p slot=help id=help>Call 4711</p>
        <p slot=footer id=foot>Privacy</p><p id=rest>Call the desk</p></sspr-reset>";
    let site = Site::open(body, "document.querySelector('sspr-reset').backend = host;").await?;
    let browser = open(world, &site).await?;
    is_live(&browser).await?;
    for shown in ["#head", "#help", "#foot"] {
        browser.find("", shown).await.with_context(|| shown.to_owned())?;
    }
    ensure!(browser.look("", "#rest", "").await?.is_none(), "the rest is for when nothing works");
    ensure!(
        !browser.text(RESET).await?.contains("Contact the helpdesk"),
        "the page's help is in place of ours"
    );
    let order = "const top = (id) => document.getElementById(id).getBoundingClientRect().top;
        return top('head') < top('help') && top('help') < top('foot')";
    ensure!(browser.run(order, vec![]).await? == json!(true), "header, help, footer");
    Ok(())
}

async fn another_prefix_gives_other_names(world: &World) -> Result<()> {
    let script = "const { define } = await import('/embed/sspr-define.js');
        define('corp');
        document.querySelector('corp-reset').backend = host;";
    let site = Site::open("<corp-reset></corp-reset>", script).await?;
    let browser = open(world, &site).await?;
    browser.find("corp-reset", "#sspr-identifier").await?;
    browser.fill("corp-reset", "[name=identifier]", "alex").await?;
    browser.click("corp-reset", "button.main").await?;
    browser.find("", "corp-reset[view=choose]").await?;
    Ok(())
}

async fn without_its_program_the_first_form_posts_to_the_page(world: &World) -> Result<()> {
    let site = Site::open("<sspr-reset fallback=/forgot></sspr-reset>", "").await?;
    site.lacks(&["sspr-reset_bg.wasm"]);
    let browser = open(world, &site).await?;
    until(&browser, "return heard.some((it) => it.type === 'sspr-error' && it.code === 'boot')").await?;
    browser.fill(RESET, "[name=identifier]", "alex@example.org").await?;
    browser.click(RESET, "button.main").await?;
    browser.shows("", "We will write to you.").await?;
    ensure!(site.posted() == ["/forgot identifier=alex%40example.org"], "{:?}", site.posted());
    Ok(())
}

async fn without_its_program_an_element_says_what_to_do_and_can_be_tried_again(world: &World) -> Result<()> {
    let body = "<sspr-reset><a id=own href=mailto:desk@example.org>Ask the desk</a></sspr-reset><sspr-change></sspr-change>";
    let site = Site::open(
        body,
        "for (const it of document.querySelectorAll('sspr-reset, sspr-change')) it.backend = host;
        host.session = () => ({ signed_in: false });",
    )
    .await?;
    site.lacks(&["sspr-reset_bg.wasm", "sspr-account_bg.wasm"]);
    let browser = open(world, &site).await?;
    browser.find("", "#own").await?;
    browser.find_text("sspr-change", "[role=alert]", "Something is wrong on our side").await?;
    site.lacks(&[]);
    browser.click("sspr-change", "button").await?;
    browser.find("", "sspr-change[view]").await?;
    browser.run("document.querySelector('sspr-reset').retry()", vec![]).await?;
    is_live(&browser).await?;
    ensure!(browser.look("", "#own", "").await?.is_none(), "the way out is needed no more");
    Ok(())
}

async fn among_the_pages_own_elements_it_is_styled_and_labelled(world: &World) -> Result<()> {
    let body = "<p id=outside>Outside</p><button id=plain>Plain</button><input id=identifier name=other>
        <sspr-reset render=light><p id=own>Ask the desk</p></sspr-reset>";
    let site = Site::open(body, "document.querySelector('sspr-reset').backend = host;").await?;
    let browser = open(world, &site).await?;
    browser.find("", "sspr-reset #sspr-identifier").await?;
    ensure!(
        browser.run("return document.querySelector('sspr-reset').shadowRoot === null", vec![]).await?
            == json!(true),
        "no shadow"
    );
    let painted = "const of = (css) => getComputedStyle(document.querySelector(css));
        return [of('sspr-reset button.main').backgroundColor, of('#plain').backgroundColor, of('sspr-reset h2').marginTop, of('#outside').marginTop]";
    let painted = browser.run(painted, vec![]).await?;
    ensure!(painted[0] == "rgb(20, 86, 184)" && painted[1] != painted[0], "{painted}");
    ensure!(painted[2] == "0px" && painted[3] == "16px", "{painted}");
    browser.click("", "sspr-reset label").await?;
    let focused = browser.run("return document.activeElement.name", vec![]).await?;
    ensure!(focused == json!("identifier"), "the label leads to its own field: {focused}");
    browser.press("alex").await?;
    browser.click("", "sspr-reset button.main").await?;
    browser.find("", "sspr-reset[view=choose]").await?;
    let gone = "const reset = document.querySelector('sspr-reset'); const parent = reset.parentNode; reset.remove();
        await new Promise((done) => setTimeout(done)); const kept = reset.innerHTML.includes('Ask the desk') && !reset.querySelector('form');
        parent.append(reset); return kept";
    ensure!(
        browser.run(&format!("return (async () => {{ {gone} }})()"), vec![]).await? == json!(true),
        "the page's own content comes back"
    );
    browser.find("", "sspr-reset #sspr-identifier").await?;
    Ok(())
}

async fn the_files_may_come_from_another_origin(world: &World) -> Result<()> {
    let files = Site::open("", "").await?;
    let site = Site::embedding(
        &files.origin,
        "<sspr-reset lang=ja></sspr-reset>",
        "document.querySelector('sspr-reset').backend = host;",
    )
    .await?;
    let browser = open(world, &site).await?;
    is_live(&browser).await?;
    browser.shows(RESET, "パスワード").await?;
    let foreign =
        "return performance.getEntriesByType('resource').filter((it) => it.name.includes('/embed/'))
        .every((it) => !it.name.startsWith(location.origin))";
    ensure!(browser.run(foreign, vec![]).await? == json!(true), "all files are the other origin's");
    Ok(())
}

async fn elements_differ_and_keep_their_state_when_moved(world: &World) -> Result<()> {
    let body = "<sspr-reset id=a></sspr-reset><sspr-reset id=b lang=de identifier=bea theme=dark></sspr-reset><div id=place></div>";
    let site =
        Site::open(body, "for (const it of document.querySelectorAll('sspr-reset')) it.backend = host;")
            .await?;
    let browser = open(world, &site).await?;
    browser.find("#a", "#sspr-identifier").await?;
    browser.find("#b", "#sspr-identifier").await?;
    browser.fill("#a", "[name=identifier]", "alex").await?;
    browser.run("document.getElementById('place').append(document.getElementById('a'))", vec![]).await?;
    let typed = browser.find("#a", "[name=identifier]").await?.value().await?;
    ensure!(typed.as_deref() == Some("alex"), "moved, and still {typed:?}");
    ensure!(
        browser.find("#b", "[name=identifier]").await?.value().await?.as_deref() == Some("bea"),
        "the attribute fills the field"
    );
    ensure!(browser.text("#b").await?.contains("Passwort"), "German");
    browser.click("#a", "button.main").await?;
    browser.find("", "#a[view=choose]").await?;
    browser.find("", "#b[view=identify]").await?;
    Ok(())
}

/// What stands in the heaps after garbage was collected: JavaScript's bytes, nodes and listeners, and the program's bytes.
async fn heap(browser: &Browser) -> Result<[f64; 4]> {
    let cdp = browser.driver.cdp();
    cdp.send_raw("HeapProfiler.collectGarbage", json!({})).await?;
    cdp.send_raw("HeapProfiler.collectGarbage", json!({})).await?;
    let metrics = cdp.send_raw("Performance.getMetrics", json!({})).await?;
    let metric = |name: &str| {
        let all = metrics["metrics"].as_array().into_iter().flatten();
        all.clone().find(|it| it["name"] == name).and_then(|it| it["value"].as_f64()).unwrap_or(f64::NAN)
    };
    let program = "return (async () => { const { default: start } = await import('/embed/sspr-reset.js');
        const parts = Object.values(await start()); return parts.find((it) => it instanceof WebAssembly.Memory).buffer.byteLength; })()";
    let program = browser.run(program, vec![]).await?.as_f64().context("the program's memory")?;
    Ok([metric("JSHeapUsedSize"), metric("Nodes"), metric("JSEventListeners"), program])
}

async fn two_hundred_visits_leave_nothing_behind(world: &World) -> Result<()> {
    let site = Site::open(
        "<main></main>",
        "window.visit = async () => {
        const reset = document.createElement('sspr-reset');
        reset.backend = host;
        const ready = new Promise((done) => reset.addEventListener('sspr-ready', done));
        document.querySelector('main').append(reset);
        await ready;
        reset.remove();
        await new Promise((done) => setTimeout(done));
        host.calls.length = heard.length = 0;
    };",
    )
    .await?;
    let browser = open(world, &site).await?;
    until(&browser, "return typeof visit === 'function' && !!customElements.get('sspr-reset')").await?;
    browser.driver.cdp().send_raw("Performance.enable", json!({})).await?;
    let visits = "const [count, done] = arguments; (async () => { for (let i = 0; i < count; i++) await visit(); done(true); })()";
    // The first ones fill caches.
    browser.run_async(visits, vec![json!(20)]).await?;
    let before = heap(&browser).await?;
    browser.run_async(visits, vec![json!(200)]).await?;
    // What is collected in two turns, one after the finalizers of the other, may take a busy machine a moment.
    let end = Instant::now() + PATIENCE;
    loop {
        let after = heap(&browser).await?;
        let grown: Vec<f64> = before.iter().zip(after).map(|(before, after)| after - before).collect();
        let stayed = stays(&grown);
        if stayed.is_ok() || Instant::now() > end {
            println!(
                "after 20 visits {before:?}, after 220 {after:?} (bytes of JavaScript, nodes, listeners, bytes of the program)"
            );
            return stayed;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn stays(grown: &[f64]) -> Result<()> {
    ensure!(grown[0] < 200.0 * 512.0, "half a kilobyte a visit at most, for caches: {grown:?}");
    ensure!(grown[1] < 100.0 && grown[2] < 20.0, "nodes or listeners stay: {grown:?}");
    ensure!(grown[3] == 0.0, "the program's memory grew: {grown:?}");
    Ok(())
}
