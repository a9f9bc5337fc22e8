//! Administrators: two gates whatever the policy says, and never questions.

use crate::support::{NEW, World, run};
use sspr_core::wire::{ChallengeKind as Kind, FlowState};
use sspr_service::{Failure, settings::Enabled};

#[test]
fn an_administrator_passes_two_gates_where_others_pass_one() {
    run(async {
        let world = World::with_one_gate().await;
        let mut flow = world.start("boss").await;
        assert_eq!(flow.view.gates, 1, "before the first proof nobody is told");
        flow.pass(Kind::Email).await.unwrap();
        assert_eq!((flow.view.state, flow.view.gates), (FlowState::Choose, 2));
        assert!(matches!(flow.finish().await, Err(Failure::WrongState(FlowState::Choose))));
        flow.pass(Kind::Totp).await.unwrap();
        flow.finish().await.unwrap();
        assert!(world.sign_in("boss", NEW).await.is_ok());
    });
}

#[test]
fn an_administrator_never_passes_by_questions() {
    run(async {
        let world = World::with_one_gate().await;
        let mut flow = world.start("boss").await;
        assert!(matches!(flow.pass(Kind::Questions).await, Err(Failure::CodeIncorrect { .. })));
        flow.pass(Kind::Email).await.unwrap();
        assert!(flow.view.methods.iter().all(|it| it.kind != Kind::Questions));
        assert!(matches!(flow.choose_by_id("questions").await, Err(Failure::MethodNotFound)));
    });
}

#[test]
fn an_administrator_with_one_kind_gets_a_decoy() {
    run(async {
        let world = World::with_one_gate().await;
        let mut flow = world.start("chief").await;
        flow.choose(Kind::Email).await.unwrap();
        assert_eq!(world.messages().await.len(), 0);
    });
}

#[test]
fn administrators_are_covered_wherever_anybody_is() {
    run(async {
        let world = World::with(|settings| {
            settings.policy.enabled = Enabled::Selected;
            settings.policy.groups = vec!["staff".into()];
        })
        .await;
        world.start("boss").await.pass(Kind::Email).await.unwrap();
    });
}

#[test]
fn the_other_administrators_hear_of_the_reset() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("boss").await;
        flow.pass(Kind::Email).await.unwrap();
        flow.pass(Kind::Totp).await.unwrap();
        flow.finish().await.unwrap();
        assert_eq!(world.receivers().await, ["boss@example.org", "boss@home.example", "chief@example.org"]);
    });
}

#[test]
fn nobody_is_told_where_the_policy_says_so() {
    run(async {
        let world = World::with(|settings| {
            settings.policy.notify_person = false;
            settings.policy.notify_administrators = false;
        })
        .await;
        let mut flow = world.start("boss").await;
        flow.pass(Kind::Email).await.unwrap();
        flow.pass(Kind::Totp).await.unwrap();
        flow.finish().await.unwrap();
        assert_eq!(world.receivers().await, [""; 0]);
    });
}
