//! What is said when something of ours panics: nothing that somebody typed.

use crate::support::Site;
use async_trait::async_trait;
use serde_json::json;
use sspr_core::wire::{
    ChangePassword, FlowView, LinkToken, QuestionAnswer, Reauthenticate, SendChallenge, SetPassword, SignIn,
    VerifyChallenge,
};
use sspr_service::breached::{BreachedList, ListUnavailable};
use std::{
    fmt::Debug,
    panic,
    sync::{Arc, Mutex, PoisonError},
};

const MARKED: &str = "Marked-Lantern-77-Otter";

/// Fails in the worst way while a new password is being judged.
struct Broken;

#[async_trait]
impl BreachedList for Broken {
    async fn range(&self, prefix: &str) -> Result<String, ListUnavailable> {
        panic!("the list broke at {prefix}")
    }
}

/// All that panics wrote since.
fn listen() -> Arc<Mutex<String>> {
    let heard = Arc::new(Mutex::new(String::new()));
    let (told, before) = (heard.clone(), panic::take_hook());
    panic::set_hook(Box::new(move |info| {
        let mut all = told.lock().unwrap_or_else(PoisonError::into_inner);
        all.push_str(&format!("{info}\n{}\n", std::backtrace::Backtrace::force_capture()));
        before(info);
    }));
    heard
}

#[tokio::test]
async fn a_panic_with_a_password_at_hand_tells_it_to_nobody() {
    let heard = listen();
    let site = Site::new().await;
    site.enroll_email("alice").await;
    let site = site.with_service(|service| service.with_breached_list(Arc::new(Broken), None));
    let flow = site.start("alice").await;
    let flow = site.pass_gate(&flow).await;
    let set = json!({ "new_password": MARKED, "end_other_sessions": true });
    let call = site.call("POST", "/recovery/password").flow(&flow).json(&set);
    let answer = call.send(&site.router).await;
    assert_eq!(answer.problem(), (500, "internal".to_owned()));
    let heard = heard.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert!(heard.contains("the list broke at"), "{heard}");
    for secret in [MARKED, flow.as_str()] {
        assert!(!heard.contains(secret), "{heard}");
        assert!(!String::from_utf8_lossy(&answer.body).contains(secret));
    }
}

fn tells(message: &impl Debug) -> bool {
    format!("{message:?} {message:#?}").contains(MARKED)
}

#[test]
fn no_message_shows_its_secret_where_a_panic_might_print_it() {
    let secret = || MARKED.into();
    assert!(!tells(&SetPassword { new_password: secret(), end_other_sessions: true }));
    assert!(!tells(&ChangePassword {
        current_password: secret(),
        new_password: secret(),
        end_other_sessions: true
    }));
    assert!(!tells(&SignIn { identifier: "blair".into(), password: secret() }));
    assert!(!tells(&Reauthenticate { password: secret() }));
    assert!(!tells(&LinkToken { link_token: secret() }));
    assert!(!tells(&SendChallenge { method: "sms".into(), number: Some(secret()) }));
    let answers = vec![QuestionAnswer { question: "food".into(), answer: secret() }];
    assert!(!tells(&VerifyChallenge { challenge: "1".into(), code: Some(secret()), answers }));
    let view = json!({ "flow": MARKED, "intent": "reset", "state": "choose", "expires_in": 1, "gate": 1, "gates": 1 });
    assert!(!tells(&serde_json::from_value::<FlowView>(view).expect("a flow")));
}
