//! Saying that one comes from elsewhere, or is somebody else.

use crate::{
    site::{Setup, Site, count},
    support::Running,
    table::Attack,
};
use reqwest::Method;

const NAMES: [&str; 6] =
    ["x-forwarded-for", "x-real-ip", "true-client-ip", "cf-connecting-ip", "forwarded", "x-client-ip"];

#[tokio::test]
async fn an_address_is_not_believed_from_just_anybody() {
    let attack =
        Attack::new("proxies", "escape the limit of one's network by forged X-Forwarded-For and the like");
    let site = Site::with(Setup { limits: "starts_per_prefix = 4", ..Setup::default() }).await;
    let mut answers = Vec::new();
    for number in 0..18 {
        let address = format!("203.0.{number}.1");
        let name = NAMES[number % NAMES.len()];
        let value = if name == "forwarded" { format!("for={address}") } else { address };
        answers.push(site.start(&format!("nobody{number}"), &[(name, value)]).await);
    }
    assert_eq!((count(202, &answers), count(429, &answers)), (4, 14));

    let site = Site::with(Setup { limits: "starts_per_prefix = 4", proxy: true, ..Setup::default() }).await;
    let mut answers = Vec::new();
    for number in 0..12 {
        // The proxy appends whom it saw; the rest is what the client wrote.
        let chain = format!("203.0.{number}.1, 127.0.0.1, 198.51.100.7");
        answers.push(site.start(&format!("nobody{number}"), &[("x-forwarded-for", chain)]).await);
    }
    assert_eq!((count(202, &answers), count(429, &answers)), (4, 8), "behind a proxy that is believed");
    attack.held("4 of 18 pass: the connection's own address counts; behind a proxy, the one that it saw");
}

#[tokio::test]
async fn a_name_is_not_believed_from_just_anybody() {
    let attack = Attack::new("proxies", "sign in by the header that the reverse proxy sets");
    let more = "[identity.header]\nname = \"X-Remote-User\"\nfrom = [\"10.9.9.9/32\"]\n";
    let site = Site::with(Setup { more, ..Setup::default() }).await;
    for via in ["", "10.9.9.9"] {
        let mut request = site.request(Method::GET, "/sspr/v1/me/methods").header("x-remote-user", "emery");
        if !via.is_empty() {
            request = request.header("x-forwarded-for", via);
        }
        assert_eq!(Running::answered(request).await.status, 401, "via {via:?}");
    }
    attack.held("401, also with the proxy's address in X-Forwarded-For");
}
