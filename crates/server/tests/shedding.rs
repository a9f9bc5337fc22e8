//! More requests than can be answered: those beyond the limit are sent away at once, the others are answered, health goes on,
//! and nothing of it stays.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use reqwest::Method;
use serde_json::json;
use std::{
    path::Path,
    time::{Duration, Instant},
};
use support::{Answer, Running};
use tokio::{io::AsyncWriteExt, net::TcpStream};

/// Requests at once that are answered here.
const PLACES: usize = 4;

async fn server(folder: &Path, more: &str) -> Running {
    let config = folder.join("server.toml");
    let text = format!(
        "[server]\nhttps = false\neven_answer_ms = 0\nhashes_at_once = 1\nrequests_at_once = {PLACES}\n{more}\
         [policy]\ngates = 1\n[limits]\nfailed_sign_ins_per_prefix = 100000\nstarts_per_prefix = 100000\n"
    );
    std::fs::write(&config, text).unwrap();
    let people = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/accounts.json");
    Running::start_with("warn", 1, None, &config, Some(&people)).await
}

fn sign_in(site: &Running, number: usize) -> impl Future<Output = Answer> {
    let body = json!({ "identifier": format!("nobody-{number}"), "password": "Harbor-Light-77" });
    Running::answered(site.request(Method::POST, "/sspr/v1/session").json(&body))
}

#[tokio::test]
async fn what_is_too_much_is_sent_away_with_the_time_to_come_again_and_the_rest_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let site = server(folder.path(), "").await;
    let crowd = futures_util::future::join_all((0..60).map(|number| sign_in(&site, number)));
    let health = async {
        let mut slowest = Duration::ZERO;
        for _ in 0..10 {
            let answer = site.ready().await;
            assert_eq!(answer.status, 200);
            slowest = slowest.max(answer.took);
        }
        slowest
    };
    let (answers, slowest) = tokio::join!(crowd, health);
    assert!(slowest < Duration::from_secs(2), "health waited {slowest:?}");
    let (shed, answered): (Vec<_>, Vec<_>) = answers.into_iter().partition(|it| it.status == 503);
    assert!(
        answered.iter().all(|it| it.status == 401),
        "{:?}",
        answered.iter().map(|it| it.status).collect::<Vec<_>>()
    );
    assert!(answered.len() >= PLACES, "{} were answered", answered.len());
    assert!(!shed.is_empty(), "nobody was sent away");
    for answer in &shed {
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        assert_eq!(answer.json()["code"], "overloaded");
        let seconds: u32 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!(seconds >= 1);
        assert_eq!(answer.json()["retry_after"], seconds);
    }
    assert_eq!(sign_in(&site, 0).await.status, 401, "the crowd is gone and so is the limit");
}

#[tokio::test]
async fn who_sends_a_body_byte_by_byte_takes_no_place() {
    let folder = tempfile::tempdir().unwrap();
    let site = server(folder.path(), "request_timeout_seconds = 5\n").await;
    let mut slow = Vec::new();
    for _ in 0..4 * PLACES {
        let mut stream = TcpStream::connect(site.address()).await.unwrap();
        let head = "POST /sspr/v1/session HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{";
        stream.write_all(head.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = Instant::now();
    assert_eq!(sign_in(&site, 0).await.status, 401);
    assert!(began.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn a_request_that_runs_out_of_time_says_when_to_come_again() {
    let folder = tempfile::tempdir().unwrap();
    let site = server(folder.path(), "request_timeout_seconds = 1\n").await;
    let mut stream = TcpStream::connect(site.address()).await.unwrap();
    let head = "POST /sspr/v1/session HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 4096];
    let read = tokio::io::AsyncReadExt::read(&mut stream, &mut answer);
    let length = tokio::time::timeout(Duration::from_secs(10), read).await.unwrap().unwrap();
    let answer = String::from_utf8_lossy(&answer[..length]).to_ascii_lowercase();
    assert!(answer.starts_with("http/1.1 503") && answer.contains("\r\nretry-after: 5\r\n"), "{answer}");
}
