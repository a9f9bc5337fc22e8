//! The people of `tests/accounts.json`, whom the demonstration and the journeys play.

use crate::support::{ANSWERS, APPS, NEW, OLD, TestClock, World, run};
use sspr_core::wire::{ChallengeKind as Kind, Intent, MethodKind};
use sspr_service::{ImportedAccount, MasterKey, Settings, Store, import_accounts, store::Memory};

fn people() -> Vec<ImportedAccount> {
    serde_json::from_str(include_str!("../../../../tests/accounts.json")).unwrap()
}

/// A world with them as well.
async fn world() -> World {
    let world = World::with(|settings| {
        settings.policy.gates = 1;
        settings.limits.starts_per_hour = 100;
        settings.limits.texts_per_day = 1000;
    })
    .await;
    let mut settings = Settings::default();
    settings.password.hashing = sspr_service::settings::Hashing { memory: 8, passes: 1, lanes: 1 };
    let key = MasterKey::new([7; 32]);
    let report = import_accounts(&*world.store, &settings, &key, &*world.clock, &people()).await;
    assert_eq!((report.added.len(), report.taken, report.failed), (people().len(), vec![], vec![]));
    world
}

#[test]
fn each_of_them_signs_in_unless_disabled_or_locked() {
    run(async {
        let world = world().await;
        for person in people() {
            let barred = person.disabled || person.locked_until.is_some();
            let password = person.password.as_ref().unwrap().expose();
            assert_eq!(password, OLD);
            assert_eq!(
                world.sign_in(&person.username, password).await.is_err(),
                barred,
                "{}",
                person.username
            );
            let email = person.email.as_deref().unwrap();
            assert_eq!(world.sign_in(email, password).await.is_err(), barred, "{email}");
        }
    });
}

#[test]
fn each_of_them_proves_themselves_by_every_method_of_theirs() {
    run(async {
        let world = world().await;
        for person in people().into_iter().filter(|it| !it.disabled) {
            for method in &person.methods {
                let kind = match method.kind {
                    MethodKind::Email => Kind::Email,
                    MethodKind::Phone => Kind::Sms,
                    MethodKind::Totp => Kind::Totp,
                    MethodKind::RecoveryCodes => Kind::RecoveryCode,
                    MethodKind::Questions => Kind::Questions,
                };
                world.start(&person.username).await.pass(kind).await.unwrap();
            }
        }
    });
}

#[test]
fn what_they_hold_is_what_the_tests_here_hold() {
    for person in people() {
        for method in person.methods {
            assert!(method.secret.is_none_or(|it| it.expose() == APPS[0]));
            for (given, expected) in method.answers.iter().zip(ANSWERS) {
                assert_eq!((given.question.as_str(), given.answer.expose()), expected);
            }
        }
    }
}

#[test]
fn the_locked_one_unlocks_and_the_disabled_one_does_not() {
    run(async {
        let world = world().await;
        let mut locked = world.start_for("gray", Intent::Unlock).await.unwrap();
        locked.pass(Kind::Email).await.unwrap();
        locked.unlock().await.unwrap();
        assert!(world.sign_in("gray", OLD).await.is_ok());
        let mut disabled = world.start("casey").await;
        disabled.choose(Kind::Email).await.unwrap();
        world
            .messages()
            .await
            .iter()
            .for_each(|it| assert_ne!(crate::support::receiver(it), "casey@home.example"));
    });
}

#[test]
fn the_one_who_was_not_asked_for_long_is_asked() {
    run(async {
        let world = world().await;
        for (name, due) in [("finley", true), ("haru", false)] {
            let person = world.person(name).await;
            assert_eq!(
                world.service.methods(&world.caller, &person).await.unwrap().confirm_due,
                due,
                "{name}"
            );
        }
    });
}

#[test]
fn an_import_again_adds_nobody_and_changes_nothing() {
    run(async {
        let world = world().await;
        let mut flow = world.start("kit").await;
        flow.pass(Kind::Email).await.unwrap();
        flow.finish().await.unwrap();
        let report = import_accounts(
            &*world.store,
            &Settings::default(),
            &MasterKey::new([7; 32]),
            &*world.clock,
            &people()[..9],
        )
        .await;
        assert_eq!((report.added.len(), report.taken.len(), report.failed.len()), (0, 9, 0));
        assert!(world.sign_in("kit", NEW).await.is_ok());
    });
}

#[test]
fn an_account_with_a_mistake_is_left_out_whole_and_the_others_come_in() {
    run(async {
        let store = Memory::default();
        let json = r#"[
            {"username": "odd", "methods": [{"kind": "email", "value": "no address"}]},
            {"username": "odder", "methods": [{"kind": "questions", "answers": [{"question": "x", "answer": "y"}]}]},
            {"username": "fine", "methods": []}]"#;
        let accounts: Vec<ImportedAccount> = serde_json::from_str(json).unwrap();
        let key = MasterKey::new([7; 32]);
        let report =
            import_accounts(&store, &Settings::default(), &key, &TestClock::default(), &accounts).await;
        assert_eq!(report.added, ["fine"]);
        let failed: Vec<&str> = report.failed.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(failed, ["odd", "odder"]);
        assert!(store.account_by_identifier("odd").await.unwrap().is_none());
    });
}

#[test]
fn methods_that_could_never_prove_anybody_are_refused_with_the_account() {
    run(async {
        let world = World::with(|_| ()).await;
        let report = async |methods: &str| {
            let people = format!(r#"[{{"username": "newcomer", "methods": {methods}}}]"#);
            let people: Vec<ImportedAccount> = serde_json::from_str(&people).unwrap();
            let (key, settings) = (MasterKey::new([7; 32]), Settings::default());
            import_accounts(&*world.store, &settings, &key, &*world.clock, &people).await
        };
        for (methods, at) in [
            (
                r#"[{"kind": "email", "value": "a@b.example", "primary": true}, {"kind": "phone", "value": "+4930123456", "primary": true}]"#,
                "/methods",
            ),
            (r#"[{"kind": "totp"}]"#, "/secret"),
            (r#"[{"kind": "totp", "secret": "not base32!"}]"#, "/secret"),
            (r#"[{"kind": "recovery_codes"}]"#, "/codes"),
            (r#"[{"kind": "questions"}]"#, "/answers"),
        ] {
            let failed = report(methods).await.failed;
            assert!(failed.len() == 1 && failed[0].1.contains(at), "{methods}: {failed:?}");
        }
        assert_eq!(report(r#"[{"kind": "totp", "secret": "jbswy3dpehpk3pxp"}]"#).await.added, ["newcomer"]);
    });
}

#[test]
fn an_account_without_a_name_is_refused() {
    run(async {
        let world = World::with(|_| ()).await;
        let people: Vec<ImportedAccount> = serde_json::from_str(r#"[{"username": " "}]"#).unwrap();
        let (key, settings) = (MasterKey::new([7; 32]), Settings::default());
        let report = import_accounts(&*world.store, &settings, &key, &*world.clock, &people).await;
        assert_eq!((report.added.len(), report.failed.len()), (0, 1));
    });
}
