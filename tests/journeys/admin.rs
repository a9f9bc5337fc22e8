//! `<sspr-admin>` on the start page of the seeded administrator, on the real server.

use crate::{
    browser::Browser,
    people::{NEWCOMER, OLD_PASSWORD, WELL_PREPARED, WITHOUT_METHODS},
    reset::Reset,
    sign_in::SignIn,
    world::{Language, Place, World, go},
};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

/// One test, on the server and in English.
macro_rules! on_the_server {
    ($($name:ident)*) => { $(
        #[test]
        fn $name() {
            go(stringify!($name), Place::Server, Language::English, "", |world| Box::pin(self::walks::$name(world)));
        }
    )* };
}

on_the_server! {
    an_administrator_decides_who_may_reset
    of_two_administrators_the_second_sees_what_the_first_saved
    an_administrator_reads_a_report_and_looks_up_who_has_no_method
    nobody_else_sees_the_panel_or_gets_anything
    a_keyboard_is_enough_for_the_panel
    axe_finds_nothing_in_the_panel
}

const HOST: &str = "sspr-admin";
const ADMINISTRATOR: &str = "emery";

/// A request of the signed-in person, as the element sends it; gives status and body.
const ASK: &str = "const [method, path, change, done] = arguments;
(async () => {
  const session = await (await fetch('/sspr/v1/session')).json();
  const init = { method, headers: { 'x-csrf-token': session.csrf ?? '' } };
  if (change) {
    const now = await (await fetch(path)).json();
    init.body = JSON.stringify({ version: now.version, values: { ...now.values, ...change } });
    init.headers['content-type'] = 'application/json';
  }
  const answer = await fetch(path, init);
  done([answer.status, await answer.json()]);
})().catch((error) => done([0, String(error)]));";

struct Panel<'a>(&'a Browser);

impl Panel<'_> {
    async fn open(world: &World) -> Result<Browser> {
        let browser = world.browser().await?;
        SignIn(&browser).sign_in(ADMINISTRATOR, OLD_PASSWORD).await?;
        browser.find(HOST, "form.policy").await?;
        Ok(browser)
    }

    async fn part(&self, name: &str) -> Result<()> {
        self.0.click_text(HOST, ".part", name).await
    }

    async fn choose(&self, label: &str) -> Result<()> {
        self.0.click_text(HOST, "label.check", label).await
    }

    async fn save(&self) -> Result<()> {
        self.0.click(HOST, ".save button.main").await?;
        self.0.shows(HOST, "Saved.").await
    }

    async fn asks(&self, method: &str, path: &str, change: Value) -> Result<(u64, Value)> {
        let answer = self.0.run_async(ASK, vec![json!(method), json!(path), change]).await?;
        Ok((answer[0].as_u64().context("a status")?, answer[1].clone()))
    }
}

mod walks {
    use super::*;

    pub(super) async fn an_administrator_decides_who_may_reset(world: &World) -> Result<()> {
        let browser = Panel::open(world).await?;
        let panel = Panel(&browser);
        panel.choose("Nobody").await?;
        browser.shows(HOST, "What will change").await?;
        panel.save().await?;
        let other = world.browser().await?;
        let reset = Reset::new(world, &other);
        SignIn(&other).forgot().await?;
        reset.is_live().await?;
        for name in [WELL_PREPARED, "nobody.at.all"] {
            other.fill("sspr-reset", "[name=identifier]", name).await?;
            other.press(Key::Enter).await?;
            other.find_text("sspr-reset", "h2", "You cannot do this here").await?;
            other.click_text("sspr-reset", "button", "Back").await?;
        }
        panel.choose("Everyone").await?;
        panel.save().await?;
        let (_, described) = panel.asks("GET", "/sspr/v1/describe", Value::Null).await?;
        ensure!(described["features"]["reset"] == true, "{described}");
        browser.assert_quiet().await
    }

