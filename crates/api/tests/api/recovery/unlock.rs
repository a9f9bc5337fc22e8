//! Unlocking without a new password.

use crate::support::{PASSWORD, Site};
use serde_json::json;

#[tokio::test]
async fn a_locked_person_unlocks_and_keeps_the_password() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    site.lock("alice").await;
    let refused = site.post("/session", &json!({ "identifier": "alice", "password": PASSWORD })).await;
    assert_eq!(refused.problem(), (401, "sign-in-failed".to_owned()));

    let start = site.post("/recovery", &json!({ "identifier": "alice", "intent": "unlock" })).await.ok();
    let flow = site.pass_gate(&start.text("flow")).await;
    let unlock = site.call("POST", "/recovery/unlock").flow(&flow).json(&json!({}));
    assert_eq!(unlock.send(&site.router).await.ok().text("intent"), "unlock");
    site.post("/session", &json!({ "identifier": "alice", "password": PASSWORD })).await.ok();
}
