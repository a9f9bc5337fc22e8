//! Where the codes that a server sends can be read.

use std::process::Command;

use serde_json::Value;

/// Where to look.
pub(crate) enum Codes {
    /// An address that answers with a JSON list of messages, newest first, each with `id` and `code`, as our mailbox does
    /// (`/mailbox/messages`).
    List(String),
    /// A shell command that prints the newest code.
    Command(String),
}

/// What was there at a moment.
#[derive(PartialEq, Eq)]
pub(crate) struct Seen(Option<(String, String)>);

impl Codes {
    /// What is there now.
    pub(super) fn seen(&self) -> Result<Seen, String> {
        Ok(Seen(self.newest()?))
    }

    /// The newest code, where it came after that moment.
    pub(super) fn newer(&self, than: &Seen) -> Result<Option<String>, String> {
        Ok(self.newest()?.filter(|newest| Some(newest) != than.0.as_ref()).map(|(_, code)| code))
    }

    fn newest(&self) -> Result<Option<(String, String)>, String> {
        match self {
            Self::List(url) => {
                let failed = |error: ureq::Error| format!("the codes at {url} cannot be read: {error}");
                let mut answer = ureq::get(url).call().map_err(failed)?;
                let list: Value = answer.body_mut().read_json().map_err(failed)?;
                let with_code = |it: &Value| Some((it["id"].to_string(), it["code"].as_str()?.to_owned()));
                Ok(list.as_array().into_iter().flatten().find_map(with_code))
            }
            Self::Command(command) => {
                let output = Command::new("sh").args(["-c", command]).output();
                let output = output.map_err(|error| format!("the codes' command cannot be run: {error}"))?;
                let code = String::from_utf8_lossy(&output.stdout).trim().to_owned();
                Ok(Some((String::new(), code)).filter(|(_, code)| !code.is_empty()))
            }
        }
    }
}
