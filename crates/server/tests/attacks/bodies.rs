//! Bodies and heads that are too large, too deep or not what they say.

use crate::{
    raw::{Raw, exchange, statuses},
    site::Site,
    support::Running,
    table::Attack,
};
use reqwest::Method;
use std::{
    fs,
    time::{Duration, Instant},
};

/// Resident memory of a process, in KiB.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn large_and_deep_bodies_cost_neither_memory_nor_time() {
    let attack =
        Attack::new("bodies", "JSON too large, nested 6,000 deep, doubled members, a compressed bomb");
    let site = Site::new().await;
    let start = r#""identifier":"nobody","intent":"reset""#;
    let (open, close) = ("[".repeat(6000), "]".repeat(6000));
    let deep_objects = format!("{}1{}", r#"{"a":"#.repeat(2500), "}".repeat(2500));
    let cases: Vec<(Vec<u8>, u16, &str)> = vec![
        (format!("{{{start},\"more\":\"{}\"}}", "x".repeat(17_000)).into(), 413, ""),
        (vec![b' '; 17_000], 413, ""),
        (format!("{{{start},\"more\":{open}{close}}}").into(), 202, ""),
        (format!("{{{start},\"more\":{deep_objects}}}").into(), 202, ""),
        (format!("{open}{close}").into(), 400, ""),
        (open.clone().into(), 400, ""),
        (deep_objects.clone().into(), 400, ""),
        (format!("{{{start},\"intent\":\"unlock\"}}").into(), 400, ""),
        (format!("{{{start},\"locale\":1e999999}}").into(), 400, ""),
        (format!("{{{start}}}{{{start}}}").into(), 400, ""),
        (b"".to_vec(), 400, ""),
        (b"\xef\xbb\xbf{}".to_vec(), 400, ""),
        (vec![0; 10_000], 400, ""),
        // 10 MB of zeros, compressed: nothing here decompresses.
        (vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3], 400, "gzip"),
    ];
    let before = memory(site.process());
    let began = Instant::now();
    for round in 0..20 {
        for (body, status, encoding) in &cases {
            let mut request = site.request(Method::POST, "/sspr/v1/recovery");
            request = request.header("content-type", "application/json").body(body.clone());
            if !encoding.is_empty() {
                request = request.header("content-encoding", *encoding);
            }
            let answer = Running::answered(request).await;
            let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
            assert_eq!(answer.status, *status, "round {round}, {shown}: {}", answer.text);
        }
    }
    let took = began.elapsed();
    let grown = memory(site.process()).saturating_sub(before);
    assert!(grown < 64 * 1024, "{grown} KiB more");
    site.is_well().await;
    attack.held(format!(
        "{} requests in {:.1} s: 400 or 413, {} MiB more memory",
        20 * cases.len(),
        took.as_secs_f64(),
        grown / 1024
    ));
}

#[tokio::test]
async fn a_head_without_end_and_a_length_that_is_a_lie_are_cut_off() {
    let attack =
        Attack::new("bodies", "8 MB of headers, 100,000 headers, a URL of 1 MB, a body said to be 1 TB");
    let site = Site::new().await;
    let before = memory(site.process());
    let long = "x".repeat(8_000_000);
    let many: String = (0..100_000).map(|number| format!("a{number}: b\r\n")).collect();
    let path = "x".repeat(1_000_000);
    for request in [
        format!("GET /healthz HTTP/1.1\r\nhost: a\r\nx: {long}\r\n\r\n"),
        format!("GET /healthz HTTP/1.1\r\nhost: a\r\n{many}\r\n"),
        format!("GET /{path} HTTP/1.1\r\nhost: a\r\n\r\n"),
    ] {
        let (answer, closed) = exchange(site.address(), &request).await;
        let seen = statuses(&answer);
        assert!(closed && seen.iter().all(|status| (400..500).contains(status)), "{seen:?} {closed}");
    }
    let mut raw = Raw::open(site.address()).await;
    let head = "POST /sspr/v1/recovery HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n\
                content-length: 1000000000000\r\n\r\n";
    raw.write(head.as_bytes()).await.unwrap();
    raw.write(&[b' '; 20_000]).await.unwrap();
    let (answer, _) = raw.read_to_end(Duration::from_secs(2)).await;
    assert_eq!(statuses(&answer), [413], "{answer}");
    let grown = memory(site.process()).saturating_sub(before);
    assert!(grown < 64 * 1024, "{grown} KiB more");
    site.is_well().await;
    attack.held("4xx and closed after what fits; 413 as soon as 16 KiB came");
}
