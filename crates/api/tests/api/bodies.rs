//! Bodies of every kind, on every route: a problem each, never a panic and never our fault.

use crate::{
    openapi::{Documented, document},
    support::{BASE, Call, Session, Site},
};
use axum::http::Method;
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseResult, TestRunner},
};
use serde_json::{Value, json};

const START: &str = "/sspr/v1/recovery";

#[tokio::test]
async fn what_is_no_json_by_its_type_is_415() {
    let site = Site::new().await;
    let text = r#"{"identifier":"alice","intent":"reset"}"#;
    for kind in ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"] {
        let answer = Call::new("POST", START).raw(kind, text).send(&site.router).await;
        assert_eq!(answer.problem(), (415, "unsupported-media-type".to_owned()), "{kind}");
    }
    for kind in ["application/json; charset=utf-8", "Application/JSON"] {
        Call::new("POST", START).raw(kind, text).send(&site.router).await.ok();
    }
}

#[tokio::test]
async fn more_than_16_kib_is_413_and_exactly_16_kib_is_read() {
    let site = Site::new().await;
    let sized = |bytes: usize| {
        let bare = json!({ "identifier": "alice", "intent": "reset", "pad": "" }).to_string().len();
        let body = json!({ "identifier": "alice", "intent": "reset", "pad": "x".repeat(bytes - bare) });
        Call::new("POST", START).json(&body)
    };
    sized(16 * 1024).send(&site.router).await.ok();
    for call in
        [sized(16 * 1024 + 1), sized(1 << 20), sized(1 << 20).key("0b3f0e8e-6d2b-4a57-9a53-0f3b2d1c7e11")]
    {
        assert_eq!(call.send(&site.router).await.problem(), (413, "too-large".to_owned()));
    }
}

#[tokio::test]
async fn a_wrong_shape_is_400_and_pointed_at() {
    let site = Site::new().await;
    let cases = [
        (json!({ "identifier": 7, "intent": "reset" }), "/identifier"),
        (json!({ "identifier": "a", "intent": "destroy" }), "/intent"),
        (json!({ "intent": "reset" }), ""),
        (json!([]), ""),
        (json!(null), ""),
    ];
    for (body, pointer) in cases {
        let answer = Call::new("POST", START).json(&body).send(&site.router).await;
        assert_eq!(answer.problem(), (400, "malformed".to_owned()), "{body}");
        assert_eq!(answer.text("pointer"), pointer, "{body}");
    }
}

#[tokio::test]
async fn broken_text_is_400() {
    let site = Site::new().await;
    let deep = "[".repeat(16_000);
    let nested = format!(r#"{{"identifier":{}}}"#, "{\"a\":".repeat(3_000));
    let cases: [&[u8]; 6] =
        [b"", b"{", b"\xff\xfe{}", b"{\"identifier\":\"\xc3\x28\"}", deep.as_bytes(), nested.as_bytes()];
    for body in cases {
        let answer = Call::new("POST", START).raw("application/json", body).send(&site.router).await;
        assert_eq!(answer.problem(), (400, "malformed".to_owned()), "{:?}", String::from_utf8_lossy(body));
    }
}

#[tokio::test]
async fn a_mistake_never_quotes_what_was_typed() {
    let site = Site::new().await;
    let body = r#"{"identifier":"alice","password":["hunter2"]}"#;
    let answer =
        Call::new("POST", &format!("{BASE}/session")).raw("application/json", body).send(&site.router).await;
    assert_eq!(answer.problem(), (400, "malformed".to_owned()));
    assert!(!String::from_utf8_lossy(&answer.body).contains("hunter2"));
}

/// JSON with the contract's own member names among others, so that it often gets past the parser.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,40}".prop_map(Value::from),
        proptest::sample::select(vec![
            "reset",
            "unlock",
            "email",
            "phone",
            "totp",
            "questions",
            "recovery_codes",
            "sms"
        ])
        .prop_map(Value::from),
    ];
    let names = vec![
        "identifier",
        "intent",
        "method",
        "challenge",
        "code",
        "answers",
        "question",
        "answer",
        "link_token",
        "new_password",
        "current_password",
        "password",
        "end_other_sessions",
        "kind",
        "value",
        "channel",
        "label",
        "primary",
        "locale",
        "page",
        "captcha",
        "other",
    ];
    leaf.prop_recursive(3, 24, 6, move |inner| {
        let members =
            proptest::collection::btree_map(proptest::sample::select(names.clone()), inner.clone(), 0..8);
        prop_oneof![
            proptest::collection::vec(inner, 0..4).prop_map(Value::from),
            members.prop_map(|members| members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}

fn any_body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        3 => any_json().prop_map(|json| json.to_string().into_bytes()),
        1 => proptest::collection::vec(any::<u8>(), 0..400),
    ]
}

async fn attack(
    site: &Site,
    session: &Session,
    flow: &str,
    operation: &Documented,
    body: Vec<u8>,
) -> TestCaseResult {
    let mut call =
        session.sign(Call::new(operation.method.as_str(), &operation.path.replace("{id}", "some-id")));
    if operation.path.contains("/recovery") {
        call = call.flow(flow);
    }
    let answer = call.raw("application/json", body).send(&site.router).await;
    let status = answer.status.as_u16();
    prop_assert!(status < 500, "{} {}: {status}", operation.method, operation.path);
    prop_assert!(
        operation.statuses.contains(&status),
        "{} {}: {status} is not documented",
        operation.method,
        operation.path
    );
    if status >= 400 {
        prop_assert!(
            operation.codes.contains(&answer.problem().1),
            "{}: {} is not documented",
            operation.path,
            answer.text("code")
        );
    }
    Ok(())
}

#[test]
fn no_body_is_our_fault_and_every_answer_is_documented() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let site = runtime.block_on(Site::new());
    // Signing out would end the attack's own session.
    let operations: Vec<_> = runtime
        .block_on(document(&site))
        .into_iter()
        .filter(|operation| operation.method != Method::GET && operation.id != "sign_out")
        .collect();
    let session = runtime.block_on(site.enroll_email("alice"));
    let mut runner = TestRunner::new(Config { cases: 48, ..Config::default() });
    // One person may start only a few flows in an hour.
    for (operation, name) in
        operations.iter().zip(["alice", "bob", "roger", "carol", "nobody"].into_iter().cycle())
    {
        let flow = match operation.path.contains("/recovery") {
            true => runtime.block_on(site.start(name)),
            false => String::new(),
        };
        runner
            .run(&any_body(), |body| runtime.block_on(attack(&site, &session, &flow, operation, body)))
            .expect("an answer that is documented");
    }
}
