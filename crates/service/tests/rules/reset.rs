//! The whole way from a forgotten password to a new one.

use crate::support::{APPS, NEW, OLD, World, app_code, run};
use sspr_core::wire::{ChallengeKind as Kind, FlowState};
use sspr_service::Failure;

const KINDS: [Kind; 6] =
    [Kind::Email, Kind::Sms, Kind::Voice, Kind::Totp, Kind::RecoveryCode, Kind::Questions];

#[test]
fn one_gate_by_each_method_leads_to_a_new_password() {
    run(async {
        for kind in KINDS {
            let world = World::with_one_gate().await;
            let mut flow = world.start("mia").await;
            flow.pass(kind).await.unwrap();
            assert_eq!(flow.view.state, FlowState::SetPassword, "{kind:?}");
            assert_eq!(flow.finish().await.unwrap().identifier, "mia");
            assert!(world.sign_in("mia", OLD).await.is_err());
            assert!(world.sign_in("mia", NEW).await.is_ok());
        }
    });
}

#[test]
fn two_gates_take_every_pair_of_different_methods_and_no_other() {
    run(async {
        for first in KINDS {
            for second in KINDS {
                let world = World::new().await;
                let mut flow = world.start("Mia@Example.org ").await;
                flow.pass(first).await.unwrap();
                assert_eq!((flow.view.state, flow.view.gate, flow.view.gates), (FlowState::Choose, 2, 2));
                assert!(matches!(flow.finish().await, Err(Failure::WrongState(FlowState::Choose))));
                let passed = flow.pass(second).await;
                if first.method() == second.method() {
                    assert!(matches!(passed, Err(Failure::MethodNotFound)), "{first:?} {second:?}");
                } else {
                    passed.unwrap();
                    flow.finish().await.unwrap();
                    assert!(world.sign_in("mia", NEW).await.is_ok());
                }
            }
        }
    });
}

#[test]
fn each_gate_replaces_the_token_and_the_old_one_is_dead() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        let mut tokens = vec![flow.token.clone()];
        for kind in [Kind::Email, Kind::Totp] {
            flow.pass(kind).await.unwrap();
            assert!(!tokens.contains(&flow.token));
            for old in &tokens {
                assert!(matches!(world.service.recovery(&world.caller, old).await, Err(Failure::FlowGone)));
            }
            tokens.push(flow.token.clone());
        }
    });
}

#[test]
fn the_second_gate_offers_the_persons_own_other_methods_with_masks() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        assert!(flow.view.methods.iter().all(|it| it.masked.is_none() && it.id == it.kind.word()));
        flow.pass(Kind::Totp).await.unwrap();
        let seen: Vec<_> = flow.view.methods.iter().map(|it| (it.kind, it.masked.as_deref())).collect();
        let expected = [
            (Kind::Email, Some("m…a@h…e.example")),
            (Kind::Email, Some("m…a@s…d.example")),
            (Kind::Sms, Some("…01")),
            (Kind::Voice, Some("…01")),
            (Kind::RecoveryCode, None),
            (Kind::Questions, None),
        ];
        assert_eq!(seen, expected);
    });
}

#[test]
fn any_of_several_authenticator_apps_will_do_at_either_gate() {
    run(async {
        for secret in APPS {
            let world = World::new().await;
            let mut flow = world.start("mia").await;
            flow.choose(Kind::Totp).await.unwrap();
            flow.type_code(&app_code(secret, world.now())).await.unwrap();

            let mut other = world.start("mia").await;
            other.pass(Kind::Email).await.unwrap();
            assert_eq!(other.view.methods.iter().filter(|it| it.kind == Kind::Totp).count(), 1);
            world.clock.forward(60);
            other.choose(Kind::Totp).await.unwrap();
            other.type_code(&app_code(secret, world.now())).await.unwrap();
        }
    });
}

#[test]
fn a_flow_sets_one_password() {
    run(async {
        let world = World::with_one_gate().await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        flow.finish().await.unwrap();
        assert!(matches!(flow.set("Another-Lantern-78").await, Err(Failure::FlowGone)));
        assert!(world.sign_in("mia", NEW).await.is_ok());
    });
}

#[test]
fn a_cancelled_flow_is_gone() {
    run(async {
        let world = World::new().await;
        let flow = world.start("mia").await;
        world.service.cancel_recovery(&world.caller, &flow.token).await.unwrap();
        assert!(matches!(flow.look().await, Err(Failure::FlowGone)));
    });
}

#[test]
fn the_person_hears_of_a_reset_at_every_proved_address() {
    run(async {
        let world = World::with_one_gate().await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Totp).await.unwrap();
        flow.finish().await.unwrap();
        assert_eq!(world.receivers().await, ["mia@example.org", "mia@home.example", "mia@second.example"]);
    });
}

#[test]
fn a_reset_ends_the_sessions_of_the_person_and_of_nobody_else() {
    run(async {
        let world = World::with_one_gate().await;
        let (mia, _) = world.sign_in("mia", OLD).await.unwrap();
        let (bare, _) = world.sign_in("bare", OLD).await.unwrap();
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Totp).await.unwrap();
        flow.finish().await.unwrap();
        assert!(world.service.session(&mia).await.unwrap().is_none());
        assert!(world.service.session(&bare).await.unwrap().is_some());
    });
}
