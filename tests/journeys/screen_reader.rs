//! A reset as a screen reader reads it: the browser's accessibility tree, step by step. `screen_reader.txt` is for people
//! to read, and to judge when it changes.

use crate::{
    browser::Browser,
    site::Site,
    world::{Language, Place, World, go},
};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::{collections::HashMap, path::Path, time::Duration};

#[test]
fn a_reset_is_read_step_by_step() {
    go("screen_reader", Place::Demonstration, Language::English, "", |world| {
        Box::pin(a_reset_is_read(world))
    });
}

#[test]
fn waiting_and_typing_are_announced_seldom() {
    go("announcements", Place::Demonstration, Language::English, "", |world| {
        Box::pin(announced_seldom(world))
    });
}

const RESET: &str = "sspr-reset";

/// What is read from top to bottom; what has the focus is marked with “→”.
async fn read(browser: &Browser) -> Result<Vec<String>> {
    let cdp = browser.driver.cdp();
    cdp.send_raw("Accessibility.enable", json!({})).await?;
    let tree = cdp.send_raw("Accessibility.getFullAXTree", json!({})).await?;
    let nodes = tree["nodes"].as_array().context("an accessibility tree")?;
    let by_id: HashMap<&str, &Value> =
        nodes.iter().filter_map(|it| Some((it["nodeId"].as_str()?, it))).collect();
    let mut lines = Vec::new();
    walk(&by_id, nodes.first().context("a root")?, &mut lines);
    Ok(lines)
}

fn children<'a>(tree: &HashMap<&str, &'a Value>, node: &Value) -> Vec<&'a Value> {
    let ids = node["childIds"].as_array().into_iter().flatten();
    ids.filter_map(|id| tree.get(id.as_str()?).copied()).collect()
}

fn walk(tree: &HashMap<&str, &Value>, node: &Value, lines: &mut Vec<String>) {
    let role = if node["ignored"] == json!(true) {
        "none"
    } else {
        node["role"]["value"].as_str().unwrap_or_default()
    };
    let name = node["name"]["value"].as_str().unwrap_or_default();
    match role {
        "StaticText" if !name.trim().is_empty() => lines.push(name.trim().to_owned()),
        "StaticText" | "InlineTextBox" => {}
        "heading" | "button" | "link" | "textbox" | "checkbox" => lines.push(one(role, name, node)),
        // What can be used in it is read by itself.
        "listitem" if children(tree, node).iter().any(|it| it["role"]["value"] == "button") => {
            children(tree, node).into_iter().for_each(|child| walk(tree, child, lines));
        }
        "alert" | "status" | "listitem" => {
            let text = text(tree, node);
            if !text.is_empty() {
                lines.push(format!("{role}: {text}"));
            }
        }
        "LabelText" => {}
        _ => {
            if role == "list" {
                lines.push(format!("list: {name}"));
            }
            for child in children(tree, node) {
                walk(tree, child, lines);
            }
        }
    }
}

/// A thing that can be used or jumped to, with its state.
fn one(role: &str, name: &str, node: &Value) -> String {
    let property = |wanted: &str| {
        let all = node["properties"].as_array().into_iter().flatten();
        all.clone().find(|it| it["name"] == wanted).map(|it| it["value"]["value"].clone())
    };
    let is = |wanted: &str| property(wanted).is_some_and(|it| it == json!(true) || it == json!("true"));
    let mut line = format!("{role} “{name}”");
    if let Some(level) = property("level") {
        line = format!("{role} {level} “{name}”");
    }
    if let Some(value) = node["value"]["value"].as_str().filter(|it| !it.is_empty()) {
        line += &format!(" has “{value}”");
    }
    for state in ["invalid", "disabled", "pressed", "checked", "readonly"] {
        if is(state) {
            line += &format!(", {state}");
        }
    }
    if let Some(text) = node["description"]["value"].as_str().filter(|it| !it.is_empty()) {
        line += &format!(", described by “{text}”");
    }
    if is("focused") { format!("→ {line}") } else { line }
}

