//! `Idempotency-Key`.

use crate::support::Site;
use serde_json::json;

const KEY: &str = "0b3f0e8e-6d2b-4a57-9a53-0f3b2d1c7e11";

#[tokio::test]
async fn a_repeated_start_gives_the_same_flow() {
    let site = Site::new().await;
    let body = json!({ "identifier": "alice", "intent": "reset" });
    let start = || site.call("POST", "/recovery").key(KEY).json(&body).send(&site.router);
    let (first, second) = (start().await.ok(), start().await.ok());
    assert_eq!(first.status, second.status);
    assert_eq!(first.body, second.body);
    assert_eq!(first.header("content-type"), second.header("content-type"));
    site.call("GET", "/recovery").flow(&second.text("flow")).send(&site.router).await.ok();
}

#[tokio::test]
async fn the_same_key_with_another_body_or_step_is_refused() {
    let site = Site::new().await;
    let start = |name: &str| {
        let body = json!({ "identifier": name, "intent": "reset" });
        site.call("POST", "/recovery").key(KEY).json(&body).send(&site.router)
    };
    start("alice").await.ok();
    assert_eq!(start("bob").await.problem(), (422, "idempotency-key-reused".to_owned()));
    let link = site.call("POST", "/recovery/link/open").key(KEY).json(&json!({ "link_token": "x" }));
    assert_eq!(link.send(&site.router).await.problem(), (422, "idempotency-key-reused".to_owned()));
}

#[tokio::test]
async fn a_repeated_choice_sends_one_message() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    let flow = site.start("alice").await;
    let _ = site.messages().await;
    let body = json!({ "method": "email" });
    let choose =
        || site.call("POST", "/recovery/challenge").flow(&flow).key(KEY).json(&body).send(&site.router);
    assert_eq!(choose().await.ok().body, choose().await.ok().body);
    assert_eq!(site.messages().await.len(), 1);
}

#[tokio::test]
async fn a_repeated_right_answer_gives_the_new_token_again() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    let flow = site.start("alice").await;
    let challenge = site.send_code(&flow).await;
    let body = json!({ "challenge": challenge, "code": site.newest_code().await });
    let verify = || site.call("POST", "/recovery/verify").flow(&flow).key(KEY).json(&body).send(&site.router);
    let (first, second) = (verify().await.ok(), verify().await.ok());
    assert_eq!(first.text("flow"), second.text("flow"));
}

#[tokio::test]
async fn a_repeated_wrong_answer_costs_one_attempt() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    let flow = site.start("alice").await;
    let challenge = site.send_code(&flow).await;
    let body = json!({ "challenge": challenge, "code": "12345" });
    for _ in 0..7 {
        let answer =
            site.call("POST", "/recovery/verify").flow(&flow).key(KEY).json(&body).send(&site.router).await;
        assert_eq!(answer.problem(), (422, "code-incorrect".to_owned()));
        assert_eq!(answer.json()["attempts_left"], 4);
    }
}

#[tokio::test]
async fn a_refusal_that_did_nothing_gives_the_key_back() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    let flow = site.start("alice").await;
    site.send_code(&flow).await;
    let again = || {
        let body = json!({ "method": "email" });
        site.call("POST", "/recovery/challenge").flow(&flow).key(KEY).json(&body).send(&site.router)
    };
    assert_eq!(again().await.problem().0, 429);
    site.clock.forward(61);
    again().await.ok();
}

#[tokio::test]
async fn of_two_at_once_one_runs_and_the_other_waits_or_gets_its_answer() {
    let site = Site::new().await;
    let body = json!({ "identifier": "alice", "intent": "reset" });
    let start = || site.call("POST", "/recovery").key(KEY).json(&body).send(&site.router);
    let (one, other) = tokio::join!(start(), start());
    let flows: Vec<_> = [one, other]
        .into_iter()
        .filter_map(|answer| match answer.status.as_u16() {
            202 => Some(answer.text("flow")),
            _ => {
                assert_eq!(answer.problem(), (409, "in-progress".to_owned()));
                None
            }
        })
        .collect();
    assert!(!flows.is_empty() && flows.iter().all(|flow| *flow == flows[0]), "{flows:?}");
}

#[tokio::test]
async fn two_flows_may_use_the_same_key() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    for name in ["alice", "bob"] {
        let flow = site.start(name).await;
        let body = json!({ "method": "email" });
        let choose = site.call("POST", "/recovery/challenge").flow(&flow).key(KEY).json(&body);
        choose.send(&site.router).await.ok();
    }
}

#[tokio::test]
async fn two_sessions_may_use_the_same_key() {
    let site = Site::new().await;
    for name in ["alice", "bob"] {
        let session = site.sign_in(name).await;
        session.call("POST", "/me/contacts/confirm").key(KEY).json(&json!({})).send(&site.router).await.ok();
    }
}

#[tokio::test]
async fn a_key_that_is_no_uuid_is_malformed() {
    let site = Site::new().await;
    let body = json!({ "identifier": "alice", "intent": "reset" });
    let answer = site.call("POST", "/recovery").key("1").json(&body).send(&site.router).await;
    assert_eq!(answer.problem(), (400, "malformed".to_owned()));
}
