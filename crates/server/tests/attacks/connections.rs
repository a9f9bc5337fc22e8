//! Connections that are kept without being used.

use crate::{
    raw::Raw,
    site::{Setup, Site},
    table::Attack,
};
use std::{
    fs::{self, File},
    time::{Duration, Instant},
};

const SHORT: &str = "header_timeout_seconds = 1\nrequest_timeout_seconds = 2";
const POST: &str = "POST /sspr/v1/recovery HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n";

/// All of them at once; how long the longest held on.
async fn dripping(site: &Site, begin: &str, drops: &str, count: usize) -> Duration {
    let drip = async || {
        let mut raw = Raw::open(site.address()).await;
        raw.write(begin.as_bytes()).await.unwrap();
        raw.drip(drops.as_bytes(), Duration::from_secs(8)).await
    };
    let all = futures_util::future::join_all((0..count).map(|_| drip())).await;
    all.into_iter().map(|held| held.expect("each is closed in time")).max().unwrap()
}

/// How long the slowest of some honest requests took.
async fn meanwhile(site: &Site) -> Duration {
    let mut slowest = Duration::ZERO;
    for _ in 0..10 {
        let began = Instant::now();
        site.is_well().await;
        slowest = slowest.max(began.elapsed());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    slowest
}

#[tokio::test]
async fn who_sends_byte_by_byte_is_cut_off() {
    let attack =
        Attack::new("connections", "slowloris: 50 heads and 50 bodies byte by byte (limits of 1 and 2 s)");
    let site = Site::with(Setup { server: SHORT, ..Setup::default() }).await;
    let (heads, bodies, honest) = tokio::join!(
        dripping(&site, "GET /healthz HTTP/1.1\r\nhost: a\r\n", "x-a: b\r\n", 50),
        dripping(&site, POST, " ", 50),
        meanwhile(&site),
    );
    assert!(heads < Duration::from_millis(2500), "{heads:?}");
    assert!(bodies < Duration::from_millis(4500), "{bodies:?}");
    assert!(honest < Duration::from_secs(1), "{honest:?}");
    attack.held(format!(
        "closed after {:.1} and {:.1} s; others waited {} ms at most",
        heads.as_secs_f64(),
        bodies.as_secs_f64(),
        honest.as_millis()
    ));
}

#[tokio::test]
async fn who_says_nothing_is_cut_off() {
    let attack =
        Attack::new("connections", "50 connections that say nothing, and 50 that pause after an answer");
    let site = Site::with(Setup { server: SHORT, ..Setup::default() }).await;
    let silent = async |begin: &str| {
        let mut raw = Raw::open(site.address()).await;
        raw.write(begin.as_bytes()).await.unwrap();
        let began = Instant::now();
        let (_, closed) = raw.read_to_end(Duration::from_secs(6)).await;
        assert!(closed, "after {begin:?}");
        began.elapsed()
    };
    let mut asked = vec![""; 50];
    asked.extend(["GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n"; 50]);
    let held = futures_util::future::join_all(asked.into_iter().map(silent)).await;
    let longest = held.into_iter().max().unwrap();
    assert!(longest < Duration::from_millis(2500), "{longest:?}");
    attack.held(format!("all closed within {:.1} s (limit 1 s)", longest.as_secs_f64()));
}

#[tokio::test]
async fn who_does_not_take_the_answer_is_cut_off() {
    let attack = Attack::new("connections", "ask for a file of 256 MB and never read it (limit 2 s)");
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("static")).unwrap();
    let large = File::create(folder.path().join("static/large")).unwrap();
    large.set_len(256 << 20).unwrap();
    let server = format!("static_dir = \"static\"\n{SHORT}");
    let site = Site::within(folder, Setup { server: &server, ..Setup::default() }).await;
    let mut raw = Raw::open(site.address()).await;
    raw.write(b"GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(4500)).await;
    let (got, closed) = raw.read_to_end(Duration::from_secs(3)).await;
    assert!(closed && got.len() < 128 << 20, "{} bytes, closed {closed}", got.len());
    site.is_well().await;
    attack.held("given up after 2 s without a byte taken");
}

#[tokio::test]
async fn a_flood_of_connections_is_bounded_and_passes() {
    let attack = Attack::new("connections", "open 200 connections where 16 are allowed");
    let server = "connections = 16\nheader_timeout_seconds = 1";
    let site = Site::with(Setup { server, ..Setup::default() }).await;
    let sockets = || {
        let open = fs::read_dir(format!("/proc/{}/fd", site.process())).unwrap().flatten();
        let sockets = open.filter(|it| {
            fs::read_link(it.path()).is_ok_and(|to| to.to_string_lossy().starts_with("socket:"))
        });
        sockets.count()
    };
    let before = sockets();
    let mut flood = Vec::new();
    for _ in 0..200 {
        flood.push(Raw::open(site.address()).await);
    }
    let mut most = 0;
    for _ in 0..10 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        most = most.max(sockets().saturating_sub(before));
    }
    assert!(most <= 20, "{most} connections are open");
    drop(flood);
    let began = Instant::now();
    site.is_well().await;
    let waited = began.elapsed();
    assert!(waited < Duration::from_secs(10), "{waited:?}");
    attack.held(format!(
        "{most} were open at once; an honest request waited {:.1} s afterwards",
        waited.as_secs_f64()
    ));
}
