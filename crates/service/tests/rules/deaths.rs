//! Requests whose process dies at any point: whoever repeats them with their key gets the answer, and nothing is done twice
//! or lost.

use crate::support::{Flow, NEW, World, receiver, run};
use futures::FutureExt;
use sspr_core::wire::{ChallengeKind as Kind, Intent, LinkToken};
use sspr_service::{Caller, Failure, Store};
use std::future::Future;

/// More points than any step has.
const POINTS: usize = 200;

/// Seconds after which a request is taken for dead.
const LIFE: i64 = 60;

/// Lets a request run until it waited so often, and kills it; `None` where it was answered before.
fn kill_after<T>(waits: usize, request: impl Future<Output = T>) -> Option<()> {
    let mut request = Box::pin(request);
    (0..=waits).all(|_| (&mut request).now_or_never().is_none()).then_some(())
}

fn with_key() -> Caller {
    Caller { key: Some("0b3f0e8e-6d2b-4a57-9a53-0f3b2d1c7e11".into()), ..Caller::default() }
}

async fn world() -> World {
    let mut world = World::with_one_gate().await;
    world.caller = with_key();
    world
}

async fn lines(world: &World, activity: &str) -> usize {
    let lines = world.store.audit(None, 1000).await.unwrap();
    lines.iter().filter(|line| line.activity == activity && line.result == "success").count()
}

#[test]
fn a_choice_that_is_repeated_after_a_death_sends_one_code() {
    run(async {
        for point in 0..POINTS {
            let world = world().await;
            let mut flow = world.start("mia").await;
            let mut dying = Flow::new(&world, flow.view.clone());
            world.store.take_turns();
            let died = kill_after(point, dying.choose(Kind::Email));
            world.clock.forward(LIFE);
            flow.choose(Kind::Email).await.unwrap();
            assert_eq!(lines(&world, "send_challenge").await, 1, "died after {point} calls");
            let messages = world.messages().await;
            assert_eq!(messages.len(), 1, "died after {point} calls");
            if died.is_none() {
                return;
            }
        }
        panic!("it never comes to an end");
    });
}

#[test]
fn a_right_code_that_is_repeated_after_a_death_passes_its_gate_once() {
    run(async {
        for point in 0..POINTS {
            let world = world().await;
            let mut flow = world.start("mia").await;
            flow.choose(Kind::Email).await.unwrap();
            let answer = flow.right_answer().await;
            let mut view = flow.view.clone();
            view.flow = Some(flow.token.clone());
            let mut dying = Flow::new(&world, view);
            world.store.take_turns();
            let died = kill_after(point, dying.verify(answer.clone()));
            world.clock.forward(LIFE);
            flow.verify(answer).await.unwrap_or_else(|error| panic!("died after {point} calls: {error:?}"));
            assert_eq!(lines(&world, "verify_challenge").await, 1, "died after {point} calls");
            flow.finish().await.unwrap();
            if died.is_none() {
                return;
            }
        }
        panic!("it never comes to an end");
    });
}

#[test]
fn a_link_that_is_opened_again_after_a_death_passes_its_gate_once() {
    run(async {
        for point in 0..POINTS {
            let world = world().await;
            world.start("mia").await.choose(Kind::Email).await.unwrap();
            let messages = world.messages().await;
            let (_, link) = crate::support::text(&messages[0]).split_once("#sspr=").unwrap();
            let link = || LinkToken { link_token: link.split_whitespace().next().unwrap().into() };
            world.store.take_turns();
            let died = kill_after(point, world.service.open_link(&world.caller, link()));
            world.clock.forward(LIFE);
            let view = world.service.open_link(&world.caller, link()).await;
            let view = view.unwrap_or_else(|error| panic!("died after {point} calls: {error:?}"));
            Flow::new(&world, view).finish().await.unwrap();
            if died.is_none() {
                return;
            }
        }
        panic!("it never comes to an end");
    });
}

