//! As much of WebDriver (W3C) as the measurements need.

use std::time::Duration;

use serde_json::{Value, json};

use crate::process::{self, Running};
use crate::reference;
use crate::tools::Browser;
use crate::trouble::{Doing, Outcome, Trouble};

/// The key under which WebDriver hands out an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

const START: Duration = Duration::from_secs(30);

/// A browser with a fresh profile. It closes with this value.
pub(crate) struct Session {
    url: String,
    agent: ureq::Agent,
    _driver: Running,
}

impl Session {
    pub(crate) fn start(browser: &Browser) -> Outcome<Session> {
        Session::start_with(browser, "normal")
    }

    /// The same, where [`open`](Self::open) does not wait for the page to load, and neither do other commands.
    pub(crate) fn start_impatiently(browser: &Browser) -> Outcome<Session> {
        Session::start_with(browser, "none")
    }

    fn start_with(browser: &Browser, waiting: &str) -> Outcome<Session> {
        let port = process::free_port()?;
        let driver = format!("http://127.0.0.1:{port}");
        let mut command = std::process::Command::new(&browser.driver);
        let mut running = Running::start("ChromeDriver", command.arg(format!("--port={port}")))?;
        running.wait_until(START, || reference::answers(&format!("{driver}/status")))?;

        let mut arguments = vec!["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en"];
        if browser.no_sandbox {
            arguments.push("--no-sandbox");
        }
        let options = json!({"binary": browser.chromium, "args": arguments});
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": options,
            "pageLoadStrategy": waiting,
        }}});
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        let mut session = Session { url: driver, agent, _driver: running };
        let started = session.post("/session", &wanted)?;
        let id =
            started["sessionId"].as_str().ok_or_else(|| Trouble::new("ChromeDriver names no session"))?;
        session.url = format!("{}/session/{id}", session.url);
        Ok(session)
    }

    pub(crate) fn open(&self, address: &str) -> Outcome {
        self.post("/url", &json!({"url": address})).map(drop)
    }

    /// Runs a script's body and returns what it returns.
    pub(crate) fn run(&self, script: &str, arguments: &[&str]) -> Outcome<Value> {
        self.post("/execute/sync", &json!({"script": script, "args": arguments}))
    }

    /// Types into the element that a script returned.
    pub(crate) fn type_into(&self, element: &Value, text: &str) -> Outcome {
        let id = element[ELEMENT].as_str().ok_or_else(|| Trouble::new("The script found no element"))?;
        self.post(&format!("/element/{id}/value"), &json!({"text": text})).map(drop)
    }

    /// Sends a command of Chromium's own protocol (DevTools) and returns its answer.
    pub(crate) fn devtools(&self, command: &str, parameters: &Value) -> Outcome<Value> {
        self.post("/goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    fn post(&self, path: &str, body: &Value) -> Outcome<Value> {
        let doing = || format!("talk to ChromeDriver ({path})");
        let mut answer = self.agent.post(format!("{}{path}", self.url)).send_json(body).doing(doing)?;
        let mut value: Value = answer.body_mut().read_json().doing(doing)?;
        let value = value["value"].take();
        match value["error"].as_str() {
            None => Ok(value),
            Some(error) => {
                let message =
                    value["message"].as_str().unwrap_or_default().lines().next().unwrap_or_default();
                Err(Trouble::new(format!("Chromium could not do {path}: {error}, {message}")))
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.agent.delete(&self.url).call().ok();
    }
}