    pub(super) async fn of_two_administrators_the_second_sees_what_the_first_saved(
        world: &World,
    ) -> Result<()> {
        let browser = Panel::open(world).await?;
        let panel = Panel(&browser);
        let (status, _) = panel.asks("PUT", "/sspr/v1/admin/policy", json!({ "reconfirm_days": 91 })).await?;
        ensure!(status == 200, "{status}");
        browser.fill(HOST, "[name=helpdesk]", "tel:+4930123").await?;
        browser.click(HOST, ".save button.main").await?;
        browser.shows(HOST, "Somebody else changed the policy").await?;
        // The form is filled anew with their change when it has come.
        browser.find_text(HOST, ".changes dt", "Address of the helpdesk").await?;
        let typed =
            "return document.querySelector('sspr-admin').shadowRoot.querySelector('[name=reconfirm]').value";
        let mut days = browser.run(typed, vec![]).await?;
        for _ in 0..40 {
            if days == "91" {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            days = browser.run(typed, vec![]).await?;
        }
        ensure!(days == "91", "their change is shown: {days}");
        panel.save().await?;
        let (_, now) = panel.asks("GET", "/sspr/v1/admin/policy", Value::Null).await?;
        ensure!(
            now["values"]["helpdesk"] == "tel:+4930123" && now["values"]["reconfirm_days"] == 91,
            "{now}"
        );
        browser.assert_quiet().await
    }

    pub(super) async fn an_administrator_reads_a_report_and_looks_up_who_has_no_method(
        world: &World,
    ) -> Result<()> {
        let browser = Panel::open(world).await?;
        let panel = Panel(&browser);
        panel.part("Reports").await?;
        browser.find_text(HOST, "table.chart caption", "People").await?;
        panel.part("Look up a person").await?;
        browser.fill(HOST, "[name=who]", WITHOUT_METHODS).await?;
        browser.press(Key::Enter).await?;
        browser.shows(HOST, "This person cannot reset their password now.").await?;
        browser.shows(HOST, "A reset takes 2 different methods, and the account has 0.").await?;
        browser.fill(HOST, "[name=who]", "nobody.at.all").await?;
        browser.press(Key::Enter).await?;
        browser.shows(HOST, "No account has this name.").await?;
        browser.assert_quiet().await
    }

    pub(super) async fn nobody_else_sees_the_panel_or_gets_anything(world: &World) -> Result<()> {
        let browser = world.browser().await?;
        let panel = Panel(&browser);
        let (status, _) = panel.asks("GET", "/sspr/v1/admin/policy", Value::Null).await?;
        ensure!(status == 401, "{status}");
        SignIn(&browser).sign_in(NEWCOMER, OLD_PASSWORD).await?;
        ensure!(browser.look("", HOST, "").await?.is_none(), "the panel is shown");
        for (method, path) in [("GET", "/sspr/v1/admin/policy"), ("GET", "/sspr/v1/admin/reports")] {
            let (status, body) = panel.asks(method, path, Value::Null).await?;
            ensure!(status == 403 && body["code"] == "policy-forbids", "{path}: {status} {body}");
        }
        Ok(())
    }

    pub(super) async fn a_keyboard_is_enough_for_the_panel(world: &World) -> Result<()> {
        let browser = Panel::open(world).await?;
        let focus = "const host = document.querySelector('sspr-admin'); host.shadowRoot.querySelector('.part').focus()";
        browser.run(focus, vec![]).await?;
        // Over the other parts to the first question; its arrow keys choose.
        for _ in 0..3 {
            browser.press(Key::Tab).await?;
        }
        browser.press(Key::Up).await?;
        browser.shows(HOST, "What will change").await?;
        let focused =
            "return document.querySelector('sspr-admin').shadowRoot.activeElement?.textContent ?? ''";
        for _ in 0..20 {
            if browser.run(focused, vec![]).await?.as_str() == Some("Save changes") {
                break;
            }
            browser.press(Key::Tab).await?;
        }
        browser.press(Key::Enter).await?;
        // Members of selected groups, of which none is named: the field that is wrong has the focus.
        browser.shows(HOST, "Name at least one group").await?;
        let wrong = "return document.querySelector('sspr-admin').shadowRoot.activeElement?.name ?? ''";
        ensure!(browser.run(wrong, vec![]).await? == "groups");
        browser.press("staff").await?;
        browser.press(Key::Enter).await?;
        browser.click(HOST, ".save button.main").await?;
        browser.shows(HOST, "Saved.").await
    }

    pub(super) async fn axe_finds_nothing_in_the_panel(world: &World) -> Result<()> {
        let browser = Panel::open(world).await?;
        let panel = Panel(&browser);
        let axe = std::env::var("SSPR_AXE").context("SSPR_AXE names axe.min.js")?;
        browser.run(&std::fs::read_to_string(axe)?, vec![]).await?;
        for lang in ["en", "ar"] {
            let set = "document.querySelector('sspr-admin').setAttribute('lang', arguments[0])";
            browser.run(set, vec![json!(lang)]).await?;
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            for part in 0..3 {
                let show = "document.querySelector('sspr-admin').shadowRoot.querySelectorAll('.part')[arguments[0]].click()";
                browser.run(show, vec![json!(part)]).await?;
                if part == 2 {
                    browser.fill(HOST, "[name=who]", WITHOUT_METHODS).await?;
                    browser.press(Key::Enter).await?;
                    browser.find(HOST, ".found").await?;
                } else {
                    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
                }
                for theme in ["light", "dark"] {
                    panel.looks_well(lang, part, theme).await?;
                }
            }
        }
        Ok(())
    }
}

/// The rules of axe-core on the element, and that nothing of it sticks out of the window.
const LOOK: &str = "const done = arguments[arguments.length - 1];
const host = document.querySelector('sspr-admin');
const out = [...host.shadowRoot.querySelectorAll('*')].filter((it) => {
  const box = it.getBoundingClientRect();
  return !it.closest('.wide, .unseen') && box.width && (box.left < -1 || box.right > innerWidth + 1);
}).map((it) => `sticks out: ${it.tagName} ${it.className}`);
axe.run({ include: [host] }, { resultTypes: ['violations'] }).then(
  ({ violations }) => done([...out, ...violations.flatMap(({ id, nodes }) => nodes.map((it) => `${id}: ${it.html.slice(0, 120)}`))]),
  (error) => done([String(error)]));";

impl Panel<'_> {
    async fn looks_well(&self, lang: &str, part: u8, theme: &str) -> Result<()> {
        let cdp = self.0.driver.cdp();
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
        cdp.send_raw("Emulation.setEmulatedMedia", media).await?;
        for (width, height) in [(320, 640), (1280, 900)] {
            let metrics =
                json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            cdp.send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            if let Some(folder) = std::env::var_os("SSPR_PICTURES") {
                let picture = cdp
                    .send_raw(
                        "Page.captureScreenshot",
                        json!({ "format": "png", "captureBeyondViewport": true }),
                    )
                    .await?;
                let picture = picture["data"].as_str().context("a picture")?.as_bytes();
                let name = format!("admin-{part}-{width}-{theme}-{lang}.png");
                let file = std::path::Path::new(&folder).join(name);
                std::fs::write(file, data_encoding::BASE64.decode(picture)?)?;
            }
            let found = self.0.run_async(LOOK, vec![]).await?;
            ensure!(
                found.as_array().is_some_and(Vec::is_empty),
                "part {part}, {lang}, {theme}, {width} px: {found:#}"
            );
        }
        Ok(())
    }
}
