//! The one chromedriver of a test run, and the browsers that it starts: each with a profile of its own.

use anyhow::{Context, Result};
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};

/// Where chromedriver is, unless `CHROMEDRIVER` names it.
const CHROMEDRIVER: &str = "chromedriver";

/// Collects what the page's Content-Security-Policy refused, from before the page's first script on.
const WATCH: &str = "window.journeyReports = [];
addEventListener('securitypolicyviolation', (event) =>
  window.journeyReports.push(`${event.violatedDirective} refused ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`));";

/// Starts a browser that prefers a language (BCP 47).
pub(crate) async fn start(language: &str, width: u32, height: u32) -> Result<WebDriver> {
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
    let driver = WebDriver::new(format!("http://127.0.0.1:{}", port()?), wanted).await?;
    let watch = serde_json::json!({ "source": WATCH });
    driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", watch).await?;
    Ok(driver)
}

/// The port of chromedriver, which is started once.
fn port() -> Result<u16> {
    static PORT: OnceLock<Result<u16, String>> = OnceLock::new();
    PORT.get_or_init(|| launch().map_err(|error| format!("{error:#}"))).clone().map_err(anyhow::Error::msg)
}

/// Starts chromedriver on a free port. It ends with this process: its standard input closes then, which a helper
/// shell waits for.
fn launch() -> Result<u16> {
    let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| CHROMEDRIVER.to_owned());
    let mut child: Child = Command::new("sh")
        .args([
            "-c",
            "\"$0\" --port=0 --log-level=SEVERE & driver=$!; cat >/dev/null; kill $driver",
            &program,
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {program}: install chromium and its driver"))?;
    let output = child.stdout.take().context("chromedriver has no output")?;
    let mut lines = BufReader::new(output).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| {
            line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
        })
        .with_context(|| format!("{program} did not say its port"))?;
    // Keeps both pipes open for as long as the process lives.
    std::mem::forget(child.stdin.take());
    std::thread::spawn(move || lines.for_each(drop));
    Ok(port)
}
