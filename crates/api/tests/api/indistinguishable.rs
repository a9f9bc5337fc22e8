//! Unknown, disabled and method-less accounts cannot be told from a good one.

use crate::support::{Answer, Site};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A good account first, then the others: without methods, disabled, unknown; names of one length.
const NAMES: [&str; 4] = ["alice", "roger", "carol", "nobod"];

/// What an onlooker can compare: everything but values that are random for all.
fn shape(answer: &Answer) -> (u16, BTreeMap<String, String>, usize, Value) {
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "sspr-request-id")
        .map(|(name, value)| (name.to_string(), format!("{value:?}")))
        .collect();
    let mut body = answer.json();
    for opaque in ["/flow", "/challenge/id", "/request_id"] {
        if let Some(value) = body.pointer_mut(opaque).filter(|value| !value.is_null()) {
            *value = json!(value.as_str().map(str::len));
        }
    }
    (answer.status.as_u16(), headers, answer.body.len(), body)
}

async fn compare(site: &Site, steps: impl AsyncFn(&str) -> Vec<Answer>) {
    site.enroll_email(NAMES[0]).await;
    let good: Vec<_> = steps(NAMES[0]).await.iter().map(shape).collect();
    assert!(!good.is_empty());
    for name in &NAMES[1..] {
        let other: Vec<_> = steps(name).await.iter().map(shape).collect();
        assert_eq!(good, other, "{name} can be told from {}", NAMES[0]);
    }
}

#[tokio::test]
async fn by_start_challenge_resend_read_and_five_wrong_codes() {
    let site = Site::new().await;
    compare(&site, async |name| {
        let start = site.post("/recovery", &json!({ "identifier": name, "intent": "reset" })).await.ok();
        let flow = start.text("flow");
        let choose = || {
            let body = json!({ "method": "email" });
            site.call("POST", "/recovery/challenge").flow(&flow).json(&body).send(&site.router)
        };
        let chosen = choose().await.ok();
        let id = chosen.json()["challenge"]["id"].clone();
        let mut answers = vec![start, chosen, choose().await];
        answers.push(site.call("GET", "/recovery").flow(&flow).send(&site.router).await);
        for _ in 0..6 {
            let body = json!({ "challenge": id, "code": "00000" });
            answers
                .push(site.call("POST", "/recovery/verify").flow(&flow).json(&body).send(&site.router).await);
        }
        answers.push(site.call("DELETE", "/recovery").flow(&flow).send(&site.router).await);
        answers
    })
    .await;
}

#[tokio::test]
async fn by_a_method_that_they_do_not_have() {
    let site = Site::new().await;
    compare(&site, async |name| {
        let flow = site.start(name).await;
        let body = json!({ "method": "sms" });
        vec![site.call("POST", "/recovery/challenge").flow(&flow).json(&body).send(&site.router).await]
    })
    .await;
}

#[tokio::test]
async fn by_unlocking_what_is_not_locked() {
    let site = Site::new().await;
    compare(&site, async |name| {
        vec![site.post("/recovery", &json!({ "identifier": name, "intent": "unlock" })).await]
    })
    .await;
}
