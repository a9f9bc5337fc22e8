//! What reaches people: mails, texts and calls.

use crate::browser::{Browser, PATIENCE};
use anyhow::{Context, Result, bail};
use sspr_mailbox::{Mailbox, found_code, found_link};
use std::time::{Duration, Instant};

/// Where messages arrive.
pub(crate) enum Mail<'a> {
    /// At the mailbox that the server sends to.
    Mailbox(&'a Mailbox),
    /// On the page of the demonstration.
    Page(&'a Browser),
}

/// Texts of the panel's messages to an address, newest first.
const TEXTS: &str = "return [...document.querySelectorAll('#messages li')]
  .filter((line) => line.dataset.to === arguments[0])
  .map((line) => line.querySelector('strong').textContent + '\\n' + line.querySelector('pre').textContent);";

impl Mail<'_> {
    /// Everything that reached an address or number, newest first: the subject, then the text.
    pub(crate) async fn all(&self, to: &str) -> Result<Vec<String>> {
        match self {
            Self::Mailbox(mailbox) => Ok(mailbox
                .messages()
                .into_iter()
                .filter(|message| message.to == to)
                .map(|message| format!("{}\n{}", message.subject.unwrap_or_default(), message.text))
                .collect()),
            Self::Page(browser) => {
                let texts = browser.run(TEXTS, vec![to.into()]).await?;
                Ok(serde_json::from_value(texts)?)
            }
        }
    }

    /// Waits until `count` messages reached an address, and reads the newest.
    pub(crate) async fn nth(&self, to: &str, count: usize) -> Result<String> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let texts = self.all(to).await?;
            if texts.len() >= count {
                return texts.into_iter().next().context("there is one");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("{} messages to {to} after {PATIENCE:?}, {count} wanted", self.all(to).await?.len())
    }

    /// Waits until a message to an address has a text in its subject or body.
    pub(crate) async fn with(&self, to: &str, text: &str) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if self.all(to).await?.iter().any(|message| message.contains(text)) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("no message “{text}” to {to} after {PATIENCE:?}, only {:#?}", self.all(to).await?)
    }

    /// The code in the newest of `count` messages.
    pub(crate) async fn code(&self, to: &str, count: usize) -> Result<String> {
        let text = self.nth(to, count).await?;
        found_code(&text).with_context(|| format!("no code in: {text}"))
    }

    /// The link in the newest of `count` messages.
    pub(crate) async fn link(&self, to: &str, count: usize) -> Result<String> {
        let text = self.nth(to, count).await?;
        found_link(&text).with_context(|| format!("no link in: {text}"))
    }
}
