//! `/me/password`.

use crate::support::{PASSWORD, Site};
use serde_json::json;

#[tokio::test]
async fn the_policy_names_the_persons_own_terms() {
    let site = Site::new().await;
    let session = site.sign_in("alice").await;
    let policy = session.call("GET", "/me/password").send(&site.router).await.ok().json();
    assert!(policy["min_length"].as_u64().is_some_and(|least| least >= 8));
    assert!(
        policy["personal_terms"].as_array().is_some_and(|terms| terms.contains(&json!("alice"))),
        "{policy}"
    );
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_keeps_this_one() {
    let site = Site::new().await;
    let (here, elsewhere) = (site.sign_in("alice").await, site.sign_in("alice").await);
    let body = json!({
        "current_password": PASSWORD, "new_password": "Warbler-Kettle-47", "end_other_sessions": true
    });
    let changed = here.call("PUT", "/me/password").json(&body).send(&site.router).await.ok().json();
    assert_eq!((&changed["signed_in"], &changed["ended_sessions"]), (&json!(true), &json!(1)));
    let view = elsewhere.call("GET", "/session").send(&site.router).await.ok();
    assert_eq!(view.json()["signed_in"], false);
    let view = here.call("GET", "/session").send(&site.router).await.ok();
    assert_eq!(view.json()["signed_in"], true);
}

#[tokio::test]
async fn the_current_password_has_to_be_right() {
    let site = Site::new().await;
    let session = site.sign_in("alice").await;
    let body = json!({
        "current_password": "wrong", "new_password": "Warbler-Kettle-47", "end_other_sessions": false
    });
    let answer = session.call("PUT", "/me/password").json(&body).send(&site.router).await;
    assert_eq!(answer.problem(), (422, "current-password-incorrect".to_owned()));
}
