//! WCAG 2.2 AA on every screen that the gallery shows: axe-core's rules, and what it cannot see. A table of screens and checks
//! is printed for each look.
#![allow(clippy::print_stdout, reason = "a test says what it looked at")]

use crate::{
    browser::Browser,
    site::Site,
    world::{Language, Place, World, go},
};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};
use thirtyfour::Key;

/// One test, in a browser of its own.
macro_rules! in_the_gallery {
    ($($name:ident)*) => { $(
        mod $name {
            #[test]
            fn in_the_gallery() {
                use super::{Language, Place, go};
                go(stringify!($name), Place::Demonstration, Language::English, "", |world| Box::pin(super::$name(world)));
            }
        }
    )* };
}

in_the_gallery! {
    axe_finds_nothing_in_english
    axe_finds_nothing_from_right_to_left
    axe_finds_nothing_in_any_theme
    nothing_is_cut_off_in_any_language
    every_text_is_a_whole_message_and_a_longer_one_has_room
    every_stop_of_the_tab_key_is_seen
}

const CHECKS: &str = include_str!("checks.js");

/// How long all screens may take to be reached, and a look over them.
const PATIENCE: Duration = Duration::from_secs(90);

/// The gallery in a browser.
struct Gallery {
    site: Site,
    browser: Browser,
}

/// What was found: tile, check, and what.
type Findings = BTreeSet<(String, String, String)>;

impl Gallery {
    async fn open(world: &World) -> Result<Self> {
        let browser = world.browser_of_size(1280, 900).await?;
        browser.driver.set_script_timeout(PATIENCE).await?;
        Ok(Self { site: Site::open("", "").await?, browser })
    }

    /// Shows every screen with these switches, and returns how many there are.
    async fn show(&self, switches: &str) -> Result<u64> {
        self.browser.open(&format!("{}/gallery/gallery.html?{switches}", self.site.origin)).await?;
        self.browser.run(CHECKS, vec![]).await?;
        self.settled().await
    }

