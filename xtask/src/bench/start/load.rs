//! One load of one page, in a browser with a fresh profile, on a slow machine behind a slow network.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::contender::Contender;
use crate::process;
use crate::tools::Browser;
use crate::trouble::{Outcome, Trouble};
use crate::webdriver::Session;

const PROBE: &str = include_str!("probe.js");

/// How many times slower the processor appears to be.
const SLOW_DOWN: u32 = 4;

/// What Chromium's DevTools apply under the name “Slow 4G”: 150 ms and 1.6 Mbit/s down, 750 kbit/s up, times the factors
/// by which DevTools make up for throttling above the transport (3.75 and 0.9). In ms and bytes a second.
const LATENCY: f64 = 562.5;
const DOWN: f64 = 1_440_000.0 / 8.0;
const UP: f64 = 675_000.0 / 8.0;

/// How long a page may take.
const PATIENCE: Duration = Duration::from_secs(45);

/// How long an answer to Enter may take: a round trip, and what a slow machine needs.
const ANSWER: Duration = Duration::from_secs(4);

/// The times of one load, in ms since the navigation began.
#[derive(Clone, Debug)]
pub(super) struct Load {
    /// The first field is there and can be used.
    pub(super) field: f64,
    /// The first field's value has changed by a key.
    pub(super) typed: f64,
    /// The form is live.
    pub(super) live: f64,
    /// The form sent the key that was typed; else it did not know of it, and took the next one.
    pub(super) sent: bool,
    /// What came over the line until the form was live: path and bytes.
    pub(super) loaded: Vec<(String, u64)>,
}

impl Load {
    pub(super) fn bytes(&self) -> u64 {
        self.loaded.iter().map(|(_, bytes)| bytes).sum()
    }
}

/// Loads a page, types a key into its first field as soon as there is one, waits until the form is live, and makes sure
/// that it is: what was typed is still there, and Enter changes what is shown.
pub(super) fn load(browser: &Browser, origin: &str, contender: &Contender) -> Outcome<Load> {
    let session = Session::start_impatiently(browser)?;
    let event = contender.event.map_or(Value::Null, Value::from).to_string();
    for (command, parameters) in [
        ("Network.enable", json!({})),
        ("Emulation.setCPUThrottlingRate", json!({ "rate": SLOW_DOWN })),
        (
            "Network.emulateNetworkConditions",
            json!({ "offline": false, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP }),
        ),
        ("Page.enable", json!({})),
        ("Page.addScriptToEvaluateOnNewDocument", json!({ "source": PROBE.replace("EVENT", &event) })),
    ] {
        session.devtools(command, &parameters)?;
    }
    let visit = Visit { session, name: contender.name, began: Instant::now() };
    visit.session.open(&format!("{origin}{}", contender.path))?;
    visit.wait("probe.field", "a field")?;
    visit.press("a", "a", 65)?;
    visit.wait("probe.typed", "what was typed")?;
    visit.wait("probe.live", "a live form")?;
    let times = visit.ask("probe.times")?;
    let loaded = visit.ask("probe.loaded()")?;
    if visit.ask("probe.kept()")? != true {
        return Err(Trouble::new(format!("{} lost what was typed", contender.name)));
    }
    let sent = visit.answers_enter()?;
    if !sent {
        // The form did not learn of a key that came as early as this; it does of the next one.
        visit.press("b", "b", 66)?;
        if !visit.answers_enter()? {
            return Err(Trouble::new(format!("{} does not answer Enter", contender.name)));
        }
    }
    let time = |name: &str| {
        times[name].as_f64().ok_or_else(|| Trouble::new(format!("{} has no time {name}", contender.name)))
    };
    let loaded = loaded.as_array().into_iter().flatten();
    let loaded = loaded.filter_map(|entry| Some((entry[0].as_str()?.to_owned(), entry[1].as_u64()?)));
    Ok(Load {
        sent,
        field: time("field")?,
        typed: time("typed")?,
        live: time("live")?,
        loaded: loaded.collect(),
    })
}

/// A page under way.
struct Visit<'a> {
    session: Session,
    name: &'a str,
    began: Instant,
}

impl Visit<'_> {
    /// What an expression gives; null while the page is not there yet. A promise is waited for.
    fn ask(&self, expression: &str) -> Outcome<Value> {
        let asked = json!({
            "expression": format!("globalThis.probe ? {expression} : null"),
            "awaitPromise": true, "returnByValue": true, "timeout": PATIENCE.as_millis() as u64,
        });
        let mut answer = self.session.devtools("Runtime.evaluate", &asked)?;
        Ok(answer["result"]["value"].take())
    }

    /// Waits until a promise of the page is kept.
    fn wait(&self, promise: &str, what: &str) -> Outcome {
        let limited = format!(
            "Promise.race([{promise}, new Promise((resolve) => setTimeout(resolve, {}, false))])",
            PATIENCE.as_millis()
        );
        loop {
            // The navigation takes away the document that was asked, and its answer.
            match self.ask(&limited) {
                Ok(kept) if kept == true => return Ok(()),
                Ok(_) if self.began.elapsed() < PATIENCE => {}
                Err(_) if self.began.elapsed() < Duration::from_secs(5) => {}
                Ok(_) => {
                    let sentence =
                        format!("{} did not show {what} within {} s", self.name, PATIENCE.as_secs());
                    return Err(Trouble::new(sentence));
                }
                Err(trouble) => return Err(trouble),
            }
            if process::interrupted() {
                return Err(Trouble::new("Interrupted"));
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Presses Enter, and says whether the program answers by changing what is shown.
    fn answers_enter(&self) -> Outcome<bool> {
        self.ask("probe.watch()")?;
        self.press("Enter", "\r", 13)?;
        let answered = format!(
            "Promise.race([probe.answered, new Promise((resolve) => setTimeout(resolve, {}, false))])",
            ANSWER.as_millis()
        );
        Ok(self.ask(&answered)? == true)
    }

    /// Presses a key and lets it go.
    fn press(&self, key: &str, text: &str, code: u32) -> Outcome {
        let event = |kind: &str| json!({ "type": kind, "key": key, "windowsVirtualKeyCode": code });
        let mut down = event("keyDown");
        down["text"] = text.into();
        self.session.devtools("Input.dispatchKeyEvent", &down)?;
        self.session.devtools("Input.dispatchKeyEvent", &event("keyUp")).map(drop)
    }
}
