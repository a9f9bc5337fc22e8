//! A person's browser: finding, clicking and typing with bounded waits, in the page and inside the elements.

use crate::driver;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::{
    path::Path,
    time::{Duration, Instant},
};
use thirtyfour::{WebDriver, WebElement};

/// How long anything may take to appear.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_millis(40);

/// Finds what is visible under a selector, within an element's shadow root or the page.
const FIND: &str = "const [host, css, text] = arguments;
const scopes = host ? [...document.querySelectorAll(host)].map((element) => element.shadowRoot ?? element) : [document];
for (const scope of scopes)
  for (const found of scope.querySelectorAll(css))
    if (found.checkVisibility({ visibilityProperty: true }) && (!text || found.textContent.includes(text))) return found;
return null;";

/// Everything that can be read on the page, inside the elements too.
const READ: &str = "const [host] = arguments;
const read = (node) => {
  const own = node.innerText ?? '';
  return own + [...node.querySelectorAll('*')].filter((e) => e.shadowRoot).map((e) =>
    '\\n' + [...e.shadowRoot.children].map((c) => c.innerText ?? '').join('\\n')).join('');
};
if (!host) return read(document.body);
return [...document.querySelectorAll(host)].map((e) =>
  e.shadowRoot ? [...e.shadowRoot.children].map((c) => c.innerText ?? '').join('\\n') : e.innerText).join('\\n');";

/// A browser with a profile of its own; a clone drives the same one.
#[derive(Clone)]
pub(crate) struct Browser {
    /// What drives it.
    pub(crate) driver: WebDriver,
}

impl Browser {
    /// Starts one.
    pub(crate) async fn start(language: &str, width: u32, height: u32) -> Result<Self> {
        Ok(Self { driver: driver::start(language, width, height).await? })
    }

    /// Opens an address.
    pub(crate) async fn open(&self, address: &str) -> Result<()> {
        self.driver.goto(address).await.with_context(|| format!("opening {address}"))?;
        if driver::kind() == driver::Kind::Firefox {
            // WebDriver has no way to run it before the page's first script: what is refused while the page loads is only
            // seen in Chromium.
            self.run(driver::WATCH, vec![]).await?;
        }
        Ok(())
    }

