//! Codes that are wrong, late, stale or used.

use crate::support::{APPS, PRINTED, World, app_code, run};
use sspr_core::wire::ChallengeKind as Kind;
use sspr_service::Failure;

#[test]
fn five_wrong_codes_over_all_challenges_end_the_flow() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Email).await.unwrap();
        for left in [4, 3] {
            let wrong = flow.type_code("x").await;
            assert!(matches!(wrong, Err(Failure::CodeIncorrect { attempts_left }) if attempts_left == left));
        }
        flow.choose(Kind::Totp).await.unwrap();
        assert_eq!(flow.challenge().attempts_left, 3);
        for left in [2, 1] {
            let wrong = flow.type_code("x").await;
            assert!(matches!(wrong, Err(Failure::CodeIncorrect { attempts_left }) if attempts_left == left));
        }
        assert!(matches!(flow.type_code("x").await, Err(Failure::FlowGone)));
        assert!(matches!(flow.look().await, Err(Failure::FlowGone)));
    });
}

#[test]
fn a_right_code_costs_no_attempt() {
    run(async {
        let world = World::with(|settings| settings.limits.tries = 1).await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        flow.choose(Kind::Totp).await.unwrap();
        assert_eq!(flow.challenge().attempts_left, 1);
    });
}

#[test]
fn an_expired_code_is_wrong_and_a_new_one_is_right() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Email).await.unwrap();
        let late = flow.right_answer().await;
        world.clock.forward(600);
        assert!(matches!(flow.verify(late).await, Err(Failure::CodeIncorrect { .. })));
        flow.pass(Kind::Email).await.unwrap();
    });
}

#[test]
fn a_code_is_good_until_its_last_second() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Email).await.unwrap();
        let answer = flow.right_answer().await;
        world.clock.forward(599);
        flow.verify(answer).await.unwrap();
    });
}

#[test]
fn a_resend_kills_the_code_before_it() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Email).await.unwrap();
        let old = world.code().await;
        world.clock.forward(30);
        flow.choose(Kind::Email).await.unwrap();
        let new = world.code().await;
        assert_ne!(old, new);
        assert!(flow.type_code(&old).await.is_err());
        flow.type_code(&new).await.unwrap();
    });
}

/// The answer to a challenge that another took the place of, or whose time is over.
async fn stale(world: &World, kind: Kind, code: &str) {
    let mut flow = world.start("mia").await;
    flow.choose(kind).await.unwrap();
    let answer = flow.by_code(code);
    flow.choose(kind).await.unwrap();
    assert!(matches!(flow.verify(answer).await, Err(Failure::CodeIncorrect { attempts_left: 4 })));
    let late = flow.by_code(code);
    world.clock.forward(600);
    assert!(matches!(flow.verify(late).await, Err(Failure::CodeIncorrect { attempts_left: 3 })));
}

#[test]
fn a_stale_challenge_spends_no_recovery_code() {
    run(async {
        let world = World::new().await;
        stale(&world, Kind::RecoveryCode, PRINTED[0]).await;
        world.start("mia").await.pass(Kind::RecoveryCode).await.unwrap();
    });
}

#[test]
fn a_stale_challenge_spends_no_step_of_an_app() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Totp).await.unwrap();
        let answer = flow.by_code(&app_code(APPS[0], world.now()));
        flow.choose(Kind::Totp).await.unwrap();
        assert!(flow.verify(answer).await.is_err());
        flow.type_code(&app_code(APPS[0], world.now())).await.unwrap();
    });
}

#[test]
fn a_recovery_code_and_a_step_of_an_app_are_spent_once() {
    run(async {
        let world = World::new().await;
        for kind in [Kind::RecoveryCode, Kind::Totp] {
            world.start("mia").await.pass(kind).await.unwrap();
            let again = world.start("mia").await.pass(kind).await;
            assert!(matches!(again, Err(Failure::CodeIncorrect { .. })), "{kind:?}");
        }
        let mut flow = world.start("mia").await;
        flow.choose(Kind::RecoveryCode).await.unwrap();
        flow.type_code("HJKMN 34567").await.unwrap();
    });
}

#[test]
fn spaces_hyphens_and_case_of_a_code_do_not_matter() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Email).await.unwrap();
        let code = world.code().await;
        flow.type_code(&format!(" {}-{} ", &code[..3], &code[3..])).await.unwrap();
    });
}

#[test]
fn every_question_needs_its_right_answer() {
    run(async {
        let world = World::new().await;
        for wrong in 0..3 {
            let mut flow = world.start("mia").await;
            flow.choose(Kind::Questions).await.unwrap();
            let mut answer = flow.by_answers();
            assert_eq!(answer.answers.len(), 3);
            answer.answers[wrong].answer = "none".into();
            assert!(matches!(flow.verify(answer).await, Err(Failure::CodeIncorrect { .. })));
        }
    });
}

#[test]
fn a_flow_ends_after_fifteen_idle_minutes_and_after_three_hours_at_all() {
    run(async {
        let world = World::new().await;
        let flow = world.start("mia").await;
        world.clock.forward(899);
        assert_eq!(flow.look().await.unwrap().expires_in, 1);
        world.clock.forward(1);
        assert!(matches!(flow.look().await, Err(Failure::FlowGone)));

        let mut flow = world.start("mia").await;
        for _ in 0..12 {
            world.clock.forward(890);
            flow.choose(Kind::Totp).await.unwrap();
        }
        assert_eq!(flow.view.expires_in, 120);
        world.clock.forward(120);
        assert!(matches!(flow.choose(Kind::Totp).await, Err(Failure::FlowGone)));
    });
}
