//! The drivers of a test run, and the browsers that they start: each with a profile of its own. `GECKODRIVER` asks for
//! Firefox; without it, Chromium is driven, by `CHROMEDRIVER` or what PATH has.

use anyhow::{Context, Result};
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};
use thirtyfour::{
    Capabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver,
};

/// Collects what the page's Content-Security-Policy refused, from before the page's first script on.
pub(crate) const WATCH: &str = "window.journeyReports = [];
addEventListener('securitypolicyviolation', (event) =>
  window.journeyReports.push(`${event.violatedDirective} refused ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`));";

/// Which browser is driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// By chromedriver, with the DevTools protocol.
    Chromium,
    /// By geckodriver: what WebDriver has, and no more.
    Firefox,
}

/// Which browser this test run drives.
pub(crate) fn kind() -> Kind {
    if std::env::var_os("GECKODRIVER").is_some() { Kind::Firefox } else { Kind::Chromium }
}

/// Starts a browser that prefers a language (BCP 47).
pub(crate) async fn start(language: &str, width: u32, height: u32) -> Result<WebDriver> {
    let wanted = match kind() {
        Kind::Chromium => chromium(language, width, height)?,
        Kind::Firefox => firefox(language, width, height)?,
    };
    let driver = WebDriver::new(format!("http://127.0.0.1:{}", port()?), wanted).await?;
    if kind() == Kind::Chromium {
        let watch = serde_json::json!({ "source": WATCH });
        driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", watch).await?;
    }
    Ok(driver)
}

fn chromium(language: &str, width: u32, height: u32) -> Result<Capabilities> {
    let mut wanted = DesiredCapabilities::chrome();
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--hide-scrollbars",
        "--force-prefers-reduced-motion",
        // For what shall not resolve, without asking anybody.
        "--host-resolver-rules=MAP nowhere.invalid ~NOTFOUND",
    ] {
        wanted.add_arg(argument)?;
    }
    wanted.add_arg(&format!("--window-size={width},{height}"))?;
    wanted.add_arg(&format!("--lang={language}"))?;
    wanted.add_experimental_option(
        "prefs",
        serde_json::json!({
            "intl.accept_languages": language,
            "credentials_enable_service": false,
            "profile.password_manager_leak_detection": false,
        }),
    )?;
    wanted.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(wanted.into())
}

fn firefox(language: &str, width: u32, height: u32) -> Result<Capabilities> {
    let mut wanted = Capabilities::new();
    wanted.set("browserName", "firefox")?;
    let options = serde_json::json!({
        "binary": std::env::var("SSPR_FIREFOX").unwrap_or_else(|_| "firefox-esr".into()),
        "args": ["-headless", format!("--width={width}"), format!("--height={height}")],
        "prefs": {
            "intl.accept_languages": language,
            "signon.rememberSignons": false,
            "ui.prefersReducedMotion": 1,
            // Nothing but the journey goes over the network.
            "app.update.enabled": false,
            "network.captive-portal-service.enabled": false,
            "network.connectivity-service.enabled": false,
            "services.settings.server": "data:,",
        },
    });
    wanted.set("moz:firefoxOptions", options)?;
    Ok(wanted)
}

/// The port of the driver. One chromedriver serves all; a geckodriver has one browser.
fn port() -> Result<u16> {
    if kind() == Kind::Firefox {
        return launch();
    }
    static PORT: OnceLock<Result<u16, String>> = OnceLock::new();
    PORT.get_or_init(|| launch().map_err(|error| format!("{error:#}"))).clone().map_err(anyhow::Error::msg)
}

/// Starts the driver on a free port. It ends with this process: its standard input closes then, which a helper
/// shell waits for.
fn launch() -> Result<u16> {
    let (program, quiet, says) = match kind() {
        Kind::Chromium => {
            let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".into());
            (program, "--log-level=SEVERE", "started successfully on port ")
        }
        Kind::Firefox => (std::env::var("GECKODRIVER")?, "--log=info", "Listening on 127.0.0.1:"),
    };
    let mut child: Child = Command::new("sh")
        .args(["-c", "\"$0\" --port=0 \"$1\" & driver=$!; cat >/dev/null; kill $driver", &program, quiet])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {program}: install the browser and its driver"))?;
    let output = child.stdout.take().context("the driver has no output")?;
    let mut lines = BufReader::new(output).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.split_once(says)?.1.trim_end_matches('.').parse().ok())
        .with_context(|| format!("{program} did not say its port"))?;
    // Keeps both pipes open for as long as the process lives.
    std::mem::forget(child.stdin.take());
    std::thread::spawn(move || lines.for_each(drop));
    Ok(port)
}
