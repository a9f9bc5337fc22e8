//! Whether the keys of the tokens that people sign in with can be had.

use super::{Code, Finding};
use crate::{config::Config, identity::BearerToken};

pub(super) async fn finding(config: &Config) -> Finding {
    let Some(section) = &config.identity.token else {
        return Finding::new(Code::IdentityNone, "Nobody signs in by a token of another system.");
    };
    let tokens = match BearerToken::new(section) {
        Ok(tokens) => tokens,
        Err(error) => return Finding::new(Code::IdentityConfig, error),
    };
    match tokens.count_keys().await {
        Ok(0) => Finding::new(Code::IdentityKeys, "The document with the keys of tokens holds none."),
        Ok(count) => {
            Finding::new(Code::IdentityOk, format_args!("Keys that tokens are checked with: {count}."))
        }
        Err(error) => Finding::new(Code::IdentityKeys, format_args!("Of tokens, {error}.")),
    }
}
