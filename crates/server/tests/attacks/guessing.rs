//! Guessing codes, and using one twice or elsewhere.

use crate::{
    authenticator,
    person::NEW,
    site::{Setup, Site, count},
    support::postgres::Database,
    table::Attack,
};
use std::time::Duration;

#[tokio::test]
async fn five_wrong_codes_end_a_flow_and_the_right_one_comes_too_late() {
    let attack = Attack::new("guessing", "guess a mailed code in one flow");
    let site = Site::new().await;
    let flow = site.flow("blair").await;
    let challenge = site.challenge(&flow, "email").await;
    let code = site.message_to("blair@home.example").await.code.unwrap();
    let mut answers = Vec::new();
    for _ in 0..5 {
        answers.push(site.verify(&flow, &challenge, "12345").await);
    }
    assert_eq!((count(422, &answers), count(410, &answers)), (4, 1));
    assert_eq!(site.verify(&flow, &challenge, &code).await.status, 410);
    attack.held("the fifth wrong one ends the flow; the right one is then worth nothing");
}

#[tokio::test]
async fn failures_add_up_over_flows_and_over_the_names_of_an_account() {
    let attack = Attack::new("guessing", "guess on in new flows and under another name of the account");
    let limits = "failed_proofs_per_day = 5";
    let site = Site::with(Setup { limits, ..Setup::default() }).await;
    // Opened before, so that no start is refused.
    let (other, first) = (site.flow("blair@example.org").await, site.flow("blair").await);
    let (other_challenge, second) = (site.challenge(&other, "totp").await, site.flow("blair").await);
    let mut judged = 0;
    for flow in [&first, &second] {
        let challenge = site.challenge(flow, "totp").await;
        for _ in 0..4 {
            judged += usize::from(site.verify(flow, &challenge, "000000").await.status == 422);
        }
    }
    assert_eq!(judged, 5);
    // Refusing here would tell that both names are one account: instead nothing is right any more.
    let right = site.verify(&other, &other_challenge, &authenticator::code()).await;
    assert_eq!(right.status, 422, "{}", right.text);
    attack.held("5 judged in all, then 429; under the other name even the right code counts as wrong");
}

/// Guesses in twenty flows at once, again and again; how many were judged.
async fn judged_at_once(database: Option<&str>) -> usize {
    let limits = "failed_proofs_per_day = 5";
    let site = Site::with(Setup { limits, database, ..Setup::default() }).await;
    let mut flows = Vec::new();
    for _ in 0..20 {
        let flow = site.flow("blair").await;
        let challenge = site.challenge(&flow, "totp").await;
        flows.push((flow, challenge));
    }
    let mut judged = 0;
    for _ in 0..4 {
        let guesses = flows.iter().map(|(flow, challenge)| site.verify(flow, challenge, "000000"));
        let answers = futures_util::future::join_all(guesses).await;
        judged += count(422, &answers);
        assert_eq!(count(422, &answers) + count(429, &answers), 20);
    }
    // What was counted beyond is no try; the right code comes too late.
    let (flow, challenge) = &flows[0];
    assert_eq!(site.verify(flow, challenge, &authenticator::code()).await.status, 429);
    judged
}

#[tokio::test]
async fn guesses_in_twenty_flows_at_once_gain_nothing() {
    let attack = Attack::new("guessing", "guess in 20 flows of one account at the same moment (SQLite)");
    let judged = judged_at_once(None).await;
    assert_eq!(judged, 5);
    attack.held(format!("{judged} of 80 judged"));
}

#[tokio::test]
async fn guesses_in_twenty_flows_at_once_gain_nothing_on_postgresql() {
    let attack = Attack::new("guessing", "guess in 20 flows of one account at the same moment (PostgreSQL)");
    let database = Database::new().await;
    let judged = judged_at_once(Some(&database.url)).await;
    assert_eq!(judged, 5);
    attack.held(format!("{judged} of 80 judged"));
}

#[tokio::test]
async fn a_code_is_good_for_its_own_flow_and_until_the_next_one() {
    let attack = Attack::new("guessing", "answer with a code of another flow, or with one that was replaced");
    let site = Site::new().await;
    let (mine, theirs) = (site.flow("blair").await, site.flow("blair").await);
    let old = site.challenge(&theirs, "email").await;
    let old_code = site.message_to("blair@home.example").await.code.unwrap();
    let own = site.challenge(&mine, "totp").await;
    assert_eq!(site.verify(&mine, &own, &old_code).await.status, 422);
    assert_eq!(site.verify(&mine, &old, &old_code).await.status, 422, "the challenge of another flow");

    tokio::time::sleep(Duration::from_millis(1100)).await;
    let new = site.challenge(&theirs, "email").await;
    assert_eq!(site.verify(&theirs, &old, &old_code).await.status, 422, "the challenge before");
    assert_eq!(site.verify(&theirs, &new, &old_code).await.status, 422, "the code before");
    attack.held("all wrong: a code is bound to its challenge, and that to its flow");
}

#[tokio::test]
async fn what_an_app_or_a_sheet_shows_opens_one_flow_only() {
    let attack = Attack::new("guessing", "use an authenticator's code and a recovery code twice");
    let site = Site::new().await;
    let code = authenticator::code();
    for (method, code) in [("totp", code.as_str()), ("recovery_code", "bcdfg-23456")] {
        let mut statuses = Vec::new();
        for _ in 0..2 {
            let flow = site.flow("blair").await;
            let challenge = site.challenge(&flow, method).await;
            statuses.push(site.verify(&flow, &challenge, code).await.status.as_u16());
        }
        assert_eq!(statuses, [200, 422], "{method}");
    }
    attack.held("the second use of each is wrong");
}

#[tokio::test]
async fn no_step_can_be_left_out() {
    let attack = Attack::new("guessing", "set a password without proof, or with one gate of two");
    let site = Site::with(Setup { policy: "gates = 2", ..Setup::default() }).await;
    let flow = site.flow("blair").await;
    assert_eq!(site.set(&flow, NEW).await.status, 409, "nothing is proved");
    let challenge = site.challenge(&flow, "email").await;
    assert_eq!(site.set(&flow, NEW).await.status, 409, "the code is on its way");
    let code = site.message_to("blair@home.example").await.code.unwrap();
    let passed = site.verify(&flow, &challenge, &code).await.json();
    let flow = passed["flow"].as_str().unwrap();
    assert_eq!(site.set(flow, NEW).await.status, 409, "one gate is passed");
    assert_eq!(site.choose(flow, "email").await.status, 404, "the same kind does not count twice");
    let body = serde_json::json!({});
    assert_eq!(site.step(flow, "/recovery/unlock", &body).await.status, 409);
    assert_eq!(site.sign_in("blair", NEW).await.status, 401);
    attack.held("409 at each, the same kind of method is not offered again");
}
