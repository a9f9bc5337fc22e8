//! Requests of which a proxy and we might see different ends.

use crate::{
    raw::{exchange, statuses},
    site::Site,
    table::Attack,
};

const HIDDEN: &str = "GET /sspr/v1/describe HTTP/1.1\r\nhost: a\r\n\r\n";

fn post(lengths: &str, body: &str) -> String {
    let head = "POST /sspr/v1/recovery HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n";
    format!("{head}{lengths}\r\n{body}")
}

#[tokio::test]
async fn a_request_has_one_end() {
    let attack = Attack::new(
        "smuggling",
        "two lengths, length and chunks, odd codings, spaces, folded lines, bare ends",
    );
    let site = Site::new().await;
    let hidden = HIDDEN.len();
    let chunked = format!("0\r\n\r\n{HIDDEN}");
    let long = format!("content-length: {}\r\n", 5 + hidden);
    let requests = [
        post("content-length: 2\r\ncontent-length: 50\r\n", &format!("{{}}{HIDDEN}")),
        post("content-length: 2, 50\r\n", &format!("{{}}{HIDDEN}")),
        post("content-length: +2\r\n", &format!("{{}}{HIDDEN}")),
        post("content-length: 0x2\r\n", &format!("{{}}{HIDDEN}")),
        post("content-length: -1\r\n", HIDDEN),
        post("content-length: 99999999999999999999\r\n", HIDDEN),
        post(&format!("{long}transfer-encoding: chunked\r\n"), &chunked),
        post(&format!("transfer-encoding: chunked\r\n{long}"), &chunked),
        post("transfer-encoding: chunked\r\n", &chunked),
        post(&format!("{long}transfer-encoding: xchunked\r\n"), &chunked),
        post(&format!("{long}transfer-encoding: chunked, identity\r\n"), &chunked),
        post(&format!("{long}transfer-encoding : chunked\r\n"), &chunked),
        post(&format!("{long}transfer-encoding:\x0bchunked\r\n"), &chunked),
        post(&format!("{long}x: y\r\n transfer-encoding: chunked\r\n"), &chunked),
        post("transfer-encoding: chunked\r\n", &format!("2;\n\r\n{{}}\r\n{chunked}")),
        post("transfer-encoding: chunked\r\n", &format!("fffffffffffffffff\r\n{HIDDEN}")),
        format!(
            "GET /healthz HTTP/1.0\r\ntransfer-encoding: chunked\r\nconnection: keep-alive\r\n\r\n{chunked}"
        ),
    ];
    for request in &requests {
        let (answer, closed) = exchange(site.address(), request).await;
        let seen = statuses(&answer);
        assert!(seen.len() <= 1 && closed, "{seen:?}, closed {closed}:\n{request}");
        assert!(!answer.contains("recovery_methods"), "the hidden request was answered:\n{request}");
    }
    site.is_well().await;
    attack.held(format!("{} forms: one answer at most, then the connection ends", requests.len()));
}