#[test]
fn a_password_that_is_set_again_after_a_death_is_set_and_told_once() {
    run(async {
        for point in 0..POINTS {
            let world = world().await;
            let mut flow = world.start("mia").await;
            flow.pass(Kind::Email).await.unwrap();
            world.messages().await;
            world.store.take_turns();
            let died = kill_after(point, flow.finish());
            world.clock.forward(LIFE);
            flow.finish().await.unwrap_or_else(|error| panic!("died after {point} calls: {error:?}"));
            assert_eq!(lines(&world, "reset_password").await, 1, "died after {point} calls");
            let told = world.messages().await;
            let mut to: Vec<&str> = told.iter().map(receiver).collect();
            to.sort_unstable();
            let once = to.len();
            to.dedup();
            assert!(once == to.len() && once > 0, "died after {point} calls: {to:?}");
            assert!(world.sign_in("mia", NEW).await.is_ok());
            if died.is_none() {
                return;
            }
        }
        panic!("it never comes to an end");
    });
}

/// Lets the last step die at one point, and its repetition at another, and holds the log against the password once the
/// recovery is over. Says whether they died.
async fn nobody_repeats(point: usize, again: usize) -> (bool, bool) {
    let world = world().await;
    let mut first = world.start("mia").await;
    first.pass(Kind::Email).await.unwrap();
    first.finish().await.unwrap();
    // So soon that a directory, which keeps whole seconds, could take the one reset for the other.
    world.clock.forward(1);
    let mut flow = world.start("mia").await;
    flow.pass(Kind::Email).await.unwrap();
    const SECOND: &str = "Quilted-Lantern-79";
    world.store.take_turns();
    let died = kill_after(point, flow.set(SECOND)).is_some();
    world.clock.forward(LIFE);
    let died_again = died && kill_after(again, flow.set(SECOND)).is_some();
    world.clock.forward(4 * 3600);
    while world.service.sweep().await.unwrap() > 0 {}
    let set = world.sign_in("mia", SECOND).await.is_ok();
    let told = lines(&world, "reset_password").await;
    assert_eq!(told, 1 + usize::from(set), "died after {point} calls, and after {again}");
    (died, died_again)
}

#[test]
fn the_log_says_whether_a_password_was_set_before_deaths_that_nobody_repeats() {
    run(async {
        for point in 0..POINTS {
            for again in 0..POINTS {
                match nobody_repeats(point, again).await {
                    (false, _) => return,
                    (true, false) => break,
                    (true, true) => {}
                }
            }
        }
        panic!("it never comes to an end");
    });
}

#[test]
fn an_account_that_is_unlocked_again_after_a_death_is_told_once() {
    run(async {
        for point in 0..POINTS {
            let world = world().await;
            let mut flow = world.start_for("mia", Intent::Unlock).await.unwrap();
            flow.pass(Kind::Email).await.unwrap();
            world.messages().await;
            world.store.take_turns();
            let died = kill_after(point, flow.unlock());
            world.clock.forward(LIFE);
            flow.unlock().await.unwrap_or_else(|error| panic!("died after {point} calls: {error:?}"));
            assert_eq!(lines(&world, "unlock_account").await, 1, "died after {point} calls");
            if died.is_none() {
                return;
            }
        }
        panic!("it never comes to an end");
    });
}

#[test]
fn only_the_same_request_finds_what_it_left() {
    run(async {
        let world = world().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Email).await.unwrap();
        let answer = flow.right_answer().await;
        let token = flow.token.clone();
        flow.verify(answer.clone()).await.unwrap();
        let gone = async |caller: &Caller, answer| {
            let again = world.service.verify_challenge(caller, &token, answer).await;
            matches!(again, Err(Failure::FlowGone))
        };
        assert!(!gone(&world.caller, answer.clone()).await);
        let mut wrong = answer.clone();
        wrong.code = Some("000000".into());
        assert!(gone(&world.caller, wrong).await);
        assert!(gone(&Caller::default(), answer.clone()).await);
        let other = Caller { key: Some("c1a6a7d2-0d6c-4b9e-8d55-2c7f2f3f9a10".into()), ..Caller::default() };
        assert!(gone(&other, answer).await);
        flow.finish().await.unwrap();
        flow.finish().await.expect("the same request again");
        assert!(matches!(flow.set("Another-Lantern-78").await, Err(Failure::FlowGone)));
    });
}
