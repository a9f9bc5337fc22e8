//! `/admin`: for administrators alone.

use crate::support::{Session, Site};
use axum::http::StatusCode;
use serde_json::{Value, json};

const ROUTES: [(&str, &str); 4] = [
    ("GET", "/admin/policy"),
    ("PUT", "/admin/policy"),
    ("GET", "/admin/reports"),
    ("POST", "/admin/lookup"),
];

async fn policy(site: &Site, boss: &Session) -> Value {
    boss.call("GET", "/admin/policy").send(&site.router).await.ok().json()
}

fn body(method: &str, path: &str) -> Value {
    match (method, path) {
        ("PUT", _) => json!({ "version": 0, "values": {
            "enabled": "none", "groups": [], "recovery_methods": [], "gates": 1, "reconfirm_days": 0, "banned_terms": []
        } }),
        _ => json!({ "identifier": "alice" }),
    }
}

#[tokio::test]
async fn nobody_else_sees_or_changes_anything() {
    let site = Site::new().await;
    let alice = site.sign_in("alice").await;
    for (method, path) in ROUTES {
        let answer = site.call(method, path).json(&body(method, path)).send(&site.router).await;
        assert_eq!(answer.problem(), (401, "session-required".to_owned()), "{method} {path}");
        let answer = alice.call(method, path).json(&body(method, path)).send(&site.router).await;
        assert_eq!(answer.problem(), (403, "policy-forbids".to_owned()), "{method} {path}");
    }
    let still = site.post("/recovery", &json!({ "identifier": "alice", "intent": "reset" })).await;
    assert_eq!(still.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_change_without_the_token_of_the_session_is_refused() {
    let site = Site::new().await;
    let boss = site.sign_in("boss").await;
    for (method, path) in [("PUT", "/admin/policy"), ("POST", "/admin/lookup")] {
        let call = site.call(method, path).header("cookie", &boss.cookie).json(&body(method, path));
        assert_eq!(call.send(&site.router).await.problem(), (403, "csrf".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn what_is_changed_is_in_force_with_the_next_request_and_a_second_change_of_the_old_state_is_a_conflict()
 {
    let site = Site::new().await;
    let boss = site.sign_in("boss").await;
    let mut before = policy(&site, &boss).await;
    assert_eq!((&before["version"], &before["values"]["enabled"]), (&json!(0), &json!("everyone")));
    before["values"]["enabled"] = json!("none");
    let put = || boss.call("PUT", "/admin/policy").json(&before);
    let changed = put().send(&site.router).await.ok().json();
    assert_eq!((&changed["version"], &changed["changed_by"]), (&json!(1), &json!("boss")));
    let start = json!({ "identifier": "alice", "intent": "reset" });
    assert_eq!(site.post("/recovery", &start).await.problem(), (403, "not-allowed".to_owned()));
    assert_eq!(put().send(&site.router).await.problem(), (409, "version-conflict".to_owned()));
    let mut back = changed;
    back["values"]["enabled"] = json!("everyone");
    boss.call("PUT", "/admin/policy").json(&back).send(&site.router).await.ok();
    assert_eq!(site.post("/recovery", &start).await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_repeated_change_is_carried_out_once() {
    let site = Site::new().await;
    let boss = site.sign_in("boss").await;
    let mut wanted = policy(&site, &boss).await;
    wanted["values"]["reconfirm_days"] = json!(90);
    let key = "0b3f0e8e-6d2b-4a57-9a53-0f3b2d1c7e12";
    for _ in 0..2 {
        let answer = boss.call("PUT", "/admin/policy").key(key).json(&wanted).send(&site.router).await.ok();
        assert_eq!(answer.json()["version"], 1);
    }
}

#[tokio::test]
async fn what_would_lock_everybody_out_is_refused_at_its_field() {
    let site = Site::new().await;
    let boss = site.sign_in("boss").await;
    let now = policy(&site, &boss).await;
    for (field, value) in [
        ("recovery_methods", json!([])),
        ("gates", json!(3)),
        ("reconfirm_days", json!(1000)),
        ("banned_terms", json!(["abc"])),
        ("helpdesk", json!("javascript:alert(1)")),
        ("groups", json!(["x".repeat(300)])),
    ] {
        let mut wanted = now.clone();
        wanted["values"][field] = value;
        let answer = boss.call("PUT", "/admin/policy").json(&wanted).send(&site.router).await;
        assert_eq!(answer.problem(), (422, "value-rejected".to_owned()), "{field}");
        assert_eq!(answer.text("pointer"), format!("/values/{field}"));
    }
    assert_eq!(policy(&site, &boss).await["version"], 0);
}

#[tokio::test]
async fn a_thousand_banned_words_fit() {
    let site = Site::new().await;
    let boss = site.sign_in("boss").await;
    let mut wanted = policy(&site, &boss).await;
    let words: Vec<String> = (0..1000).map(|number| format!("verboten-{number:07}")).collect();
    wanted["values"]["banned_terms"] = json!(words);
    let answer = boss.call("PUT", "/admin/policy").json(&wanted).send(&site.router).await.ok();
    assert_eq!(answer.json()["values"]["banned_terms"].as_array().map(Vec::len), Some(1000));
}

#[tokio::test]
async fn the_report_counts_people_and_days() {
    let site = Site::new().await;
    let boss = site.sign_in("boss").await;
    site.enroll_email("alice").await;
    site.start("alice").await;
    let report = boss.call("GET", "/admin/reports?days=7").send(&site.router).await.ok().json();
    assert_eq!((&report["days"], &report["people"], &report["capable"]), (&json!(7), &json!(4), &json!(1)));
    assert_eq!((&report["started"], report["by_day"].as_array().map(Vec::len)), (&json!(1), Some(7)));
    let wrong = boss.call("GET", "/admin/reports?days=week").send(&site.router).await;
    assert_eq!(wrong.problem(), (400, "malformed".to_owned()));
}

#[tokio::test]
async fn a_lookup_says_why_and_is_itself_in_the_log() {
    let site = Site::new().await;
    let boss = site.sign_in("boss").await;
    let look = async |who: &str| {
        let call = boss.call("POST", "/admin/lookup").json(&json!({ "identifier": who }));
        call.send(&site.router).await.ok().json()
    };
    let alice = look("alice@work.example").await;
    assert_eq!(
        (&alice["identifier"], &alice["reasons"]),
        (&json!("alice"), &json!(["insufficient_methods"]))
    );
    assert_eq!(look("carol").await["reasons"], json!(["account_disabled", "insufficient_methods"]));
    assert_eq!(look("nobody").await["reasons"], json!(["unknown_account"]));
    site.start("alice").await;
    let event = look("alice").await["events"][0].clone();
    assert_eq!(
        (&event["activity"], &event["detail"]),
        (&json!("start_recovery"), &json!("insufficient_methods"))
    );
    assert!(event["request_id"].as_str().is_some_and(|id| !id.is_empty()));
}
