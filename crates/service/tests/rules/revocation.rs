//! What the identity provider is told.

use crate::support::{NEW, OLD, World, run};
use sspr_core::wire::{ChallengeKind as Kind, ChangePassword, Intent};
use sspr_service::{
    OutgoingBody,
    revocation::{AccountEvent, Revocation},
};

async fn told_world() -> World {
    let mut world = World::with_one_gate().await;
    world.service = world.service.clone().with_revocation();
    world
}

impl World {
    /// What waits for the identity provider, and all messages as one text.
    async fn revocations(&self) -> (Vec<Revocation>, String) {
        let messages = self.messages().await;
        let all = serde_json::to_string(&messages).unwrap();
        let told = messages.into_iter().filter_map(|it| match it {
            OutgoingBody::Revocation(it) => Some(it),
            _ => None,
        });
        (told.collect(), all)
    }
}

#[test]
fn a_reset_is_told_once_with_whose_it_was_and_nothing_secret() {
    run(async {
        let world = told_world().await;
        let mut flow = world.start("mia@example.org").await;
        flow.pass(Kind::Totp).await.unwrap();
        assert!(world.revocations().await.0.is_empty(), "nothing has happened yet");
        flow.finish().await.unwrap();
        let (told, all) = world.revocations().await;
        let mia = world.person_after("mia", NEW).await;
        let [told] = &told[..] else { panic!("{told:?}") };
        assert_eq!((told.event, told.timestamp.as_second()), (AccountEvent::PasswordReset, world.now()));
        assert_eq!((&told.data.account, told.data.username.as_str()), (&mia, "mia"));
        assert!(told.data.end_other_sessions);
        assert!(!all.contains(NEW) && !all.contains(flow.token.expose()), "{all}");
    });
}

#[test]
fn an_unlock_and_a_change_are_told_as_what_they_are() {
    run(async {
        let world = told_world().await;
        let mut flow = world.start_for("mia", Intent::Unlock).await.unwrap();
        flow.pass(Kind::Totp).await.unwrap();
        flow.unlock().await.unwrap();
        let person = world.person("mia").await;
        let change = ChangePassword {
            current_password: OLD.into(),
            new_password: NEW.into(),
            end_other_sessions: false,
        };
        world.clock.forward(1);
        world.service.change_password(&world.caller, &person, change).await.unwrap();
        let (told, all) = world.revocations().await;
        let told: Vec<_> = told.iter().map(|it| (it.event, it.data.end_other_sessions)).collect();
        assert_eq!(told, [(AccountEvent::AccountUnlocked, false), (AccountEvent::PasswordChanged, false)]);
        assert!(!all.contains(NEW) && !all.contains(OLD), "{all}");
    });
}

#[test]
fn what_did_not_happen_is_not_told() {
    run(async {
        let world = told_world().await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Totp).await.unwrap();
        flow.set("short").await.unwrap_err();
        let person = world.person("mia").await;
        let change = ChangePassword {
            current_password: "wrong".into(),
            new_password: NEW.into(),
            end_other_sessions: true,
        };
        world.service.change_password(&world.caller, &person, change).await.unwrap_err();
        let mut decoy = world.start("nobody").await;
        decoy.choose(Kind::Email).await.unwrap();
        assert_eq!(world.revocations().await.0, []);
    });
}

#[test]
fn where_nobody_listens_nothing_waits() {
    run(async {
        let world = World::with_one_gate().await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Totp).await.unwrap();
        flow.finish().await.unwrap();
        assert_eq!(world.revocations().await.0, []);
    });
}

#[test]
fn what_is_told_looks_like_this() {
    run(async {
        let world = told_world().await;
        let mut flow = world.start("mia").await;
        flow.pass(Kind::Totp).await.unwrap();
        flow.finish().await.unwrap();
        let (told, _) = world.revocations().await;
        let mut json = serde_json::to_value(&told[0]).unwrap();
        json["data"]["account"] = "id".into();
        assert_eq!(
            json,
            serde_json::json!({
                "type": "password.reset",
                "timestamp": "2027-01-15T08:00:00Z",
                "data": { "account": "id", "username": "mia", "end_other_sessions": true },
            })
        );
    });
}

impl World {
    async fn person_after(&self, name: &str, password: &str) -> String {
        self.sign_in(name, password).await.unwrap().1.account.id
    }
}
