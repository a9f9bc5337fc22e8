//! How often what may be tried.

use crate::support::{NEW, OLD, World, run};
use sspr_core::wire::{ChallengeKind as Kind, FlowState, Intent};
use sspr_service::Failure;

fn wait<T>(result: Result<T, Failure>) -> u32 {
    match result {
        Err(Failure::RateLimited { retry_after }) => retry_after,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("no limit"),
    }
}

#[test]
fn a_code_is_sent_again_after_thirty_seconds_also_when_another_method_was_chosen_between() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Email).await.unwrap();
        assert_eq!(flow.challenge().resend_in, 30);
        world.clock.forward(10);
        assert_eq!(wait(flow.choose(Kind::Email).await), 20);
        flow.choose(Kind::Sms).await.unwrap();
        flow.choose(Kind::Totp).await.unwrap();
        assert_eq!(wait(flow.choose(Kind::Email).await), 20);
        assert_eq!(wait(flow.choose(Kind::Sms).await), 30);
        world.clock.forward(20);
        flow.choose(Kind::Email).await.unwrap();
        assert_eq!(world.receivers().await.len(), 3);
    });
}

#[test]
fn an_identifier_starts_five_flows_an_hour_known_or_not() {
    run(async {
        for name in ["mia", "nobody", "disabled"] {
            let world = World::new().await;
            for _ in 0..5 {
                world.start(name).await;
            }
            assert_eq!(wait(world.start_for(name, Intent::Reset).await), 3600);
            world.clock.forward(3600);
            world.start(name).await;
        }
    });
}

#[test]
fn the_mail_address_does_not_double_the_allowance_of_the_user_name_and_nobody_can_tell() {
    run(async {
        let world = World::new().await;
        for _ in 0..5 {
            world.start("mia").await;
        }
        let mut flow = world.start("mia@example.org").await;
        flow.choose(Kind::Email).await.unwrap();
        assert_eq!(world.receivers().await, [""; 0], "a decoy sends nothing");
    });
}

#[test]
fn failed_proofs_under_one_name_block_the_other_without_a_word() {
    run(async {
        let world = World::new().await;
        let mut earlier = world.start("mia@example.org").await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Totp).await.unwrap();
        for _ in 0..5 {
            assert!(flow.type_code("x").await.is_err());
        }
        assert!(wait(world.start_for("mia", Intent::Reset).await) > 80_000);
        assert!(matches!(earlier.pass(Kind::Email).await, Err(Failure::CodeIncorrect { .. })));
        assert!(matches!(earlier.pass(Kind::RecoveryCode).await, Err(Failure::CodeIncorrect { .. })));
        let mut later = world.start("mia@example.org").await;
        assert!(matches!(later.pass(Kind::RecoveryCode).await, Err(Failure::CodeIncorrect { .. })));
        world.clock.forward(24 * 3600);
        world.start("mia").await.pass(Kind::RecoveryCode).await.expect("the code was not spent");
    });
}

#[test]
fn five_failed_proofs_in_a_day_block_an_unknown_identifier_as_well() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("nobody").await;
        flow.choose(Kind::Totp).await.unwrap();
        for left in [4, 3, 2, 1] {
            let wrong = flow.type_code("x").await;
            assert!(matches!(wrong, Err(Failure::CodeIncorrect { attempts_left }) if attempts_left == left));
        }
        assert!(matches!(flow.type_code("x").await, Err(Failure::FlowGone)));
        assert!(wait(world.start_for("nobody", Intent::Reset).await) > 80_000);
    });
}

#[test]
fn a_success_clears_the_counters_of_every_name() {
    run(async {
        let world = World::with_one_gate().await;
        for _ in 0..2 {
            world.start("mia").await;
            world.start("mia@example.org").await;
        }
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Totp).await.unwrap();
        for _ in 0..4 {
            assert!(flow.type_code("x").await.is_err());
        }
        flow.pass(Kind::Email).await.unwrap();
        flow.finish().await.unwrap();
        for name in ["mia", "mia@example.org"] {
            let mut flow = world.start(name).await;
            flow.choose(Kind::Totp).await.unwrap();
            assert!(matches!(flow.type_code("x").await, Err(Failure::CodeIncorrect { attempts_left: 4 })));
        }
        for name in ["mia", "mia@example.org"] {
            for _ in 0..4 {
                world.start(name).await;
            }
        }
        assert!(world.sign_in("mia", NEW).await.is_ok());
    });
}

