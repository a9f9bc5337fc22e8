//! What administrators change while the server runs, and what they look up.

use crate::support::{NEW, World, run};
use sspr_core::wire::{
    AdminPolicy, ChallengeKind as Kind, ChangePolicy, Intent, LookUp, LookedUp, LookupReason, PolicyScope,
};
use sspr_service::{Failure, LocalDirectory, MasterKey, Service, Store};
use std::sync::Arc;

async fn change(
    world: &World,
    by: &str,
    change: impl FnOnce(&mut AdminPolicy),
) -> Result<AdminPolicy, Failure> {
    let person = world.person(by).await;
    let mut policy = world.service.policy(&person).await.unwrap();
    change(&mut policy);
    let wanted = ChangePolicy { version: policy.version, values: policy.values };
    world.service.change_policy(&world.caller, &person, wanted).await
}

async fn look_up(world: &World, who: &str) -> LookedUp {
    let boss = world.person("boss").await;
    let who = LookUp { identifier: who.into() };
    world.service.current().look_up(&world.caller, &boss, who).await.unwrap()
}

/// Another node over the same store.
fn other_node(world: &World, settings: impl FnOnce(&mut sspr_service::Settings)) -> Service {
    let mut file = world.service.settings().clone();
    settings(&mut file);
    let directory = Arc::new(LocalDirectory::new(world.store.clone(), world.clock.clone(), &file));
    let store: Arc<dyn Store> = world.store.clone();
    Service::new(file, MasterKey::new([7; 32]), store, directory, world.clock.clone()).unwrap()
}

async fn details(world: &World) -> Vec<String> {
    let lines = world.store.audit(None, 50).await.unwrap();
    let policy = lines.into_iter().filter(|line| line.activity == "change_policy");
    policy.filter_map(|line| line.detail).collect()
}

#[test]
fn every_field_that_changes_is_a_line_with_its_old_and_new_value() {
    run(async {
        let world = World::new().await;
        change(&world, "boss", |policy| {
            policy.values.gates = 1;
            policy.values.banned_terms = vec![" contoso ".into(), "contoso".into(), String::new()];
        })
        .await
        .unwrap();
        assert_eq!(details(&world).await, ["banned_terms: 0 -> 1 words: +contoso", "gates: 2 -> 1"]);
        let boss = world.person("boss").await.account.id;
        let lines = world.store.audit(Some(&boss), 50).await.unwrap();
        assert!(lines.iter().any(|line| line.activity == "change_policy"), "who did it is in the line");
    });
}

#[test]
fn another_node_follows_within_a_second() {
    run(async {
        let world = World::new().await;
        let other = other_node(&world, |_| ());
        other.follow_policy().await.unwrap();
        change(&world, "boss", |policy| policy.values.enabled = PolicyScope::None).await.unwrap();
        let before = other.current();
        world.clock.forward(1);
        other.follow_policy().await.unwrap();
        assert!(before.describe(&world.caller).features.reset);
        assert!(!other.current().describe(&world.caller).features.reset);
    });
}

#[test]
fn nobody_asks_the_store_more_than_once_a_second() {
    run(async {
        let world = World::new().await;
        for _ in 0..5 {
            world.service.follow_policy().await.unwrap();
        }
        assert_eq!(world.store.calls(), ["policy_besides"]);
    });
}

#[test]
fn of_two_changes_of_one_state_the_second_is_a_conflict() {
    run(async {
        let world = World::new().await;
        let boss = world.person("boss").await;
        let before = world.service.policy(&boss).await.unwrap();
        change(&world, "boss", |policy| policy.values.gates = 1).await.unwrap();
        let late = ChangePolicy { version: before.version, values: before.values };
        let late = world.service.change_policy(&world.caller, &boss, late).await;
        assert!(matches!(late, Err(Failure::VersionConflict)));
    });
}

#[test]
fn a_change_needs_a_fresh_proof_and_an_administrator() {
    run(async {
        let world = World::new().await;
        assert!(matches!(
            world.service.policy(&world.person("mia").await).await,
            Err(Failure::PolicyForbids)
        ));
        let boss = world.person("boss").await;
        let now = world.service.policy(&boss).await.unwrap();
        world.clock.forward(3600);
        let wanted = ChangePolicy { version: 0, values: now.values };
        let late = world.service.change_policy(&world.caller, &boss, wanted).await;
        assert!(matches!(late, Err(Failure::ReauthenticationRequired)));
    });
}

