//! Requests at the same time, and requests that die on the way.

use crate::support::{APPS, Flow, NEW, OLD, PRINTED, World, app_code, run};
use futures::{FutureExt, future::join};
use sspr_core::wire::{ChallengeKind as Kind, FlowState, UpdateMethod};
use sspr_service::Failure;
use std::{future::poll_fn, task::Poll};

/// The same flow in another tab.
fn twin<'a>(world: &'a World, flow: &Flow<'a>) -> Flow<'a> {
    let mut view = flow.view.clone();
    view.flow = Some(flow.token.clone());
    Flow::new(world, view)
}

/// Comes back after the other futures of a `join!` had so many turns.
async fn turns(mut left: usize) {
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[test]
fn of_two_verifies_with_the_same_code_one_wins_whenever_the_second_comes() {
    run(async {
        for kind in [Kind::Email, Kind::Totp, Kind::RecoveryCode] {
            for delay in 0..24 {
                let world = World::new().await;
                let mut first = world.start("mia").await;
                first.choose(kind).await.unwrap();
                let mut second = twin(&world, &first);
                let answer = first.right_answer().await;
                world.store.take_turns();
                let late = async {
                    turns(delay).await;
                    second.verify(answer.clone()).await
                };
                let (one, other) = join(first.verify(answer.clone()), late).await;
                assert!(one.is_ok() != other.is_ok(), "{kind:?} after {delay}: {one:?} {other:?}");
                // `CodeIncorrect` only where the code of a live flow was spent by the other.
                let loser = if one.is_ok() { other } else { one };
                let told = matches!(
                    loser,
                    Err(Failure::WrongState(_) | Failure::FlowGone | Failure::CodeIncorrect { .. })
                );
                assert!(told, "{kind:?} after {delay}: {loser:?}");
            }
        }
    });
}

#[test]
fn a_wrong_code_at_the_same_time_takes_nothing_from_the_right_one() {
    run(async {
        for delay in 0..24 {
            let world = World::new().await;
            let mut first = world.start("mia").await;
            first.choose(Kind::RecoveryCode).await.unwrap();
            let mut second = twin(&world, &first);
            world.store.take_turns();
            let late = async {
                turns(delay).await;
                second.type_code("x").await
            };
            let (right, wrong) = join(first.type_code(PRINTED[0]), late).await;
            assert!(wrong.is_err());
            if right.is_err() {
                assert!(matches!(right, Err(Failure::WrongState(FlowState::Challenge))), "after {delay}");
                first.type_code(PRINTED[0]).await.expect("the code was not spent");
            }
        }
    });
}

#[test]
fn whoever_comes_second_learns_where_the_flow_is_and_nothing_of_the_code() {
    run(async {
        let world = World::new().await;
        let mut first = world.start("mia").await;
        first.choose(Kind::Totp).await.unwrap();
        let mut second = twin(&world, &first);
        let right = app_code(APPS[0], world.now());
        world.store.take_turns();
        let (wrong, right_but_second) = join(first.type_code("x"), second.type_code(&right)).await;
        assert!(matches!(wrong, Err(Failure::CodeIncorrect { attempts_left: 4 })));
        assert!(matches!(right_but_second, Err(Failure::WrongState(FlowState::Challenge))));
        second.type_code(&right).await.unwrap();
    });
}

#[test]
fn a_one_time_code_in_two_flows_at_once_passes_one() {
    run(async {
        for kind in [Kind::Totp, Kind::RecoveryCode] {
            let world = World::new().await;
            let (mut one, mut other) = (world.start("mia").await, world.start("mia").await);
            one.choose(kind).await.unwrap();
            other.choose(kind).await.unwrap();
            let (first, second) = (one.right_answer().await, other.right_answer().await);
            world.store.take_turns();
            let (one, other) = join(one.verify(first), other.verify(second)).await;
            assert!(one.is_ok() != other.is_ok(), "{kind:?}");
        }
    });
}

#[test]
fn while_the_last_try_is_judged_there_is_no_further_one() {
    run(async {
        let world = World::with(|settings| settings.limits.tries = 2).await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::RecoveryCode).await.unwrap();
        assert!(flow.type_code("x").await.is_err());
        let (mut first, mut second) = (twin(&world, &flow), twin(&world, &flow));
        world.store.calls();
        world.store.take_turns();
        let mut last = Box::pin(first.type_code("x"));
        let mut calls = Vec::new();
        while !calls.ends_with(&["update_flow", "hit"]) {
            assert!((&mut last).now_or_never().is_none());
            calls.extend(world.store.calls());
        }
        assert!(matches!(second.type_code(PRINTED[0]).await, Err(Failure::FlowGone)));
        assert!(matches!(last.await, Err(Failure::FlowGone)));
    });
}