    async fn settled(&self) -> Result<u64> {
        let end = Instant::now() + PATIENCE;
        loop {
            match self.browser.run("return ready()", vec![]).await? {
                Value::Number(count) => return count.as_u64().context("a count"),
                Value::String(failed) => anyhow::bail!(failed),
                _ => ensure!(Instant::now() < end, "some screens were never reached"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Turns a switch while everything is shown.
    async fn turn(&self, switch: &str, to: &str) -> Result<()> {
        let script =
            "const [name, value] = arguments; const field = document.getElementById('switches')[name];
            field.value = value; field.dispatchEvent(new Event('change', { bubbles: true }));";
        self.browser.run(script, vec![json!(switch), json!(to)]).await?;
        self.settled().await.map(drop)
    }

    /// Light, dark, or the system's few colours.
    async fn wear(&self, media: &[(&str, &str)]) -> Result<()> {
        let features: Vec<_> =
            media.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let wanted = json!({ "features": features });
        self.browser.driver.cdp().send_raw("Emulation.setEmulatedMedia", wanted).await?;
        // Until colours have changed.
        tokio::time::sleep(Duration::from_millis(400)).await;
        Ok(())
    }

    async fn finds(&self, check: &str) -> Result<Findings> {
        let script = format!(
            "const done = arguments[arguments.length - 1]; Promise.resolve({check}).then(done, (error) => done(String(error)))"
        );
        let found = self.browser.run_async(&script, vec![]).await?;
        let found = found.as_array().with_context(|| format!("{check}: {found}"))?;
        let text = |it: &Value, name: &str| it[name].as_str().unwrap_or_default().to_owned();
        Ok(found.iter().map(|it| (text(it, "tile"), text(it, "check"), text(it, "what"))).collect())
    }

    async fn load_axe(&self) -> Result<()> {
        let file = std::env::var("SSPR_AXE").context("SSPR_AXE names axe.min.js")?;
        // Run by the driver, whom the page's policy does not bind.
        self.browser.run(&std::fs::read_to_string(file)?, vec![]).await.map(drop)
    }
}

/// The table of one look; fails with what was found.
fn tell(look: &str, screens: u64, checks: &[&str], findings: &Findings) -> Result<()> {
    let mut rows: BTreeMap<&str, usize> = checks.iter().map(|check| (*check, 0)).collect();
    for (_, check, _) in findings {
        *rows.entry(check).or_default() += 1;
    }
    let table: String = rows
        .iter()
        .map(|(check, count)| format!("{look:<40} {screens:>3} screens  {check:<34} {count}\n"))
        .collect();
    // For whoever runs all tests: their output is hidden as long as they pass.
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tables");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join(look.replace([' ', '='], "-")).with_extension("txt"), &table)?;
    let lines: Vec<_> =
        findings.iter().map(|(tile, check, what)| format!("{tile}: {check}: {what}")).collect();
    ensure!(findings.is_empty(), "{look}:\n{}", lines.join("\n"));
    Ok(())
}

const LOOKS: [(&str, &[(&str, &str)]); 3] = [
    ("light", &[("prefers-color-scheme", "light")]),
    ("dark", &[("prefers-color-scheme", "dark")]),
    ("forced colours", &[("prefers-color-scheme", "dark"), ("forced-colors", "active")]),
];

/// Looks at every screen in light, dark and forced colours.
async fn axe_finds_nothing(
    world: &World,
    name: &str,
    switches: &[&str],
    looks: &[(&str, &[(&str, &str)])],
) -> Result<()> {
    let gallery = Gallery::open(world).await?;
    for switches in switches {
        let screens = gallery.show(switches).await?;
        gallery.load_axe().await?;
        for (look, media) in looks {
            gallery.wear(media).await?;
            let mut findings = gallery.finds("axeFinds()").await?;
            findings.extend(gallery.finds("errorsAreTied()").await?);
            let look = format!("{name} {switches} {look}");
            tell(&look, screens, &["axe (any rule)", "error tied to its field"], &findings)?;
        }
    }
    Ok(())
}

async fn axe_finds_nothing_in_english(world: &World) -> Result<()> {
    axe_finds_nothing(world, "English", &["lang=en"], &LOOKS).await
}

async fn axe_finds_nothing_from_right_to_left(world: &World) -> Result<()> {
    axe_finds_nothing(world, "Arabic", &["lang=ar"], &LOOKS).await
}

async fn axe_finds_nothing_in_any_theme(world: &World) -> Result<()> {
    let themes = ["theme=soft", "theme=sharp", "theme=contrast", "dense=dense"];
    axe_finds_nothing(world, "English", &themes, &LOOKS[..2]).await
}

async fn nothing_is_cut_off_in_any_language(world: &World) -> Result<()> {
    let gallery = Gallery::open(world).await?;
    for (size, switches) in [("320 px", "width=320"), ("320 px, text of 200 %", "width=320&text=200")] {
        let screens = gallery.show(switches).await?;
        for language in crate::words::languages()? {
            gallery.turn("lang", &language).await?;
            // The texts of a language come by the network.
            tokio::time::sleep(Duration::from_millis(150)).await;
            let findings = gallery.finds("nothingIsCutOff()").await?;
            tell(
                &format!("{language} {size}"),
                screens,
                &["stays inside", "text is not cut off"],
                &findings,
            )?;
        }
    }
    Ok(())
}

/// What is on the screens and is no text of ours: what people typed, and what the backend says.
const DATA: [&str; 5] = [
    "Work phone",
    "a•••@example.net",
    "In which street did you live first?",
    "What was the name of your first school?",
    "What was your first pet called?",
];

async fn every_text_is_a_whole_message_and_a_longer_one_has_room(world: &World) -> Result<()> {
    let gallery = Gallery::open(world).await?;
    let screens = gallery.show("width=320").await?;
    gallery.browser.run("return speakPseudo()", vec![]).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut findings = gallery.finds(&format!("textsAreWhole({})", json!(DATA))).await?;
    findings.extend(gallery.finds("nothingIsCutOff()").await?);
    tell("pseudo 320 px", screens, &["a whole message of the catalog", "text is not cut off"], &findings)
}

async fn every_stop_of_the_tab_key_is_seen(world: &World) -> Result<()> {
    let gallery = Gallery::open(world).await?;
    let screens = gallery.show("").await?;
    gallery.browser.run("document.querySelector('#screens a').focus()", vec![]).await?;
    let (mut findings, mut stops, mut outside) = (Findings::new(), 0, 0);
    // The tiles' own links and buttons lie between the elements; the page's end is where nothing of theirs comes any more.
    while outside < 12 {
        gallery.browser.press(Key::Tab).await?;
        let stop = gallery.browser.run("return focusIsSeen()", vec![]).await?;
        if stop.is_null() {
            outside += 1;
            continue;
        }
        (stops, outside) = (stops + 1, 0);
        if stop["ok"] != json!(true) {
            let text = |name: &str| stop[name].as_str().unwrap_or_default().to_owned();
            findings.insert((text("tile"), "the focus is seen".into(), text("what")));
        }
    }
    println!("{stops} stops of the Tab key");
    ensure!(stops > 150, "{stops} stops of the Tab key on {screens} screens");
    tell("light", screens, &["the focus is seen"], &findings)
}