#[test]
fn ten_messages_go_to_one_destination_in_ten_minutes() {
    run(async {
        let world = World::with(|settings| {
            settings.limits.starts_per_hour = 100;
            settings.limits.resend_after = 1;
        })
        .await;
        for name in ["mia", "nobody"] {
            let mut flow = world.start(name).await;
            for _ in 0..10 {
                flow.choose(Kind::Email).await.unwrap();
                world.clock.forward(1);
            }
            assert!(wait(flow.choose(Kind::Email).await) > 500);
            let mut other = world.start(name).await;
            assert!(wait(other.choose(Kind::Email).await) > 500);
            other.choose(Kind::Sms).await.unwrap();
        }
    });
}

#[test]
fn a_destination_that_had_its_messages_gets_none_under_another_name_and_nobody_can_tell() {
    run(async {
        let world = World::with(|settings| {
            settings.limits.messages_per_destination = 2;
            settings.limits.resend_after = 1;
        })
        .await;
        let mut flow = world.start("mia").await;
        for _ in 0..2 {
            flow.choose(Kind::Email).await.unwrap();
            world.clock.forward(1);
        }
        assert_eq!(world.receivers().await.len(), 2);
        let mut other = world.start("mia@example.org").await;
        other.choose(Kind::Email).await.unwrap();
        assert_eq!(world.receivers().await.len(), 0);
        world.clock.forward(600);
        other.choose(Kind::Email).await.unwrap();
        assert_eq!(world.receivers().await.len(), 1);
    });
}

#[test]
fn texts_and_calls_have_a_budget_for_everybody_together() {
    run(async {
        let world = World::with(|settings| settings.limits.texts_per_day = 2).await;
        world.start("mia").await.choose(Kind::Sms).await.unwrap();
        world.start("nobody").await.choose(Kind::Voice).await.unwrap();
        assert!(wait(world.start("boss").await.choose(Kind::Sms).await) > 80_000);
        world.start("boss").await.choose(Kind::Email).await.unwrap();
    });
}

#[test]
fn starts_are_counted_by_address_prefix_and_in_all() {
    run(async {
        let mut world = World::with(|settings| {
            settings.limits.starts_per_prefix = 2;
            settings.limits.starts_total = 5;
        })
        .await;
        let mut starts = Vec::new();
        for address in
            ["10.0.0.1", "10.0.0.2", "10.0.0.3", "2001:db8:0:1::1", "2001:db8:0:2::1", "2001:db8:0:1::2"]
        {
            world.caller.address = Some(address.parse().unwrap());
            starts.push(world.start_for(address, Intent::Reset).await.map(|_| ()));
        }
        let refused: Vec<bool> = starts.iter().map(Result::is_err).collect();
        assert_eq!(refused, [false, false, true, false, false, true]);
    });
}

#[test]
fn failed_sign_ins_are_counted_by_address_prefix_over_all_accounts() {
    run(async {
        let mut world = World::with(|settings| settings.limits.failed_sign_ins_per_prefix = 2).await;
        world.caller.address = Some("10.0.0.1".parse().unwrap());
        for name in ["mia", "nobody"] {
            assert!(matches!(world.sign_in(name, "wrong").await, Err(Failure::SignInFailed)), "{name}");
        }
        let refused = world.sign_in("mia", OLD).await;
        assert!(
            matches!(refused, Err(Failure::RateLimited { retry_after: 3600 })),
            "told before it is judged"
        );
        world.caller.address = Some("10.0.1.1".parse().unwrap());
        for _ in 0..5 {
            assert!(world.sign_in("mia", OLD).await.is_ok(), "who signs in costs nothing");
        }
        world.caller.address = Some("10.0.0.2".parse().unwrap());
        world.clock.forward(3600);
        assert!(world.sign_in("mia", OLD).await.is_ok());
    });
}

#[test]
fn a_flow_that_waits_for_a_password_stays_while_its_identifier_is_blocked() {
    run(async {
        let world = World::with_one_gate().await;
        let mut good = world.start("mia").await;
        good.pass(Kind::Email).await.unwrap();
        let mut bad = world.start("mia").await;
        bad.choose(Kind::Totp).await.unwrap();
        for _ in 0..5 {
            assert!(bad.type_code("x").await.is_err());
        }
        assert_eq!(good.look().await.unwrap().state, FlowState::SetPassword);
        good.finish().await.unwrap();
    });
}
