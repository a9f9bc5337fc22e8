//! Every step of every element × every fault, in Chromium, against the real server: what goes wrong is said with a next
//! step, nothing happens twice, and the flow goes on or begins again. The check `faults` of `cargo xtask test` prints the table.
//!
//! `faults.rs` has the faults, `cases.rs` the steps, `proxy.rs` brings the faults about, and the page's scripts type and
//! press (`case.js` one case, `steps.js` the way through the screens, `hand.js` the hand, `shim.js` a faster clock).

mod cases;
mod kinds;
mod proxy;
mod table;
mod trap;

use crate::{
    browser::Browser,
    world::{
        Language, Place, World, go_within,
        server::{Server, free_port},
    },
};
use anyhow::{Context, Result, ensure};
use cases::Case;
use kinds::{By, FAULTS};
use proxy::Proxy;
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    path::Path,
    time::{Duration, Instant},
};
use table::Ended;
use tokio::net::TcpListener;

/// As many at a time as leave the browser a connection to spare.
const WORKERS: usize = 5;

/// All of it takes three minutes on two cores with nothing else to do.
const LIMIT: Duration = Duration::from_secs(900);

/// Two gates and low costs; a flow that is always near its end, so that more time is offered.
const CONFIG: &str = r#"
[server]
https = false
even_answer_ms = 5
[smtp]
from = "no-reply@example.org"
[policy]
recovery_methods = ["email", "sms", "totp", "recovery_code"]
gates = 2
unlock_without_reset = true
max_emails = 10
[password.hashing]
memory = 64
passes = 1
lanes = 1
[limits]
resend_after = 1
flow_life = 119
tries = 10
starts_per_hour = 100000
failed_proofs_per_day = 100000
messages_per_destination = 100000
starts_per_prefix = 100000
starts_total = 100000
failed_sign_ins_per_prefix = 100000
ranges_per_prefix = 100000
texts_per_day = 100000
"#;

#[test]
fn every_step_survives_every_fault_in_chromium() {
    go_within(LIMIT, "faults", Place::Demonstration, Language::English, "", |world| {
        Box::pin(every_case(world))
    });
}

#[test]
fn the_guide_to_faults_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/faults.md");
    if std::env::var_os("UPDATE_FAULTS").is_some() {
        std::fs::write(&path, table::guide()).expect("the guide can be written");
    }
    let now = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(now == table::guide(), "docs/faults.md is not current: run this test with UPDATE_FAULTS=1");
}

