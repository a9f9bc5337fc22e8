//! A system under the scenario: what runs, where its messages arrive, how one signs in to it, and what it can do.

use crate::{
    browser::{Browser, PATIENCE},
    world::server::Server,
};
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use sspr_mailbox::{Channel, found_link};
use std::{any::Any, fs, path::PathBuf, pin::Pin, time::Instant};

/// What not every system can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Can {
    /// Refuses passwords by rules of its own.
    Judge,
    Text,
    Link,
    Unlock,
    Change,
    Register,
}

/// Where messages arrive.
pub(super) enum Sends {
    /// The mailbox of our server.
    Server(Box<Server>),
    /// Files of mails, by Django.
    Folder(PathBuf),
    /// Lines of JSON, by better-auth.
    Lines(PathBuf),
    /// `host.sent` in the page.
    Page,
    /// The codes that a recording sends, one after the other.
    Recorded(&'static [&'static str]),
}

/// How one signs in, to see which password stands.
pub(super) enum SignIn {
    /// By a request to this path; to sign out, which some ask for before, by deleting the second.
    Post(&'static str, Option<&'static str>),
    /// By `host.signsIn` in the page.
    Page,
    /// A recording says nothing of it.
    Untold,
}

/// How a subject starts.
pub(super) type Start = Pin<Box<dyn Future<Output = Result<Subject>>>>;

/// A system that runs, and the page before it.
pub(super) struct Subject {
    /// Its address.
    pub(super) page: String,
    pub(super) sends: Sends,
    /// Somebody with an account, as they type it.
    pub(super) person: &'static str,
    /// The same by the way that takes a phone.
    pub(super) by_phone: &'static str,
    /// Nobody.
    pub(super) nobody: &'static str,
    /// The person's password at first.
    pub(super) old: &'static str,
    /// How a code is sent: `email` or `sms`.
    pub(super) way: &'static str,
    /// A code that is wrong.
    pub(super) wrong: &'static str,
    /// A password that it refuses.
    pub(super) weak: &'static str,
    /// A part of what is said of that.
    pub(super) refusal: &'static str,
    pub(super) sign_in: SignIn,
    /// Wrong passwords that lock an account.
    pub(super) locks_after: u8,
    pub(super) can: &'static [Can],
    /// What it can besides, as a recording of its own shows.
    pub(super) stories: &'static [Can],
    /// The file of its log, if it has one.
    pub(super) log: PathBuf,
    /// What is wrong with it at the end.
    pub(super) ends: Box<dyn Fn() -> Result<()>>,
    /// What ends with it, its page last.
    pub(super) _running: Box<dyn Any>,
}

impl Subject {
    pub(super) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Codes that came by the usual way, oldest first.
    pub(super) async fn codes(&self, browser: &Browser) -> Result<Vec<String>> {
        let channel = if self.way == "sms" { Channel::Sms } else { Channel::Email };
        self.sent(browser, channel).await
    }

    /// Codes that came by text message.
    pub(super) async fn texts(&self, browser: &Browser) -> Result<Vec<String>> {
        self.sent(browser, Channel::Sms).await
    }

    async fn sent(&self, browser: &Browser, channel: Channel) -> Result<Vec<String>> {
        Ok(match &self.sends {
            Sends::Server(server) => {
                let messages = server.mailbox.messages().into_iter().rev();
                messages.filter(|it| it.channel == channel).filter_map(|it| it.code).collect()
            }
            Sends::Folder(folder) => mails(folder)?.iter().filter_map(|mail| code_of_allauth(mail)).collect(),
            Sends::Lines(file) => {
                let (kind, name) = if channel == Channel::Sms { ("sms", "code") } else { ("email", "otp") };
                let of_kind = lines(file).into_iter().filter(|it| it["kind"] == kind);
                of_kind.filter_map(|it| it[name].as_str().map(str::to_owned)).collect()
            }
            Sends::Recorded(codes) => codes.iter().map(|&code| code.to_owned()).collect(),
            Sends::Page => serde_json::from_value(browser.run("return host.sent", vec![]).await?)?,
        })
    }

    /// Links that were mailed, oldest first.
    pub(super) fn links(&self) -> Result<Vec<String>> {
        Ok(match &self.sends {
            Sends::Server(server) => {
                server.mailbox.messages().into_iter().rev().filter_map(|it| it.link).collect()
            }
            Sends::Folder(folder) => mails(folder)?.iter().filter_map(|mail| found_link(mail)).collect(),
            Sends::Lines(file) => {
                let links = lines(file).into_iter().filter(|it| it["kind"] == "link");
                links.filter_map(|it| it["url"].as_str().map(str::to_owned)).collect()
            }
            Sends::Page | Sends::Recorded(_) => Vec::new(),
        })
    }

    /// The newest of a kind, once there are more than so many.
    pub(super) async fn newest<F: Future<Output = Result<Vec<String>>>>(
        &self,
        before: usize,
        look: impl Fn() -> F,
    ) -> Result<String> {
        let end = Instant::now() + PATIENCE;
        loop {
            let mut all = look().await?;
            let recorded = matches!(self.sends, Sends::Recorded(_));
            if (all.len() > before || recorded)
                && let Some(newest) = all.pop()
            {
                return Ok(newest);
            }
            ensure!(Instant::now() < end, "no message after {PATIENCE:?}, {before} came before");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }

    /// Whether the system itself takes a password, asked from the page; who signs in stays signed in.
    pub(super) async fn signs_in(&self, browser: &Browser, password: &str) -> Result<Option<bool>> {
        let (path, out) = match self.sign_in {
            SignIn::Post(path, out) => (Some(path), out),
            SignIn::Page => (None, None),
            SignIn::Untold => return Ok(None),
        };
        let script = "const [path, out, who, password, done] = arguments;
            if (!path) return done(host.signsIn(password));
            const token = /csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? '';
            const headers = { 'content-type': 'application/json', 'x-csrftoken': token };
            const before = out ? fetch(out, { method: 'DELETE', headers }) : Promise.resolve();
            before.then(() => fetch(path, { method: 'POST', headers, body: JSON.stringify({ email: who, identifier: who, password }) }))
                .then((answer) => done(answer.ok), () => done(false));";
        let arguments = vec![json!(path), json!(out), json!(self.person), json!(password)];
        Ok(Some(browser.run_async(script, arguments).await? == true))
    }

    /// Which of the passwords stands now.
    pub(super) async fn now<'a>(&self, browser: &Browser, passwords: &[&'a str]) -> Result<&'a str> {
        for &password in passwords {
            if self.signs_in(browser, password).await?.unwrap_or(true) {
                return Ok(password);
            }
        }
        anyhow::bail!("none of the passwords signs in")
    }
}

/// Mails in a folder, oldest first.
fn mails(folder: &PathBuf) -> Result<Vec<String>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut files: Vec<_> = entries.flatten().map(|it| it.path()).collect();
    files.sort_by_key(|file| file.metadata().and_then(|it| it.modified()).ok());
    files.iter().map(|file| Ok(fs::read_to_string(file)?)).collect()
}

fn lines(file: &PathBuf) -> Vec<Value> {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// A line that looks like a code of allauth's, such as `ABCD-EFGH`.
fn code_of_allauth(mail: &str) -> Option<String> {
    let is_code = |line: &&str| {
        let known = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'-';
        line.len() >= 4 && line.bytes().all(known)
    };
    mail.lines().find(is_code).map(str::to_owned)
}
