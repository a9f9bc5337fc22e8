//! What a flow of nobody looks and costs like.

use crate::support::{Flow, World, run};
use serde_json::{Value, json};
use sspr_core::wire::{ChallengeKind as Kind, Intent};
use sspr_service::{Failure, settings::Enabled};

/// Good, unknown, disabled, without methods, and outside of the policy's groups.
const NAMES: [&str; 5] = ["mia", "nobody", "disabled", "bare", "outsider"];

async fn world() -> World {
    World::with(|settings| {
        settings.policy.enabled = Enabled::Selected;
        settings.policy.groups = vec!["staff".into()];
    })
    .await
}

/// What somebody outside can see of an answer: its form, and the length of everything in it.
fn outline(value: &Value) -> Value {
    match value {
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), outline(value))).collect(),
        // Which questions are drawn differs between any two identifiers, and with them the length of their texts.
        Value::Array(items) if items.iter().any(|it| it.get("text").is_some()) => json!(items.len()),
        Value::Array(items) => items.iter().map(outline).collect(),
        Value::String(text) => json!(text.len()),
        other => other.clone(),
    }
}

fn seen(flow: &Flow<'_>) -> String {
    outline(&serde_json::to_value(&flow.view).unwrap()).to_string()
}

/// Goes as far as one can without a proof, and notes what is seen and which calls reach the store.
async fn trace(name: &str, kind: Kind) -> Vec<(String, Vec<&'static str>)> {
    let world = world().await;
    let mut trace = Vec::new();
    let mut flow = world.start_for(name, Intent::Reset).await.unwrap();
    trace.push((seen(&flow), world.store.calls()));
    flow.view = flow.look().await.unwrap();
    trace.push((seen(&flow), world.store.calls()));
    flow.choose(kind).await.unwrap();
    trace.push((seen(&flow), world.store.calls()));
    let mut stale = flow.by_code("123456");
    stale.challenge = "stale".into();
    let answers = [stale, flow.by_code("12345x"), flow.by_code(""), flow.by_answers_of_nobody()];
    for answer in answers.into_iter().chain([flow.by_code("12345x")]) {
        let failure = flow.verify(answer).await.unwrap_err();
        trace.push((format!("{failure:?}"), world.store.calls()));
    }
    assert!(matches!(flow.look().await, Err(Failure::FlowGone)));
    let again = world.start_for(name, Intent::Reset).await.map(|_| ()).unwrap_err();
    trace.push((format!("{again:?}"), world.store.calls()));
    trace
}

#[test]
fn nothing_tells_an_account_from_a_decoy_by_form_length_or_store_calls() {
    run(async {
        for kind in [Kind::Email, Kind::Sms, Kind::Voice, Kind::Totp, Kind::RecoveryCode, Kind::Questions] {
            let good = trace(NAMES[0], kind).await;
            for name in &NAMES[1..] {
                for (step, (good, decoy)) in good.iter().zip(trace(name, kind).await).enumerate() {
                    assert_eq!(good, &decoy, "{name}, {kind:?}, step {step}");
                }
            }
        }
    });
}

#[test]
fn a_decoy_sends_nothing_and_its_codes_open_nothing() {
    run(async {
        for name in &NAMES[1..] {
            let world = world().await;
            let mut flow = world.start(name).await;
            flow.choose(Kind::Email).await.unwrap();
            assert_eq!(world.messages().await.len(), 0, "{name}");
            flow.choose(Kind::RecoveryCode).await.unwrap();
            assert!(matches!(flow.type_code("bcdfg-23456").await, Err(Failure::CodeIncorrect { .. })));
            flow.choose(Kind::Questions).await.unwrap();
            let answers = flow.by_answers();
            assert!(matches!(flow.verify(answers).await, Err(Failure::CodeIncorrect { .. })));
            assert!(matches!(flow.finish().await, Err(Failure::WrongState(_))));
        }
    });
}

#[test]
fn a_kind_that_a_good_account_lacks_is_a_decoy_too() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("boss").await;
        flow.choose(Kind::Sms).await.unwrap();
        assert_eq!(world.messages().await.len(), 0);
        assert!(matches!(flow.type_code("123456").await, Err(Failure::CodeIncorrect { attempts_left: 4 })));
        flow.pass(Kind::Email).await.unwrap();
    });
}

#[test]
fn the_same_identifier_is_asked_the_same_questions_each_time() {
    run(async {
        let world = World::new().await;
        for name in ["mia", "nobody"] {
            let mut drawn = Vec::new();
            for _ in 0..3 {
                let mut flow = world.start(name).await;
                flow.choose(Kind::Questions).await.unwrap();
                drawn.push(flow.challenge().questions.clone());
            }
            assert_eq!(drawn[0].len(), 3);
            assert!(drawn.iter().all(|it| it == &drawn[0]), "{name}");
        }
    });
}

#[test]
fn nobody_starts_where_the_policy_is_off() {
    run(async {
        let world = World::with(|settings| settings.policy.enabled = Enabled::None).await;
        assert!(matches!(world.start_for("mia", Intent::Reset).await, Err(Failure::NotAllowed)));
    });
}

#[test]
fn an_account_disabled_on_the_way_goes_no_further() {
    run(async {
        use sspr_service::Store;
        let world = World::with_one_gate().await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        let mut row = world.store.account_by_identifier("mia").await.unwrap().unwrap();
        row.disabled = true;
        assert!(world.store.update_account(&row).await.unwrap());
        assert!(matches!(flow.finish().await, Err(Failure::FlowGone)));
    });
}