/// All text below, in one line.
fn text(tree: &HashMap<&str, &Value>, node: &Value) -> String {
    let below = children(tree, node).into_iter().map(|child| match child["role"]["value"].as_str() {
        Some("StaticText") => child["name"]["value"].as_str().unwrap_or_default().to_owned(),
        _ => text(tree, child),
    });
    below.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The reading of each step, under its name.
#[derive(Default)]
struct Reading(String);

impl Reading {
    async fn step(&mut self, name: &str, browser: &Browser) -> Result<()> {
        // Focus and announcements follow the rendering.
        tokio::time::sleep(Duration::from_millis(300)).await;
        self.0 += &format!("# {name}\n\n{}\n\n", read(browser).await?.join("\n"));
        Ok(())
    }
}

async fn a_reset_is_read(world: &World) -> Result<()> {
    let script = "document.querySelector('sspr-reset').backend = host;";
    let site = Site::open("<sspr-reset></sspr-reset>", script).await?;
    let browser = world.browser_of_size(900, 1200).await?;
    browser.open(&format!("{}/", site.origin)).await?;
    browser.find(RESET, "#sspr-identifier").await?;
    // It comes once the page is idle.
    browser.find(RESET, "summary").await?;
    let mut reading = Reading::default();
    let press = async || browser.click(RESET, "button.main").await;
    reading.step("Who are you?", &browser).await?;
    press().await?;
    browser.find(RESET, ".error").await?;
    reading.step("Nothing was typed", &browser).await?;
    browser.fill(RESET, "[name=identifier]", "alex").await?;
    press().await?;
    browser.find("", "sspr-reset[view=choose]").await?;
    reading.step("How to prove it", &browser).await?;
    browser.click(RESET, "button[value=email]").await?;
    browser.find(RESET, "[name=code]").await?;
    // Until it may be sent again: the seconds would differ.
    browser
        .run("document.querySelector('sspr-reset').shadowRoot.querySelector('.aside .link').remove()", vec![])
        .await?;
    reading.step("The code", &browser).await?;
    browser.fill(RESET, "[name=code]", "000000").await?;
    press().await?;
    browser.find(RESET, ".error").await?;
    reading.step("A wrong code", &browser).await?;
    browser.fill(RESET, "[name=code]", "123456").await?;
    press().await?;
    browser.find(RESET, "[name=new-password]").await?;
    reading.step("A new password", &browser).await?;
    browser.fill(RESET, "[name=new-password]", "harbor1").await?;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    reading.step("Too short, after a pause", &browser).await?;
    press().await?;
    browser.find(RESET, ".error").await?;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    reading.step("Sent although it is too short", &browser).await?;
    browser.fill(RESET, "[name=new-password]", "Quiet-Lagoon-97-Otter").await?;
    press().await?;
    browser.find("", "sspr-reset[view=done]").await?;
    reading.step("Done", &browser).await?;

    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journeys/screen_reader.txt");
    if std::env::var_os("UPDATE_READING").is_some() {
        std::fs::write(&file, &reading.0)?;
    }
    let expected = std::fs::read_to_string(&file).context("tests/journeys/screen_reader.txt")?;
    ensure!(
        reading.0 == expected,
        "another reading than {}; UPDATE_READING=1 writes it:\n{}",
        file.display(),
        reading.0
    );
    Ok(())
}

/// Collects what live regions say, with the time.
const LISTEN: &str = "window.said = [];
const root = document.querySelector('sspr-reset').shadowRoot;
// What each region said last: one that is put there anew says it again, whatever was there before.
const last = new Map();
new MutationObserver((changes) => {
  for (const { target, addedNodes } of changes)
    for (const place of [target, ...addedNodes]) {
      const region = (place.nodeType === 1 ? place : place.parentElement)?.closest?.('[role=alert], [role=status], [aria-live]');
      const text = region?.textContent.trim();
      if (!region || last.get(region) === text) continue;
      last.set(region, text);
      if (text) window.said.push(text);
    }
}).observe(root, { subtree: true, childList: true, characterData: true });";

async fn announced_seldom(world: &World) -> Result<()> {
    // Two minutes are left: the time is shown, and the code may be sent again in three seconds.
    let script = "const few = (view) => ({ ...view, expires_in: 100, challenge: view.challenge && { ...view.challenge, resend_in: 3 } });
        const send = host.sendChallenge; host.sendChallenge = (...given) => few(send(...given));
        document.querySelector('sspr-reset').backend = host;";
    let site = Site::open("<sspr-reset></sspr-reset>", script).await?;
    let browser = world.browser_of_size(900, 1200).await?;
    browser.open(&format!("{}/", site.origin)).await?;
    browser.find(RESET, "#sspr-identifier").await?;
    browser.run(LISTEN, vec![]).await?;
    let said = async || browser.run("const said = window.said; window.said = []; return said", vec![]).await;
    browser.fill(RESET, "[name=identifier]", "alex").await?;
    browser.click(RESET, "button.main").await?;
    browser.click(RESET, "button[value=email]").await?;
    browser.find(RESET, "[name=code]").await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let waiting = said().await?;
    ensure!(waiting == json!(["Time left: 1:40"]), "while waiting for five seconds: {waiting}");

    browser.fill(RESET, "[name=code]", "000000").await?;
    browser.click(RESET, "button.main").await?;
    browser.find(RESET, ".error").await?;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let wrong = said().await?;
    ensure!(
        wrong == json!(["That is not right, or its time is over. You have 4 more tries."]),
        "for one error: {wrong}"
    );

    browser.fill(RESET, "[name=code]", "123456").await?;
    browser.click(RESET, "button.main").await?;
    browser.find(RESET, "[name=new-password]").await?;
    said().await?;
    browser.fill(RESET, "[name=new-password]", "abcdefgh").await?;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let typing = said().await?;
    ensure!(typing.as_array().is_some_and(|all| all.len() == 1), "for eight keys: {typing}");
    Ok(())
}
