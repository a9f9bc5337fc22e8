//! The service that judges captchas, over real HTTP: what it is asked, and every way in which it may fail.
#![allow(clippy::unwrap_used, reason = "a test")]

use axum::{
    Json, Router,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use reqwest::Url;
use serde_json::json;
use sspr_server::{
    captcha::{HttpJudge, captcha},
    config::{CaptchaKind, CaptchaSection},
};
use sspr_service::captcha::CaptchaJudge;
use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, time::Duration};
use tokio::net::TcpListener;

async fn answer(body: String) -> Response {
    let form = Url::parse(&format!("form:?{body}")).unwrap();
    let form: BTreeMap<String, String> = form.query_pairs().into_owned().collect();
    assert_eq!(form.keys().collect::<Vec<_>>(), ["response", "secret"], "nothing else is told");
    match form["response"].as_str() {
        "good & whole" => {
            Json(json!({ "success": form["secret"] == "the secret", "hostname": "x" })).into_response()
        }
        "bad" => Json(json!({ "success": false, "error-codes": ["timeout-or-duplicate"] })).into_response(),
        "busy" => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        "elsewhere" => Redirect::to("/other").into_response(),
        "long" => "x".repeat(3 << 20).into_response(),
        "late" => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            "late".into_response()
        }
        _ => "<p>true</p>".into_response(),
    }
}

async fn judge() -> HttpJudge {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/siteverify", post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    fs::write(&file, "the secret\nanother line\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    HttpJudge::new(&CaptchaSection {
        kind: CaptchaKind::External,
        verify_url: Some(format!("http://{address}/siteverify")),
        secret_file: Some(file),
        timeout_seconds: 1,
        ..CaptchaSection::default()
    })
    .unwrap()
}

#[tokio::test]
async fn it_is_told_the_answer_and_our_secret_and_nothing_of_the_person() {
    let judge = judge().await;
    assert!(judge.is_good("good & whole").await.unwrap());
    assert!(!judge.is_good("bad").await.unwrap());
}

#[tokio::test]
async fn what_it_does_not_say_is_no_yes() {
    let judge = judge().await;
    for (answer, why) in [
        ("busy", "it answered 503"),
        ("elsewhere", "it answered 303"),
        ("long", "its answer is too long"),
        ("late", "not in time"),
        ("html", "its answer has no `success`"),
    ] {
        let error = judge.is_good(answer).await.unwrap_err();
        assert!(error.to_string().ends_with(why), "{answer}: {error}");
    }
}

#[test]
fn without_the_setting_nothing_is_asked_for() {
    assert!(captcha(&CaptchaSection::default()).unwrap().is_none());
}
