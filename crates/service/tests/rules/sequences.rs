//! Calls in any order. Whatever somebody sends, a password is set only behind as many proofs of different kinds as
//! there are gates, no code counts twice, and nothing panics.

use crate::support::{APPS, Flow, PRINTED, World, app_code, run};
use proptest::prelude::*;
use sspr_core::wire::{ChallengeKind as Kind, Intent, MethodKind};
use std::collections::BTreeSet;

const KINDS: [Kind; 6] =
    [Kind::Email, Kind::Sms, Kind::Voice, Kind::Totp, Kind::RecoveryCode, Kind::Questions];

#[derive(Clone, Debug)]
enum Step {
    Start { unlock: bool },
    Choose(usize),
    Right,
    Repeat,
    Wrong,
    OldToken,
    Wait(u16),
    SetPassword,
    Unlock,
    Cancel,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => any::<bool>().prop_map(|unlock| Step::Start { unlock }),
        6 => (0..KINDS.len()).prop_map(Step::Choose),
        6 => Just(Step::Right),
        2 => Just(Step::Repeat),
        1 => Just(Step::Wrong),
        1 => Just(Step::OldToken),
        2 => (1_u16..400).prop_map(Step::Wait),
        3 => Just(Step::SetPassword),
        1 => Just(Step::Unlock),
        1 => Just(Step::Cancel),
    ]
}

/// What the person did so far, by our own book.
#[derive(Default)]
struct Book {
    passed: BTreeSet<MethodKind>,
    spent: BTreeSet<String>,
    passwords: u32,
}

async fn go(world: &World, gates: usize, steps: Vec<Step>) {
    let mut book = Book::default();
    let mut flow: Flow<'_> = world.start("mia").await;
    let mut old = (flow.token.clone(), None);
    for step in steps {
        match step {
            Step::Start { unlock } => {
                let intent = if unlock { Intent::Unlock } else { Intent::Reset };
                if let Ok(new) = world.start_for("mia", intent).await {
                    flow = new;
                    book.passed.clear();
                }
            }
            Step::Choose(index) => {
                let _ = flow.choose(KINDS[index]).await;
            }
            Step::Right => right(world, &mut flow, &mut book, &mut old).await,
            Step::Repeat => {
                // An answer that was right before, with whatever challenge is open now.
                if let (Some(code), Some(_)) = (&old.1, &flow.view.challenge) {
                    let code: &String = code;
                    let _ = flow.type_code(code).await.map(|()| panic!("{code} counted twice"));
                }
            }
            Step::Wrong if flow.view.challenge.is_some() => {
                assert!(flow.type_code("x").await.is_err());
            }
            Step::Wrong => {}
            Step::OldToken => {
                if old.0 != flow.token {
                    let set = sspr_core::wire::SetPassword {
                        new_password: "Stolen-Lantern-11".into(),
                        end_other_sessions: true,
                    };
                    assert!(world.service.set_password(&world.caller, &old.0, set).await.is_err());
                }
            }
            Step::Wait(seconds) => world.clock.forward(seconds.into()),
            Step::SetPassword => {
                let password = format!("Quilted-Lantern-{}", 70 + book.passwords);
                if flow.set(&password).await.is_ok() {
                    assert!(book.passed.len() >= gates, "{:?}", book.passed);
                    assert!(world.sign_in("mia", &password).await.is_ok());
                    assert!(flow.set("Another-Lantern-78").await.is_err());
                    book.passwords += 1;
                }
            }
            Step::Unlock => {
                if flow.unlock().await.is_ok() {
                    assert!(book.passed.len() >= gates, "{:?}", book.passed);
                }
            }
            Step::Cancel => {
                let _ = world.service.cancel_recovery(&world.caller, &flow.token).await;
            }
        }
    }
}

/// Answers as somebody would who holds everything, and keeps the book.
async fn right(
    world: &World,
    flow: &mut Flow<'_>,
    book: &mut Book,
    old: &mut (sspr_core::Secret, Option<String>),
) {
    let Some(challenge) = flow.view.challenge.clone() else { return };
    let code = match challenge.kind {
        Kind::Totp => Some(app_code(APPS[0], world.now())),
        Kind::RecoveryCode => Some(PRINTED[book.spent.len() % 2].to_owned()),
        Kind::Questions => None,
        _ => match world.waiting_code().await {
            Some(code) => Some(code),
            None => return,
        },
    };
    let before = flow.token.clone();
    let answer = match &code {
        Some(code) => flow.by_code(code),
        None => flow.by_answers(),
    };
    if flow.verify(answer).await.is_ok() {
        assert!(book.passed.insert(challenge.kind.method()), "{:?} passed two gates", challenge.kind);
        old.0 = before;
        if let Some(code) = code {
            assert!(book.spent.insert(format!("{:?} {code}", challenge.kind)), "{code} counted twice");
            old.1 = Some(code);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_calls_skips_a_gate_or_counts_a_code_twice(
        gates in 1_u8..=2,
        steps in prop::collection::vec(step(), 1..60),
    ) {
        run(async {
            let world = World::with(|settings| {
                settings.policy.gates = gates;
                settings.limits.tries = 10;
                settings.limits.starts_per_hour = 1000;
                settings.limits.failed_proofs_per_day = 1000;
            })
            .await;
            go(&world, gates.into(), steps).await;
        });
    }
}

#[test]
fn the_steps_above_can_reach_a_new_password() {
    run(async {
        let world = World::new().await;
        let steps = [Step::Choose(0), Step::Right, Step::Choose(3), Step::Right, Step::SetPassword];
        go(&world, 2, steps.to_vec()).await;
        assert!(world.sign_in("mia", "Quilted-Lantern-70").await.is_ok());
    });
}
