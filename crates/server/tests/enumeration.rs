//! From outside, an account that cannot recover looks like one that can: same status, headers, length and time.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod support;

use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use support::{Answer, Running};

/// Requests of each sort that are compared.
const PAIRS: usize = 200;

/// Requests of each sort before, which warm caches and connections.
const WARM_UP: usize = 20;

/// How far medians may lie apart.
const TOLERANCE: f64 = 0.05;

/// A difference that is really there shows every time; a busy machine shows one now and then.
const ROUNDS: usize = 3;

const STEPS: [&str; 4] = ["start", "challenge", "verify", "sign-in"];

/// First the one that can recover, then those that cannot.
const SORTS: [(&str, &str); 4] =
    [("good", "blair"), ("unknown", "nobdy"), ("disabled", "casey"), ("methodless", "drew")];

type Times = [[Vec<Duration>; 4]; 4];

/// What must not differ.
fn shape(answer: &Answer) -> (u16, Vec<String>, usize, Vec<String>) {
    let mut headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
    headers.sort();
    let mut members = Vec::new();
    collect("", &answer.json(), &mut members);
    (answer.status.as_u16(), headers, answer.text.len(), members)
}

fn collect(path: &str, value: &Value, members: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(key, it)| collect(&format!("{path}/{key}"), it, members))
        }
        Value::Array(list) => list.iter().for_each(|it| collect(&format!("{path}/-"), it, members)),
        _ => members.push(path.to_owned()),
    }
}

async fn attempt(server: &Running, identifier: &str) -> [Answer; 4] {
    let start = json!({ "identifier": identifier, "intent": "reset" });
    let started = server.ask(Method::POST, "/recovery", None, &start).await;
    let flow = started.json()["flow"].as_str().map(str::to_owned);
    let method = json!({ "method": "email" });
    let sent = server.ask(Method::POST, "/recovery/challenge", flow.as_deref(), &method).await;
    let wrong = json!({ "challenge": sent.json()["challenge"]["id"], "code": "000000" });
    let refused = server.ask(Method::POST, "/recovery/verify", flow.as_deref(), &wrong).await;
    let guess = json!({ "identifier": identifier, "password": "Wrong-Harbor-1" });
    let not_in = server.ask(Method::POST, "/session", None, &guess).await;
    [started, sent, refused, not_in]
}

async fn round(server: &Running) -> Times {
    let mut times = Times::default();
    for pair in 0..WARM_UP + PAIRS {
        let mut expected = None;
        // The order turns, so that nobody always comes after the same one.
        for turn in 0..SORTS.len() {
            let sort = (pair + turn) % SORTS.len();
            let answers = attempt(server, SORTS[sort].1).await;
            let shapes = answers.each_ref().map(shape);
            assert_eq!(shapes.each_ref().map(|shape| shape.0), [202, 202, 422, 401], "{}", answers[2].text);
            let expected = expected.get_or_insert_with(|| shapes.clone());
            assert_eq!(*expected, shapes, "{} differs", SORTS[sort].0);
            if pair >= WARM_UP {
                for (step, answer) in answers.iter().enumerate() {
                    times[sort][step].push(answer.took);
                }
            }
        }
    }
    times
}

fn median(times: &[Duration]) -> f64 {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1000.0
}

/// The largest distance to the good one's median; tells all of them.
fn largest_distance(times: &Times) -> f64 {
    let mut largest: f64 = 0.0;
    for (step, name) in STEPS.iter().enumerate() {
        let good = median(&times[0][step]);
        for (sort, (kind, _)) in SORTS.iter().enumerate() {
            let median = median(&times[sort][step]);
            let distance = (median - good).abs() / good;
            println!("{name:<10} {kind:<11} {median:7.3} ms {:+6.2} %", (median - good) / good * 100.0);
            largest = largest.max(distance);
        }
    }
    largest
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_recover_cannot_be_told_from_who_can() {
    let server = Running::start("warn").await;
    let mut distances = Vec::new();
    for _ in 0..ROUNDS {
        distances.push(largest_distance(&round(&server).await));
        if distances.last().is_some_and(|distance| *distance <= TOLERANCE) {
            return;
        }
    }
    panic!("medians lie apart by {distances:?} in {ROUNDS} rounds");
}
