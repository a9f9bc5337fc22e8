//! Answering a challenge.

use crate::support::Site;
use serde_json::json;

#[tokio::test]
async fn the_right_code_gives_a_new_token_and_kills_the_old() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    let old = site.start("alice").await;
    let new = site.pass_gate(&old).await;
    assert_ne!(old, new);
    let gone = site.call("GET", "/recovery").flow(&old).send(&site.router).await;
    assert_eq!(gone.problem(), (410, "flow-gone".to_owned()));
    let view = site.call("GET", "/recovery").flow(&new).send(&site.router).await.ok();
    assert_eq!(
        (view.text("state"), view.text("identifier")),
        ("set_password".to_owned(), "alice".to_owned())
    );
}

#[tokio::test]
async fn a_wrong_code_says_how_many_are_left_until_the_flow_is_gone() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    let flow = site.start("alice").await;
    let challenge = site.send_code(&flow).await;
    let wrong = if site.newest_code().await == "000000" { "111111" } else { "000000" };
    let guess = || {
        let body = json!({ "challenge": challenge, "code": wrong });
        site.call("POST", "/recovery/verify").flow(&flow).json(&body).send(&site.router)
    };
    for left in [4, 3, 2, 1] {
        let answer = guess().await;
        assert_eq!(answer.problem(), (422, "code-incorrect".to_owned()));
        assert_eq!(answer.json()["attempts_left"], left);
    }
    assert_eq!(guess().await.problem(), (410, "flow-gone".to_owned()));
}

#[tokio::test]
async fn answering_before_choosing_is_the_wrong_state() {
    let site = Site::new().await;
    let flow = site.start("alice").await;
    let body = json!({ "challenge": "none", "code": "123456" });
    let answer = site.call("POST", "/recovery/verify").flow(&flow).json(&body).send(&site.router).await;
    assert_eq!(answer.problem(), (409, "wrong-state".to_owned()));
    assert_eq!(answer.text("state"), "choose");
}