    /// Runs a script and reads what it returns.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// Runs a script that ends by calling its last argument.
    pub(crate) async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver.execute_async(script, arguments).await?.json().clone())
    }

    /// What is visible under a selector now; `host` names the element to look into, empty for the page.
    pub(crate) async fn look(&self, host: &str, css: &str, text: &str) -> Result<Option<WebElement>> {
        let found = self.driver.execute(FIND, vec![json!(host), json!(css), json!(text)]).await?;
        if found.json().is_null() { Ok(None) } else { Ok(Some(found.element()?)) }
    }

    /// Waits for something visible.
    pub(crate) async fn find(&self, host: &str, css: &str) -> Result<WebElement> {
        self.find_text(host, css, "").await
    }

    /// Waits for something visible that contains a text.
    pub(crate) async fn find_text(&self, host: &str, css: &str, text: &str) -> Result<WebElement> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            // A page that is being replaced cannot be asked; the next look will do.
            if let Ok(Some(element)) = self.look(host, css, text).await {
                return Ok(element);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        let with = if text.is_empty() { String::new() } else { format!(" with “{text}”") };
        bail!(
            "no visible `{css}`{with} in {} after {PATIENCE:?}",
            if host.is_empty() { "the page" } else { host }
        )
    }

    /// Waits until nothing visible matches any more.
    pub(crate) async fn gone(&self, host: &str, css: &str) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if matches!(self.look(host, css, "").await, Ok(None)) {
                return Ok(());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        bail!("`{css}` is still visible in {host} after {PATIENCE:?}")
    }

    /// Waits for something and clicks it.
    pub(crate) async fn click(&self, host: &str, css: &str) -> Result<()> {
        self.click_text(host, css, "").await
    }

    /// Waits for something with a text and clicks it. What is replaced or covered meanwhile is looked for again.
    pub(crate) async fn click_text(&self, host: &str, css: &str, text: &str) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        loop {
            let element = self.find_text(host, css, text).await?;
            match element.click().await {
                Ok(()) => return Ok(()),
                Err(error) if Instant::now() > until => {
                    return Err(error).with_context(|| format!("clicking `{css}` in {host}"));
                }
                Err(_) => tokio::time::sleep(LOOK_EVERY).await,
            }
        }
    }

    /// Waits for a field, empties it and types.
    pub(crate) async fn fill(&self, host: &str, css: &str, text: &str) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        loop {
            let field = self.find(host, css).await?;
            let typed = async {
                field.clear().await?;
                field.send_keys(text).await
            };
            match typed.await {
                Ok(()) => return Ok(()),
                Err(error) if Instant::now() > until => {
                    return Err(error).with_context(|| format!("typing into `{css}` in {host}"));
                }
                Err(_) => tokio::time::sleep(LOOK_EVERY).await,
            }
        }
    }

    /// Presses keys wherever the focus is, as a person without a mouse does.
    pub(crate) async fn press(&self, keys: impl Into<thirtyfour::TypingData>) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(keys).perform().await?)
    }

    /// What can be read in an element, or on the whole page.
    pub(crate) async fn text(&self, host: &str) -> Result<String> {
        Ok(self.run(READ, vec![json!(host)]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a text can be read.
    pub(crate) async fn shows(&self, host: &str, text: &str) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if self.text(host).await.is_ok_and(|read| read.contains(text)) {
                return Ok(());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        bail!("“{text}” is not shown in {host} after {PATIENCE:?}")
    }

    /// Fails if the page's policy refused anything or the console reported an error. A refused request is no
    /// error of the page: the browser notes every answer of 400 and above.
    pub(crate) async fn assert_quiet(&self) -> Result<()> {
        let reports = self.run("return window.journeyReports ?? []", vec![]).await?;
        ensure!(reports.as_array().is_some_and(Vec::is_empty), "Content-Security-Policy reports: {reports}");
        let errors: Vec<String> = self
            .console()
            .await?
            .into_iter()
            .filter(|entry| entry.level == "SEVERE" && !is_an_answer(&entry.message))
            .map(|entry| entry.message)
            .collect();
        ensure!(errors.is_empty(), "the console reported: {errors:#?}");
        Ok(())
    }

    /// What the console has reported. WebDriver has no word for it, and geckodriver no extension: nothing in Firefox.
    pub(crate) async fn console(&self) -> Result<Vec<thirtyfour::BrowserLogEntry>> {
        match driver::kind() {
            driver::Kind::Chromium => Ok(self.driver.handle().browser_log().await?),
            driver::Kind::Firefox => Ok(Vec::new()),
        }
    }

    /// Keeps what a person would see, for whoever reads the failure.
    pub(crate) async fn keep(&self, path: &Path) -> Result<()> {
        self.driver.screenshot(&path.with_extension("png")).await?;
        let console = self.console().await?;
        let console: Vec<_> =
            console.iter().map(|entry| format!("{}: {}", entry.level, entry.message)).collect();
        let text = format!("{}\n\nConsole:\n{}\n", self.text("").await?, console.join("\n"));
        std::fs::write(path.with_extension("txt"), text)?;
        Ok(())
    }
}

/// Whether a console entry is the browser's note about a status, such as the 422 of a wrong code, about a network that the
/// journey took away, or about a site that ended with its journey while something was still on its way.
fn is_an_answer(message: &str) -> bool {
    let why = message.split_once("Failed to load resource: ").map_or("", |(_, why)| why);
    [
        "the server responded with a status of 4",
        "net::ERR_INTERNET_DISCONNECTED",
        "net::ERR_CONNECTION_REFUSED",
    ]
    .iter()
    .any(|known| why.starts_with(known))
}
