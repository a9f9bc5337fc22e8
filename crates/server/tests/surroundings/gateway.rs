//! The gateway for text messages and calls.

use super::setup::{Site, answers, nobody, silent};
use std::net::SocketAddr;

async fn at(site: &mut Site, address: SocketAddr) -> super::setup::Said {
    site.set("gateway", "url", Some(&format!("\"http://{address}/gateway\"")));
    site.examine().await
}

fn with(status: &'static str) -> SocketAddr {
    answers(move || format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_not_there_or_silent_or_no_address() {
    let mut site = Site::new().await;
    at(&mut site, nobody()).await.is_broken_by("gateway-unreachable");
    let said = at(&mut site, silent()).await;
    said.is_broken_by("gateway-unreachable");
    said.says("gateway-unreachable", "in time");
    site.set("gateway", "url", Some("\"http://\""));
    site.examine().await.is_broken_by("gateway-config");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_refuses_the_token_or_fails() {
    let mut site = Site::new().await;
    at(&mut site, with("401 Unauthorized")).await.warns_of("gateway-token");
    at(&mut site, with("503 Service Unavailable")).await.warns_of("gateway-failing");
    at(&mut site, with("404 Not Found")).await.says("gateway-ok", "404");
}
