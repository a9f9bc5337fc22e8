//! Puzzles for the browser, and starts that ask for their solution.

use crate::support::Site;
use axum::http::StatusCode;
use serde_json::json;
use sspr_service::captcha::Captcha;

async fn asking_for_work() -> Site {
    Site::new().await.with_service(|service| service.with_captcha(Captcha::Work { bits: 2, life: 600 }))
}

#[tokio::test]
async fn the_description_says_that_work_is_asked_for_and_the_challenge_what() {
    let site = asking_for_work().await;
    let described = site.get("/describe").await.ok().json();
    assert_eq!(described["captcha"], json!({ "provider": "proof-of-work", "site_key": "" }));
    let answer = site.get("/captcha").await.ok();
    assert_eq!(answer.header("cache-control"), "no-store");
    let challenge = answer.json();
    assert_eq!(
        (&challenge["puzzles"], &challenge["bits"], &challenge["expires_in"]),
        (&json!(16), &json!(2), &json!(600))
    );
    assert_ne!(site.get("/captcha").await.ok().json()["challenge"], challenge["challenge"]);
}

#[tokio::test]
async fn a_start_without_the_solution_is_told_so() {
    let site = asking_for_work().await;
    for captcha in [json!(null), json!(""), json!("x.y")] {
        let body = json!({ "identifier": "alice", "intent": "reset", "captcha": captcha });
        let answer = site.post("/recovery", &body).await;
        assert_eq!(answer.problem(), (403, "captcha-required".to_owned()));
    }
}

#[tokio::test]
async fn where_nothing_is_asked_for_there_is_no_challenge() {
    let site = Site::new().await;
    assert!(site.get("/describe").await.ok().json().get("captcha").is_none());
    let answer = site.get("/captcha").await;
    assert_eq!((answer.status, answer.problem().1.as_str()), (StatusCode::FORBIDDEN, "not-allowed"));
}
