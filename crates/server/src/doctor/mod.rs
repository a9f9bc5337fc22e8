//! `sspr-server doctor`: looks at everything that the server depends on, and says how to mend what is broken. It changes
//! nothing, and sends nothing unless it is given an address.

mod breached;
mod captcha;
mod clock;
mod code;
mod configuration;
mod database;
mod directory;
mod gateway;
mod identity;
mod mail;
mod revocation;

pub use code::Code;

use crate::config::Config;
use clock::Clocks;
use serde::Serialize;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// As it should be.
    Ok,
    /// Works, but somebody should know.
    Warning,
    /// People will meet it.
    Broken,
}

/// What one check found. Holds no password, key or token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// In a sentence.
    pub found: String,
}

impl Finding {
    pub(crate) fn new(code: Code, found: impl ToString) -> Self {
        Self { code, found: found.to_string() }
    }
}

/// Looks at everything. `send_to` gets a test mail.
pub async fn examine(config: &Config, send_to: Option<&str>) -> Vec<Finding> {
    let mut clocks = Clocks::default();
    let mut findings = configuration::findings(config);
    findings.extend(database::findings(config, &mut clocks).await);
    findings.extend(mail::findings(config, send_to).await);
    findings.extend(gateway::findings(config, &mut clocks).await);
    findings.extend(directory::findings(config, &mut clocks).await);
    findings.push(revocation::finding(config, &mut clocks).await);
    findings.push(breached::finding(config).await);
    findings.push(captcha::finding(config).await);
    findings.push(identity::finding(config).await);
    findings.extend(clocks.findings());
    findings
}
