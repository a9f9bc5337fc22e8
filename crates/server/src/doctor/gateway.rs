//! Whether the gateway for text messages and calls answers. It is asked for the headers of its address only (HEAD), so
//! nothing is sent to anybody.

use super::{Code, Finding, clock::Clocks};
use crate::{
    config::{Config, load_secret},
    delivery::Gateway,
};

pub(super) async fn findings(config: &Config, clocks: &mut Clocks) -> Vec<Finding> {
    vec![finding(config, clocks).await]
}

async fn finding(config: &Config, clocks: &mut Clocks) -> Finding {
    let gateway = match prepared(config) {
        Ok(Some(gateway)) => gateway,
        Ok(None) => return Finding::new(Code::GatewayNone, "No gateway is configured: no texts, no calls."),
        Err(why) => return Finding::new(Code::GatewayConfig, why),
    };
    let answer = match gateway.try_out().await {
        Ok(answer) => answer,
        Err(why) => return Finding::new(Code::GatewayUnreachable, format_args!("The gateway: {why}.")),
    };
    if let Some(time) = answer.time {
        clocks.told("the gateway", time);
    }
    let code = match answer.status {
        401 | 403 => Code::GatewayToken,
        500.. => Code::GatewayFailing,
        // A gateway need not answer HEAD; that it answers at all is what counts.
        _ => Code::GatewayOk,
    };
    Finding::new(code, format_args!("The gateway answers (HEAD: {}).", answer.status))
}

fn prepared(config: &Config) -> Result<Option<Gateway>, String> {
    let token = load_secret("SSPR_GATEWAY_TOKEN", config.gateway.token_file.as_deref());
    let token = token.map_err(|error| format!("gateway.token_file: {error}"))?;
    Gateway::new(&config.gateway, token).map_err(|error| error.to_string())
}
