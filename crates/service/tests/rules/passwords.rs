//! What a new password must be, in a reset and in a change.

use crate::support::{NEW, OLD, World, run};
use sspr_core::{
    policy::Rule,
    wire::{ChallengeKind as Kind, ChangePassword, PasswordChanged},
};
use sspr_service::{Failure, Person};

async fn change(world: &World, person: &Person, from: &str, to: &str) -> Result<PasswordChanged, Failure> {
    let change =
        ChangePassword { current_password: from.into(), new_password: to.into(), end_other_sessions: true };
    world.service.change_password(&world.caller, person, change).await
}

fn rules<T>(result: Result<T, Failure>) -> Vec<Rule> {
    match result {
        Err(Failure::PasswordRejected(broken)) => broken.into_iter().map(|it| it.rule).collect(),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("taken"),
    }
}

#[test]
fn a_refused_password_leaves_the_flow_where_it_is() {
    run(async {
        let world = World::with_one_gate().await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        assert!(flow.view.policy.is_some());
        assert!(rules(flow.set("Ab1!").await).contains(&Rule::MinLength));
        assert!(!rules(flow.set("mia@example.org-Mia-1").await).is_empty());
        assert_eq!(rules(flow.set(OLD).await), [Rule::SameAsCurrent]);
        flow.finish().await.unwrap();
    });
}

#[test]
fn a_password_of_the_history_does_not_come_back() {
    run(async {
        let world = World::with(|settings| {
            settings.policy.gates = 1;
            settings.password.history = 2;
        })
        .await;
        let reset = async |to: &str| {
            let mut flow = world.start("mia").await;
            world.clock.forward(60);
            flow.pass(Kind::Totp).await.unwrap();
            flow.set(to).await
        };
        reset(NEW).await.unwrap();
        reset("Another-Lantern-78").await.unwrap();
        assert_eq!(rules(reset(OLD).await), [Rule::InHistory]);
        assert_eq!(rules(reset(NEW).await), [Rule::InHistory]);
        reset("Third-Lantern-79").await.unwrap();
        reset(OLD).await.expect("three passwords ago");
    });
}

#[test]
fn the_least_age_holds_a_change_and_not_a_reset() {
    run(async {
        let world = World::with(|settings| {
            settings.policy.gates = 1;
            settings.password.min_age_hours = 24;
        })
        .await;
        let person = world.person("mia").await;
        assert_eq!(rules(change(&world, &person, OLD, NEW).await), [Rule::TooYoung]);
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        flow.finish().await.unwrap();
        world.clock.forward(24 * 3600);
        let person = world.sign_in("mia", NEW).await.unwrap().1;
        change(&world, &person, NEW, "Another-Lantern-78").await.unwrap();
    });
}

#[test]
fn a_change_ends_the_other_sessions_and_keeps_this_one() {
    run(async {
        let world = World::new().await;
        let (other, _) = world.sign_in("mia", OLD).await.unwrap();
        let (own, person) = world.sign_in("mia", OLD).await.unwrap();
        let done = change(&world, &person, OLD, NEW).await.unwrap();
        assert_eq!(done.ended_sessions, 1);
        assert!(world.service.session(&other).await.unwrap().is_none());
        assert!(world.service.session(&own).await.unwrap().is_some());
        assert!(world.sign_in("mia", OLD).await.is_err());
        assert!(world.receivers().await.contains(&"mia@example.org".to_owned()));
    });
}

#[test]
fn a_change_needs_the_current_password_and_a_good_new_one() {
    run(async {
        let world = World::new().await;
        let person = world.person("mia").await;
        let wrong = change(&world, &person, "wrong", NEW).await;
        assert!(matches!(wrong, Err(Failure::CurrentPasswordIncorrect)));
        assert!(rules(change(&world, &person, OLD, "short").await).contains(&Rule::MinLength));
        assert_eq!(rules(change(&world, &person, OLD, OLD).await), [Rule::SameAsCurrent]);
        assert!(world.sign_in("mia", OLD).await.is_ok());
    });
}

#[test]
fn wrong_current_passwords_lock_as_wrong_sign_ins_do() {
    run(async {
        let world = World::new().await;
        let person = world.person("mia").await;
        for _ in 0..10 {
            assert!(change(&world, &person, "wrong", NEW).await.is_err());
        }
        assert!(change(&world, &person, OLD, NEW).await.is_err());
        assert!(world.sign_in("mia", OLD).await.is_err());
    });
}

#[test]
fn a_change_is_refused_where_the_policy_has_it_off() {
    run(async {
        let world = World::with(|settings| settings.policy.change = false).await;
        let person = world.person("mia").await;
        assert!(matches!(change(&world, &person, OLD, NEW).await, Err(Failure::NotAllowed)));
    });
}

#[test]
fn a_change_has_to_change_as_many_characters_as_the_policy_says_and_a_reset_does_not() {
    run(async {
        let world = World::with(|settings| {
            settings.policy.gates = 1;
            settings.password.min_changed = Some(3);
        })
        .await;
        let near = format!("{OLD}9");
        let person = world.person("mia").await;
        assert_eq!(rules(change(&world, &person, OLD, &near).await), [Rule::TooLikeCurrent]);
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Email).await.unwrap();
        // Whoever resets does not know the old one, and neither does the server.
        flow.set(&near).await.expect("another password");
    });
}

#[test]
fn a_least_strength_is_held_by_the_server() {
    run(async {
        let world = World::with(|settings| settings.password.min_strength = Some(3)).await;
        let person = world.person("mia").await;
        assert_eq!(rules(change(&world, &person, OLD, "Password123!").await), [Rule::TooGuessable]);
        change(&world, &person, OLD, "vexing-Lantern-29-quartz").await.unwrap();
    });
}

#[test]
fn names_are_kept_out_as_active_directory_does_where_the_settings_say() {
    run(async {
        let matching = sspr_core::policy::PersonalMatch::ActiveDirectory;
        let world = World::with(|settings| settings.password.personal_match = Some(matching)).await;
        let person = world.person("mia").await;
        let policy = world.service.password_policy(&person);
        assert!(!policy.personal_terms.iter().any(|term| term.contains('@')), "{:?}", policy.personal_terms);
        assert_eq!(rules(change(&world, &person, OLD, "xx-MIA-9-lantern").await), [Rule::TooSimilar]);
        change(&world, &person, OLD, "xx-M1A-9-lantern").await.expect("substitutions are not undone");
    });
}
