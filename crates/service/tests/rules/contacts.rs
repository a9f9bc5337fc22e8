//! Mailboxes and numbers that the directory holds: a way to recover for who registered nothing.

use crate::support::{World, run};
use sspr_core::wire::{
    AddMethod, ChallengeKind, FlowState, MethodKind, MethodList, ResendCode, UpdateMethod, VerifyMethod,
};
use sspr_service::Failure;

const HOME: (MethodKind, &str) = (MethodKind::Email, "Bare@Home.Example");
const PHONE: (MethodKind, &str) = (MethodKind::Phone, "+81 90-1234-0099");

impl World {
    async fn list(&self) -> MethodList {
        let person = self.person("bare").await;
        self.service.methods(&self.caller, &person).await.unwrap()
    }
}

#[test]
fn who_registered_nothing_recovers_by_what_the_directory_holds() {
    run(async {
        let world = World::new().await;
        world.directory.says("bare", &[HOME, PHONE]);
        let mut flow = world.start("bare").await;
        flow.pass(ChallengeKind::Email).await.unwrap();
        let second = flow.view.methods.iter().find(|it| it.kind == ChallengeKind::Sms).unwrap();
        assert_eq!(second.masked.as_deref(), Some("…99"));
        flow.pass(ChallengeKind::Sms).await.unwrap();
        assert_eq!(flow.view.state, FlowState::SetPassword);
        flow.finish().await.unwrap();
        let told = world.receivers().await;
        assert!(told.contains(&"bare@home.example".to_owned()), "{told:?}");
    });
}

#[test]
fn it_counts_as_proved_from_its_first_use_on() {
    run(async {
        let world = World::with_one_gate().await;
        world.directory.says("bare", &[HOME]);
        let before = world.list().await;
        assert_eq!((before.registered, before.registration_due), (1, false), "it suffices");
        let [method] = &*before.methods else { panic!("{:?}", before.methods) };
        assert_eq!((method.verified, method.removable), (false, false));
        assert_eq!(method.masked.as_deref(), Some("b…e@h…e.example"));
        let id = method.id.clone();

        world.start("bare").await.pass(ChallengeKind::Email).await.unwrap();
        let after = world.list().await;
        let [method] = &*after.methods else { panic!("{:?}", after.methods) };
        assert_eq!((&method.id, method.verified, method.removable), (&id, true, false));
        assert!(method.last_used_at.is_some());
        // Once more: it is kept already.
        world.start("bare").await.pass(ChallengeKind::Email).await.unwrap();
        assert_eq!(world.list().await.methods.len(), 1);
    });
}

#[test]
fn it_is_worth_nothing_as_soon_as_the_directory_says_something_else() {
    run(async {
        let world = World::with_one_gate().await;
        world.directory.says("bare", &[HOME]);
        world.start("bare").await.pass(ChallengeKind::Email).await.unwrap();
        let mut begun = world.start("bare").await;
        begun.choose(ChallengeKind::Email).await.unwrap();
        let code = world.code().await;

        world.directory.says("bare", &[(MethodKind::Email, "new@home.example")]);
        assert!(matches!(begun.type_code(&code).await, Err(Failure::CodeIncorrect { .. })));
        let [method] = &*world.list().await.methods else { panic!("one, and not the old") };
        assert_eq!((method.masked.as_deref(), method.verified), (Some("n…w@h…e.example"), false));
        let mut flow = world.start("bare").await;
        flow.choose(ChallengeKind::Email).await.unwrap();
        assert_eq!(world.receivers().await, ["new@home.example"]);

        world.directory.says("bare", &[]);
        let mut flow = world.start("bare").await;
        flow.choose(ChallengeKind::Email).await.unwrap();
        assert_eq!(world.receivers().await, [""; 0], "a decoy sends nothing");
    });
}

#[test]
fn the_person_can_prove_it_and_neither_remove_nor_rename_the_directorys_word() {
    run(async {
        let world = World::with_one_gate().await;
        world.directory.says("bare", &[HOME]);
        let person = world.person("bare").await;
        let (service, caller) = (&world.service, &world.caller);
        let id = world.list().await.methods[0].id.clone();
        let removed = service.remove_method(caller, &person, &id).await;
        assert!(matches!(removed, Err(Failure::MethodNotFound)));

        service.resend_code(caller, &person, &id, ResendCode::default()).await.unwrap();
        let code = world.code().await;
        let too_early = service.resend_code(caller, &person, &id, ResendCode::default()).await;
        assert!(matches!(too_early, Err(Failure::RateLimited { .. })));
        let list =
            service.verify_method(caller, &person, &id, VerifyMethod { code: code.into() }).await.unwrap();
        assert!(list.methods[0].verified && list.methods[0].primary);
        let removed = service.remove_method(caller, &person, &id).await;
        assert!(matches!(removed, Err(Failure::PolicyForbids)));
        let label = UpdateMethod { label: Some("Home".into()), primary: None };
        let list = service.update_method(caller, &person, &id, label).await.unwrap();
        assert_eq!(list.methods[0].label.as_deref(), Some("Home"), "a name is the person's own");
    });
}

#[test]
fn somebody_may_register_the_same_address_as_their_own() {
    run(async {
        let world = World::with_one_gate().await;
        world.directory.says("bare", &[HOME]);
        let person = world.person("bare").await;
        let add = AddMethod {
            kind: MethodKind::Email,
            value: Some(HOME.1.into()),
            channel: None,
            label: None,
            answers: Vec::new(),
        };
        let added = world.service.add_method(&world.caller, &person, add).await.unwrap();
        let code = VerifyMethod { code: world.code().await.into() };
        let list = world.service.verify_method(&world.caller, &person, &added.method.id, code).await.unwrap();
        assert_eq!(list.methods.len(), 1, "it stands there once");
        world.directory.says("bare", &[]);
        assert!(world.list().await.methods[0].verified, "it stays theirs");
    });
}

#[test]
fn what_is_no_address_or_number_is_left_out_and_the_same_one_counts_once() {
    run(async {
        let world = World::with_one_gate().await;
        let number = |value| (MethodKind::Phone, value);
        let held = [
            number("090 1234 0099"),
            number("ext. 7"),
            PHONE,
            number("+819012340099"),
            (MethodKind::Email, ""),
        ];
        world.directory.says("bare", &held);
        let kinds: Vec<_> = world.list().await.methods.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, [MethodKind::Phone]);
    });
}