async fn every_case(world: &World) -> Result<()> {
    let began = Instant::now();
    let cases = cases::all();
    let people: Vec<Value> = cases.iter().map(Case::account).collect();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let page = format!("http://localhost:{}/", listener.local_addr()?.port());
    let server = Server::configured(free_port()?, &page, CONFIG, &serde_json::to_string(&people)?).await?;
    let proxy = Proxy::start(listener, server)?;

    let mut run = Run { browser: world.browser_of_size(1000, 1400).await?, page, ended: HashMap::new() };
    run.open().await?;
    let by = |wanted: By| {
        let of = |it: &&Case| FAULTS.iter().any(|(fault, by, _)| *fault == it.fault && *by == wanted);
        cases.iter().filter(of).map(Case::told).collect::<Vec<_>>()
    };
    let plain: Vec<Value> = [By::Proxy, By::Address, By::Person].map(by).concat();
    let nobody = format!("http://localhost:{}", free_port()?);
    run.browser.run("window.nobody = arguments[0]", vec![json!(nobody)]).await?;
    // Fault by fault: those that hold the browser's connections to a host do not hold the others up.
    for (fault, ..) in FAULTS {
        let cases: Vec<_> = plain.iter().filter(|it| it["fault"] == json!(fault)).cloned().collect();
        run.all(&cases).await?;
    }
    let of = |fault: &str| cases.iter().filter(|it| it.fault == fault).map(Case::told).collect::<Vec<_>>();
    run.with_clock(-DAY, &of("clock-slow")).await?;
    run.with_clock(DAY, &of("clock-fast")).await?;
    run.offline(&of("offline")).await?;
    run.suspended(&of("suspended")).await?;
    run.left_by("reload", &of("reload")).await?;
    run.left_by("back", &of("back")).await?;
    run.in_two_tabs(&of("tabs")).await?;

    let ended: Vec<Ended> = cases
        .iter()
        .map(|case| {
            run.ended
                .remove(&case.number)
                .unwrap_or(Ended { wrong: Some("never ended".into()), passed: false })
        })
        .collect();
    let taken = *proxy.taken.lock().expect("nobody panics with it");
    let beside = format!(
        "; {:.0} s; of an endless answer at most {:.1} MB left the server",
        began.elapsed().as_secs_f32(),
        taken as f32 / 1e6
    );
    if std::env::var_os("SSPR_FAULTS").is_none_or(|only| only.is_empty()) {
        table::write(&cases, &ended, &beside)?;
    }
    let wrong: Vec<String> = cases
        .iter()
        .zip(&ended)
        .filter_map(|(case, end)| {
            Some(format!("{} × {} (p{}): {}", case.step, case.fault, case.number, end.wrong.as_ref()?))
        })
        .collect();
    ensure!(wrong.is_empty(), "{} of {}{beside}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    // What is in the machine's buffers when the page stops reading.
    ensure!(taken < 32 << 20, "{taken} bytes of a huge answer were taken");
    let uncaught = run.browser.run("return window.uncaught", vec![]).await?;
    ensure!(uncaught == json!([]), "not caught by the page: {uncaught:#}");
    // The console is full of the faults.
    run.browser.console().await?;
    Ok(())
}

/// Milliseconds.
const DAY: i64 = 86_400_000;

struct Run {
    browser: Browser,
    page: String,
    ended: HashMap<usize, Ended>,
}

impl Run {
    async fn open(&self) -> Result<()> {
        self.browser.open(&self.page).await?;
        self.until("return window.isReady === true").await
    }

    async fn until(&self, script: &str) -> Result<()> {
        let end = Instant::now() + LIMIT;
        while self.browser.run(script, vec![]).await? != json!(true) {
            ensure!(Instant::now() < end, "never true: {script}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    async fn begin(&self, work: &str, arguments: Vec<Value>) -> Result<()> {
        let script = format!("const given = [...arguments]; window.begin(() => window.{work}(...given))");
        self.browser.run(&script, arguments).await.map(drop)
    }

    async fn over(&self) -> Result<Value> {
        self.until("return window.over !== undefined").await?;
        self.browser.run("return window.over.value ?? null", vec![]).await
    }

    async fn work(&self, work: &str, arguments: Vec<Value>) -> Result<Value> {
        self.begin(work, arguments).await?;
        self.over().await
    }

    fn keep(&mut self, reports: &Value) -> Result<()> {
        for it in reports.as_array().with_context(|| format!("the page's script failed: {reports}"))? {
            let number = it["number"].as_u64().context("a number")? as usize;
            let wrong = it["wrong"].as_str().map(str::to_owned);
            let before = self.ended.remove(&number).and_then(|it| it.wrong);
            let passed = it["passed"] == json!(true);
            self.ended.insert(number, Ended { wrong: before.or(wrong), passed });
        }
        Ok(())
    }

    /// One after the other, some at a time.
    async fn all(&mut self, cases: &[Value]) -> Result<()> {
        let reports = self.work("all", vec![json!(cases), json!(WORKERS)]).await?;
        self.keep(&reports)
    }

    async fn with_clock(&mut self, off: i64, cases: &[Value]) -> Result<()> {
        self.browser.run("window.clockOffset = arguments[0]", vec![json!(off)]).await?;
        self.all(cases).await?;
        self.browser.run("window.clockOffset = 0", vec![]).await.map(drop)
    }

    async fn offline(&mut self, cases: &[Value]) -> Result<()> {
        self.work("prepareAll", vec![json!(cases), json!(WORKERS)]).await?;
        self.network(true).await?;
        self.work("actAll", vec![json!(cases.len())]).await?;
        self.network(false).await?;
        let reports = self.work("finishAll", vec![json!(WORKERS)]).await?;
        self.keep(&reports)
    }

    async fn network(&self, offline: bool) -> Result<()> {
        let to =
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.browser.driver.cdp().send_raw("Network.enable", json!({})).await?;
        self.browser.driver.cdp().send_raw("Network.emulateNetworkConditions", to).await?;
        Ok(())
    }

    async fn suspended(&mut self, cases: &[Value]) -> Result<()> {
        self.work("prepareAll", vec![json!(cases), json!(WORKERS)]).await?;
        self.begin("actAll", vec![json!(cases.len())]).await?;
        for (state, time) in [("frozen", 1500), ("active", 0)] {
            tokio::time::sleep(Duration::from_millis(150)).await;
            let to = json!({ "state": state });
            self.browser.driver.cdp().send_raw("Page.setWebLifecycleState", to).await?;
            tokio::time::sleep(Duration::from_millis(time)).await;
        }
        self.over().await?;
        let reports = self.work("finishAll", vec![json!(WORKERS)]).await?;
        self.keep(&reports)
    }

    /// The page goes away while every call runs, and comes back: whoever was on it begins again and gets through.
    async fn left_by(&mut self, way: &str, cases: &[Value]) -> Result<()> {
        let leaving: Vec<Value> = cases
            .iter()
            .map(|it| {
                let mut it = it.clone();
                it["leaves"] = json!(true);
                it
            })
            .collect();
        self.work("prepareAll", vec![json!(leaving), json!(WORKERS)]).await?;
        self.work("actAll", vec![json!(cases.len())]).await?;
        tokio::time::sleep(Duration::from_millis(100)).await;
        if way == "reload" {
            self.browser.driver.refresh().await?;
        } else {
            self.browser.open(&format!("{}frame.html", self.page)).await?;
            self.browser.driver.back().await?;
        }
        self.until("return window.isReady === true").await?;
        if self.browser.run("return window.held !== undefined", vec![]).await? == json!(true) {
            // The browser kept the page: it goes on where it was.
            let reports = self.work("finishAll", vec![json!(WORKERS)]).await?;
            return self.keep(&reports);
        }
        let again: Vec<Value> = cases
            .iter()
            .map(|it| {
                let mut it = it.clone();
                it["id"] = json!(format!("{}-again", it["number"]));
                it["again"] = json!(true);
                it
            })
            .collect();
        self.all(&again).await
    }

    async fn in_two_tabs(&mut self, cases: &[Value]) -> Result<()> {
        let first = self.browser.driver.window().await?;
        self.work("prepareAll", vec![json!(cases), json!(WORKERS)]).await?;
        let second = self.browser.driver.new_tab().await?;
        self.browser.driver.switch_to_window(second).await?;
        self.open().await?;
        let other: Vec<Value> = cases
            .iter()
            .map(|it| {
                let mut it = it.clone();
                it["id"] = json!(format!("{}-other", it["number"]));
                it
            })
            .collect();
        self.work("prepareAll", vec![json!(other), json!(WORKERS)]).await?;
        self.browser.driver.switch_to_window(first.clone()).await?;
        self.work("actAll", vec![json!(WORKERS)]).await?;
        let reports = self.work("finishAll", vec![json!(WORKERS)]).await?;
        self.keep(&reports)?;
        let second =
            self.browser.driver.windows().await?.into_iter().find(|it| *it != first).context("a tab")?;
        self.browser.driver.switch_to_window(second).await?;
        self.work("actAll", vec![json!(WORKERS)]).await?;
        let reports = self.work("finishAll", vec![json!(WORKERS)]).await?;
        self.keep(&reports)?;
        self.browser.driver.close_window().await?;
        Ok(self.browser.driver.switch_to_window(first).await?)
    }
}
