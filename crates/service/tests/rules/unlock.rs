//! Unlocking with the password kept.

use crate::support::{NEW, OLD, World, run};
use sspr_core::wire::{ChallengeKind as Kind, FlowState, Intent};
use sspr_service::Failure;

async fn lock(world: &World) {
    for _ in 0..10 {
        assert!(world.sign_in("mia", "wrong").await.is_err());
    }
    assert!(world.sign_in("mia", OLD).await.is_err());
}

#[test]
fn a_locked_person_unlocks_and_keeps_the_password() {
    run(async {
        let world = World::new().await;
        lock(&world).await;
        let mut flow = world.start_for("mia", Intent::Unlock).await.unwrap();
        flow.pass(Kind::Email).await.unwrap();
        assert!(matches!(flow.unlock().await, Err(Failure::WrongState(FlowState::Choose))));
        flow.pass(Kind::Totp).await.unwrap();
        assert_eq!(flow.view.state, FlowState::Unlock);
        assert!(matches!(flow.set(NEW).await, Err(Failure::WrongState(FlowState::Unlock))));
        assert_eq!(flow.unlock().await.unwrap().intent, Intent::Unlock);
        assert!(world.sign_in("mia", OLD).await.is_ok());
        assert!(matches!(flow.unlock().await, Err(Failure::FlowGone)));
    });
}

#[test]
fn a_reset_unlocks_too() {
    run(async {
        let world = World::with_one_gate().await;
        lock(&world).await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        assert!(matches!(flow.unlock().await, Err(Failure::WrongState(FlowState::SetPassword))));
        flow.finish().await.unwrap();
        assert!(world.sign_in("mia", NEW).await.is_ok());
    });
}

#[test]
fn unlocking_is_refused_where_the_policy_has_it_off() {
    run(async {
        let world = World::with(|settings| settings.policy.unlock_without_reset = false).await;
        assert!(matches!(world.start_for("mia", Intent::Unlock).await, Err(Failure::NotAllowed)));
    });
}