#[test]
fn of_two_last_steps_at_once_one_sets_its_password() {
    run(async {
        let world = World::with_one_gate().await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        world.store.take_turns();
        let (one, other) = join(flow.set(NEW), flow.set("Another-Lantern-78")).await;
        assert!(one.is_ok() != other.is_ok());
        let password = if one.is_ok() { NEW } else { "Another-Lantern-78" };
        assert!(world.sign_in("mia", password).await.is_ok());
    });
}

#[test]
fn a_last_step_whose_process_died_may_be_done_again_after_a_minute() {
    run(async {
        let world = World::with_one_gate().await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        world.store.calls();
        world.store.take_turns();
        let mut dying = Box::pin(flow.finish());
        let mut calls = Vec::new();
        // The claim is written once the directory is asked to act.
        while !calls.ends_with(&["update_flow", "account"]) {
            assert!((&mut dying).now_or_never().is_none());
            calls.extend(world.store.calls());
        }
        drop(dying);
        assert!(matches!(flow.finish().await, Err(Failure::WrongState(FlowState::SetPassword))));
        world.clock.forward(60);
        flow.finish().await.unwrap();
        assert!(world.sign_in("mia", NEW).await.is_ok());
    });
}

#[test]
fn edits_of_one_method_at_once_both_come_through() {
    run(async {
        let world = World::new().await;
        let person = world.person("mia").await;
        let list = world.service.methods(&world.caller, &person).await.unwrap();
        let id = list.methods.iter().find(|it| !it.primary).unwrap().id.clone();
        let named = UpdateMethod { label: Some("desk".into()), primary: None };
        let preferred = UpdateMethod { label: None, primary: Some(true) };
        world.store.take_turns();
        let service = &world.service;
        let (one, other) = join(
            service.update_method(&world.caller, &person, &id, named),
            service.update_method(&world.caller, &person, &id, preferred),
        )
        .await;
        one.unwrap();
        let methods = other.unwrap().methods;
        let method = methods.iter().find(|it| it.id == id).unwrap();
        assert_eq!((method.label.as_deref(), method.primary), (Some("desk"), true));
        assert_eq!(methods.iter().filter(|it| it.primary).count(), 1);
        assert!(world.sign_in("mia", OLD).await.is_ok());
    });
}

#[test]
fn wrong_codes_in_many_flows_at_once_are_judged_as_often_as_one_after_the_other() {
    run(async {
        let world = World::with(|settings| settings.limits.starts_per_hour = 100).await;
        let mut flows = Vec::new();
        for name in ["mia", "mia@example.org", "nobody"] {
            for _ in 0..7 {
                let mut flow = world.start(name).await;
                flow.choose(Kind::Totp).await.unwrap();
                flows.push((name, flow));
            }
        }
        world.store.take_turns();
        let guesses = flows.iter_mut().map(|(name, flow)| async { (*name, flow.type_code("000000").await) });
        let answers = futures::future::join_all(guesses).await;
        for name in ["mia", "mia@example.org", "nobody"] {
            let of_name = answers.iter().filter(|it| it.0 == name);
            let judged = of_name.filter(|it| matches!(it.1, Err(Failure::CodeIncorrect { .. }))).count();
            assert_eq!(judged, 5, "{name}");
        }
    });
}

#[test]
fn a_right_code_leaves_no_failure_behind() {
    run(async {
        let world = World::with(|settings| settings.limits.starts_per_hour = 100).await;
        for turn in 0..8 {
            let mut flow = world.start("mia").await;
            flow.choose(Kind::Totp).await.unwrap();
            world.clock.forward(31);
            flow.type_code(&app_code(APPS[0], world.now())).await.unwrap_or_else(|it| panic!("{turn}: {it}"));
        }
    });
}