#[test]
fn two_gates_need_two_methods() {
    run(async {
        let world = World::new().await;
        let one = change(&world, "boss", |policy| policy.values.recovery_methods = vec![Kind::Email]).await;
        assert!(matches!(one, Err(Failure::ValueRejected { pointer: "/values/recovery_methods" })));
    });
}

#[test]
fn what_nothing_delivers_cannot_be_chosen() {
    run(async {
        let world = World::new().await;
        let service = world.service.clone().with_available_methods(vec![Kind::Email, Kind::Totp]);
        let boss = world.person("boss").await;
        let values = service.policy(&boss).await.unwrap().values;
        assert!(values.recovery_methods.contains(&Kind::Sms), "the file says so");
        let wanted = ChangePolicy { version: 0, values };
        let refused = service.change_policy(&world.caller, &boss, wanted).await;
        assert!(matches!(refused, Err(Failure::ValueRejected { pointer: "/values/recovery_methods" })));
    });
}

#[test]
fn a_change_that_the_file_no_longer_fits_leaves_the_files_policy_in_force() {
    run(async {
        let world = World::with_one_gate().await;
        change(&world, "boss", |policy| policy.values.gates = 2).await.unwrap();
        let other = other_node(&world, |file| file.policy.recovery_methods = vec![Kind::Email]);
        other.follow_policy().await.unwrap();
        assert_eq!(other.current().settings().policy.gates, 1);
    });
}

#[test]
fn the_command_line_puts_the_files_policy_back() {
    run(async {
        let world = World::new().await;
        assert!(!world.service.reset_policy(&world.caller).await.unwrap());
        change(&world, "boss", |policy| policy.values.helpdesk = Some("tel:+49123".into())).await.unwrap();
        assert!(world.service.reset_policy(&world.caller).await.unwrap());
        assert_eq!(world.service.current().settings().organisation.helpdesk, None);
        let lines = details(&world).await;
        assert_eq!(lines[..2], ["reset to the configuration file", "helpdesk: tel:+49123 -> none"]);
        let boss = world.person("boss").await;
        assert_eq!(world.service.policy(&boss).await.unwrap().version, 2, "a version never comes back");
    });
}

#[test]
fn a_lookup_names_all_that_stands_in_the_way() {
    run(async {
        let world = World::new().await;
        assert_eq!(look_up(&world, "mia").await.reasons, []);
        assert_eq!(look_up(&world, "chief").await.reasons, [LookupReason::InsufficientMethods]);
        assert_eq!(look_up(&world, "no such name").await.reasons, [LookupReason::UnknownAccount]);
        for _ in 0..5 {
            world.start("mia").await;
        }
        let blocked = look_up(&world, "mia").await;
        assert_eq!(blocked.reasons, [LookupReason::Blocked]);
        assert!((1..=3600).contains(&blocked.blocked_for), "{}", blocked.blocked_for);
        assert!(world.start_for("mia", Intent::Reset).await.is_err(), "as the lookup said");
        change(&world, "boss", |policy| policy.values.enabled = PolicyScope::None).await.unwrap();
        assert_eq!(look_up(&world, "chief").await.reasons[0], LookupReason::SwitchedOff);
    });
}

#[test]
fn a_lookup_is_in_the_log_with_who_looked_and_says_no_address() {
    run(async {
        let world = World::new().await;
        let mia = world.person("mia").await.account;
        let told = look_up(&world, "mia").await;
        let line = world.store.audit(Some(&mia.id), 1).await.unwrap().remove(0);
        let boss = world.person("boss").await.account.id;
        assert_eq!((line.activity.as_str(), line.detail), ("admin_lookup", Some(boss)));
        assert!(told.events.iter().all(|event| event.activity != "admin_lookup"));
        assert!(!format!("{told:?}").contains('@'), "kinds only: {told:?}");
    });
}

#[test]
fn lookups_are_throttled() {
    run(async {
        let world = World::new().await;
        let boss = world.person("boss").await;
        let mut last = Ok(());
        for _ in 0..121 {
            let who = LookUp { identifier: "mia".into() };
            last = world.service.look_up(&world.caller, &boss, who).await.map(drop);
        }
        assert!(matches!(last, Err(Failure::RateLimited { .. })));
    });
}

#[test]
fn a_banned_word_counts_from_the_next_request_on() {
    run(async {
        let world = World::with_one_gate().await;
        change(&world, "boss", |policy| policy.values.banned_terms = vec!["lantern".into()]).await.unwrap();
        let policy = world.service.current().settings().password.policy();
        assert!(NEW.to_lowercase().contains("lantern") && policy.banned_terms == ["lantern"]);
    });
}
