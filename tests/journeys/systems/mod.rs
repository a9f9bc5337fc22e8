//! Other systems than ours behind the elements, for real: each starts here, and a page of its own embeds the widget before it.

pub(crate) mod allauth;
mod authentik;
pub(crate) mod better_auth;
mod kratos;
mod okta;
mod pwm;
pub(crate) mod replay;
mod supabase;

use crate::{
    browser::{Browser, PATIENCE},
    site::Site,
    world::{Language, Place, Walk, World, go},
};
use anyhow::{Context, Result, ensure};
use std::{
    ffi::OsString,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Instant,
};
use tempfile::TempDir;

const RESET: &str = "sspr-reset";
const CHANGE: &str = "sspr-change";
pub(crate) const PERSON: &str = "alex@example.org";
pub(crate) const OLD: &str = "Old-Harbor-Light-1";
const NEW: &str = "Quiet-Lagoon-97-Otter";

fn visit(name: &str, walk: impl for<'a> Fn(&'a World) -> Walk<'a>) {
    go(name, Place::Demonstration, Language::English, "", walk);
}

/// A system that was started for one test, with a site before it.
pub(crate) struct System {
    process: Child,
    /// What it keeps.
    state: TempDir,
    site: Site,
}

impl System {
    /// Starts a program, which is told its port and the page's address, and a site whose page hands `prefix` on to it.
    async fn start(
        prefix: &str,
        body: &str,
        command: impl FnOnce(&TempDir, u16, &str) -> Result<Command>,
    ) -> Result<Self> {
        let state = tempfile::tempdir()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let site = Site::before(prefix, &format!("http://127.0.0.1:{port}"), body).await?;
        let page = format!("{}/", site.origin);
        let mut process = command(&state, port, &page)?
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(state.path().join("log"))?)
            .spawn()?;
        let output = process.stdout.take().context("it has an output")?;
        let said = tokio::task::spawn_blocking(move || {
            let mut lines = BufReader::new(output).lines().map_while(Result::ok);
            let ready = lines.any(|line| line == "ready");
            // What it says later is read too, so that it never waits.
            std::thread::spawn(move || lines.for_each(drop));
            ready
        });
        let system = Self { process, state, site };
        ensure!(said.await?, "it did not start: {}", system.log());
        Ok(system)
    }

    /// The folder of what it keeps.
    pub(crate) fn state(&self) -> &Path {
        self.state.path()
    }

    /// The address of the page before it.
    pub(crate) fn page(&self) -> String {
        format!("{}/", self.site.origin)
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.state.path().join("log")).unwrap_or_default()
    }

    async fn browser(&self, world: &World) -> Result<Browser> {
        let browser = world.browser_of_size(900, 1200).await?;
        browser.open(&self.page()).await?;
        Ok(browser)
    }
}

impl Drop for System {
    fn drop(&mut self) {
        // One that has ended by itself needs no end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A program or folder that `cargo xtask test` has put there.
fn given(name: &str) -> Result<OsString> {
    std::env::var_os(name).with_context(|| format!("{name} is set by cargo xtask test"))
}

fn script(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/journeys/systems").join(name)
}

/// Looks until there is something.
async fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> Result<T> {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return Ok(found);
        }
        ensure!(Instant::now() < end, "no {what}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

async fn identify(browser: &Browser, identifier: &str) -> Result<()> {
    browser.find(RESET, "#sspr-identifier").await?;
    browser.fill(RESET, "[name=identifier]", identifier).await?;
    press(browser).await
}

async fn press(browser: &Browser) -> Result<()> {
    browser.click(RESET, "button.main").await
}

async fn answer(browser: &Browser, code: &str) -> Result<()> {
    browser.fill(RESET, "[name=code]", code).await?;
    press(browser).await
}

async fn set_password(browser: &Browser, password: &str) -> Result<()> {
    browser.fill(RESET, "[name=new-password]", password).await?;
    press(browser).await
}

async fn is_done(browser: &Browser) -> Result<()> {
    browser.find("", "sspr-reset[view=done]").await.map(drop)
}

/// Asks the system itself whether a password signs in, from the page.
async fn signs_in(browser: &Browser, path: &str, password: &str) -> Result<bool> {
    let script = "const [path, email, password, done] = arguments;
        const token = /csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? '';
        fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrftoken': token }, body: JSON.stringify({ email, password }) })
            .then((answer) => done(answer.ok));";
    let arguments = [path, PERSON, password].map(Into::into).to_vec();
    Ok(browser.run_async(script, arguments).await? == true)
}
