//! Whether the identity provider that is told of resets answers. It is asked for the headers of its address only (HEAD), so
//! nobody is signed out.

use super::{Code, Finding, clock::Clocks};
use crate::{
    config::{Config, load_secret},
    delivery::Webhook,
};

pub(super) async fn finding(config: &Config, clocks: &mut Clocks) -> Finding {
    let webhook = match prepared(config) {
        Ok(Some(webhook)) => webhook,
        Ok(None) => {
            let found = "No identity provider is told of resets; the server's own sessions end.";
            return Finding::new(Code::RevocationNone, found);
        }
        Err(why) => return Finding::new(Code::RevocationConfig, why),
    };
    let answer = match webhook.try_out().await {
        Ok(answer) => answer,
        Err(why) => {
            return Finding::new(Code::RevocationUnreachable, format_args!("The identity provider: {why}."));
        }
    };
    if let Some(time) = answer.time {
        clocks.told("the identity provider", time);
    }
    // It need not answer HEAD, and nothing is signed here; that it answers at all is what counts.
    let code = if answer.status >= 500 { Code::RevocationFailing } else { Code::RevocationOk };
    Finding::new(code, format_args!("The identity provider answers (HEAD: {}).", answer.status))
}

fn prepared(config: &Config) -> Result<Option<Webhook>, String> {
    let secret = load_secret("SSPR_REVOCATION_SECRET", config.revocation.secret_file.as_deref());
    let secret = secret.map_err(|error| format!("revocation.secret_file: {error}"))?;
    Webhook::new(&config.revocation, secret).map_err(|error| error.to_string())
}
