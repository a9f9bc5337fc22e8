//! Registering methods, one kind at a time, and what holds for all of them.

use crate::support::{ANSWERS, World, app_code, receiver, run, text};
use sspr_core::wire::{
    AddMethod, AddedMethod, ChallengeKind as Kind, MethodKind, MethodList, OfferRefusal, PhoneChannel,
    QuestionAnswer, ResendCode, UpdateMethod, VerifyMethod,
};
use sspr_service::{Failure, OutgoingBody, Person};

fn bare(kind: MethodKind) -> AddMethod {
    AddMethod { kind, value: None, channel: None, label: None, answers: Vec::new() }
}

fn email(value: &str) -> AddMethod {
    AddMethod { value: Some(value.into()), ..bare(MethodKind::Email) }
}

fn phone(value: &str) -> AddMethod {
    AddMethod { value: Some(value.into()), ..bare(MethodKind::Phone) }
}

fn questions(answers: &[(&str, &str)]) -> AddMethod {
    let answer = |&(question, answer): &(&str, &str)| QuestionAnswer {
        question: question.into(),
        answer: answer.into(),
    };
    AddMethod { answers: answers.iter().map(answer).collect(), ..bare(MethodKind::Questions) }
}

async fn add(world: &World, person: &Person, add: AddMethod) -> Result<AddedMethod, Failure> {
    world.service.add_method(&world.caller, person, add).await
}

async fn verify(world: &World, person: &Person, id: &str, code: &str) -> Result<MethodList, Failure> {
    world.service.verify_method(&world.caller, person, id, VerifyMethod { code: code.into() }).await
}

async fn list(world: &World, person: &Person) -> MethodList {
    world.service.methods(&world.caller, person).await.unwrap()
}

#[test]
fn an_address_is_proved_by_the_code_that_it_gets_and_then_recovers() {
    run(async {
        let world = World::with_one_gate().await;
        let person = world.person("bare").await;
        let added = add(&world, &person, email("Bare@Home.example")).await.unwrap();
        assert_eq!(added.sent.map(|it| it.resend_in), Some(30));
        assert!(!added.method.verified);
        let code = world.code().await;
        let list = verify(&world, &person, &added.method.id, &code).await.unwrap();
        assert!(list.methods[0].verified && list.methods[0].primary);
        assert_eq!(list.methods[0].masked.as_deref(), Some("b…e@h…e.example"));
        assert_eq!(
            world.receivers().await,
            ["bare@example.org"],
            "told at the account's mailbox, not at the new one"
        );
        world.start("bare").await.pass(Kind::Email).await.unwrap();
    });
}

#[test]
fn a_phone_is_proved_by_text_or_by_call() {
    run(async {
        let world = World::with_one_gate().await;
        let person = world.person("bare").await;
        for (number, channel) in
            [("+81 90 1234 0099", PhoneChannel::Sms), ("+819012340098", PhoneChannel::Voice)]
        {
            let wish = AddMethod { channel: Some(channel), ..phone(number) };
            let id = add(&world, &person, wish).await.unwrap().method.id;
            let message = world.messages().await.pop().unwrap();
            assert_eq!(matches!(message, OutgoingBody::Voice { .. }), channel == PhoneChannel::Voice);
            assert!(receiver(&message).starts_with("+81901234009"));
            let digits: String = text(&message).chars().filter(char::is_ascii_digit).take(6).collect();
            verify(&world, &person, &id, &digits).await.unwrap();
            world.messages().await;
        }
        world.start("bare").await.pass(Kind::Sms).await.unwrap();
    });
}

#[test]
fn an_app_is_proved_by_its_first_code_which_then_is_spent() {
    run(async {
        let world = World::with_one_gate().await;
        let person = world.person("bare").await;
        let added = add(&world, &person, bare(MethodKind::Totp)).await.unwrap();
        let totp = added.totp.unwrap();
        assert!(totp.uri.expose().starts_with("otpauth://totp/Accounts:bare?secret="));
        let code = app_code(totp.secret.expose(), world.now());
        verify(&world, &person, &added.method.id, &code).await.unwrap();
        let mut flow = world.start("bare").await;
        flow.choose(Kind::Totp).await.unwrap();
        assert!(flow.type_code(&code).await.is_err());
        world.clock.forward(30);
        flow.type_code(&app_code(totp.secret.expose(), world.now())).await.unwrap();
    });
}

#[test]
fn ten_recovery_codes_are_shown_once_and_new_ones_replace_them() {
    run(async {
        let world = World::with_one_gate().await;
        let person = world.person("bare").await;
        let old = add(&world, &person, bare(MethodKind::RecoveryCodes)).await.unwrap();
        assert_eq!((old.recovery_codes.len(), old.method.left), (10, Some(10)));
        let mut flow = world.start("bare").await;
        flow.choose(Kind::RecoveryCode).await.unwrap();
        flow.type_code(old.recovery_codes[3].expose()).await.unwrap();
        assert_eq!(list(&world, &person).await.methods[0].left, Some(9));
        let new = add(&world, &person, bare(MethodKind::RecoveryCodes)).await.unwrap();
        let methods = list(&world, &person).await.methods;
        assert_eq!((methods.len(), methods[0].left, methods[0].primary), (1, Some(10), true));
        let mut flow = world.start("bare").await;
        flow.choose(Kind::RecoveryCode).await.unwrap();
        assert!(flow.type_code(old.recovery_codes[0].expose()).await.is_err());
        flow.type_code(new.recovery_codes[0].expose()).await.unwrap();
    });
}

#[test]
fn questions_are_registered_all_at_once_and_then_recover() {
    run(async {
        let world = World::with_one_gate().await;
        let person = world.person("bare").await;
        add(&world, &person, questions(&ANSWERS)).await.unwrap();
        world.start("bare").await.pass(Kind::Questions).await.unwrap();
    });
}

#[test]
fn answers_that_are_too_few_too_short_unknown_or_repeated_are_refused() {
    run(async {
        let world = World::new().await;
        let person = world.person("bare").await;
        let replaced = |index: usize, by: (&'static str, &'static str)| {
            let mut answers = ANSWERS;
            answers[index] = by;
            answers
        };
        let sets: [&[(&str, &str)]; 6] = [
            &ANSWERS[..4],
            &replaced(0, ("partner_city", "ab")),
            &replaced(0, ("partner_city", "a very long answer that nobody can type again")),
            &replaced(0, ("my_own", "Lisbon")),
            &replaced(0, ("food", "Lisbon")),
            &replaced(0, ("partner_city", " kYOTO")),
        ];
        for answers in sets {
            let refused = add(&world, &person, questions(answers)).await;
            assert!(matches!(refused, Err(Failure::ValueRejected { pointer: "/answers" })), "{answers:?}");
        }
    });
}

#[test]
fn a_kind_outside_the_policy_or_beyond_its_number_is_forbidden_and_the_offer_says_which() {
    run(async {
        let world = World::with(|settings| {
            settings.policy.recovery_methods = vec![Kind::Email, Kind::Sms];
            settings.policy.max_emails = 1;
        })
        .await;
        let person = world.person("bare").await;
        add(&world, &person, email("bare@home.example")).await.unwrap();
        for wish in [email("bare@other.example"), bare(MethodKind::Totp)] {
            assert!(matches!(add(&world, &person, wish).await, Err(Failure::PolicyForbids)));
        }
        let offers = list(&world, &person).await.offers;
        let refusal = |kind| offers.iter().find(|it| it.kind == kind).unwrap().refused;
        assert_eq!(refusal(MethodKind::Email), Some(OfferRefusal::Limit));
        assert_eq!(refusal(MethodKind::Totp), Some(OfferRefusal::Policy));
        assert_eq!(refusal(MethodKind::Phone), None);
        let call = AddMethod { channel: Some(PhoneChannel::Voice), ..phone("+819012340099") };
        assert!(matches!(add(&world, &person, call).await, Err(Failure::PolicyForbids)));
    });
}

#[test]
fn what_nobody_proved_in_time_makes_room() {
    run(async {
        let world = World::with(|settings| settings.policy.max_emails = 1).await;
        let person = world.person("bare").await;
        add(&world, &person, email("tipo@home.example")).await.unwrap();
        assert!(add(&world, &person, email("bare@home.example")).await.is_err());
        world.clock.forward(600);
        let person = world.person("bare").await;
        add(&world, &person, email("bare@home.example")).await.unwrap();
        assert_eq!(list(&world, &person).await.methods.len(), 1);
    });
}

#[test]
fn the_same_address_twice_is_taken_and_an_odd_one_is_refused() {
    run(async {
        let world = World::new().await;
        let person = world.person("bare").await;
        add(&world, &person, email("bare@home.example")).await.unwrap();
        assert!(matches!(add(&world, &person, email(" BARE@home.example")).await, Err(Failure::ValueTaken)));
        let odd = add(&world, &person, email("bare")).await;
        assert!(matches!(odd, Err(Failure::ValueRejected { pointer: "/value" })));
        let long = AddMethod { label: Some("x".repeat(41)), ..email("bare@third.example") };
        let long = add(&world, &person, long).await;
        assert!(matches!(long, Err(Failure::ValueRejected { pointer: "/label" })));
    });
}

#[test]
fn five_wrong_codes_remove_the_unproved_method_resends_or_not() {
    run(async {
        let world = World::new().await;
        let person = world.person("bare").await;
        let id = add(&world, &person, email("bare@home.example")).await.unwrap().method.id;
        for left in [4, 3] {
            let wrong = verify(&world, &person, &id, "x").await;
            assert!(matches!(wrong, Err(Failure::CodeIncorrect { attempts_left }) if attempts_left == left));
        }
        let resend =
            async || world.service.resend_code(&world.caller, &person, &id, ResendCode::default()).await;
        assert!(matches!(resend().await, Err(Failure::RateLimited { retry_after: 30 })));
        world.clock.forward(30);
        resend().await.unwrap();
        for left in [2, 1, 0] {
            let wrong = verify(&world, &person, &id, "x").await;
            assert!(matches!(wrong, Err(Failure::CodeIncorrect { attempts_left }) if attempts_left == left));
        }
        assert!(matches!(verify(&world, &person, &id, "x").await, Err(Failure::MethodNotFound)));
    });
}

#[test]
fn a_late_code_proves_nothing_and_a_new_one_does() {
    run(async {
        let world = World::new().await;
        let person = world.person("bare").await;
        let id = add(&world, &person, email("bare@home.example")).await.unwrap().method.id;
        let late = world.code().await;
        world.clock.forward(600);
        let person = world.person("bare").await;
        assert!(matches!(verify(&world, &person, &id, &late).await, Err(Failure::CodeIncorrect { .. })));
        world.service.resend_code(&world.caller, &person, &id, ResendCode::default()).await.unwrap();
        let code = world.code().await;
        verify(&world, &person, &id, &code).await.unwrap();
    });
}

#[test]
fn the_last_methods_that_the_policy_needs_stay() {
    run(async {
        let world = World::new().await;
        let person = world.person("outsider").await;
        let methods = list(&world, &person).await.methods;
        for method in &methods {
            assert!(!method.removable);
            let refused = world.service.remove_method(&world.caller, &person, &method.id).await;
            assert!(matches!(refused, Err(Failure::LastMethod)));
        }
        let mia = world.person("mia").await;
        let methods = list(&world, &mia).await.methods;
        let second = methods.iter().find(|it| it.kind == MethodKind::Email && !it.primary).unwrap();
        assert!(second.removable);
        world.service.remove_method(&world.caller, &mia, &second.id).await.unwrap();
        let told = world.receivers().await;
        assert!(told.contains(&"mia@second.example".to_owned()), "the address that goes hears of it");
    });
}

#[test]
fn removing_the_default_makes_another_one_the_default() {
    run(async {
        let world = World::new().await;
        let person = world.person("mia").await;
        let primary = list(&world, &person).await.methods.into_iter().find(|it| it.primary).unwrap();
        let rest = world.service.remove_method(&world.caller, &person, &primary.id).await.unwrap();
        assert_eq!(rest.methods.iter().filter(|it| it.primary).count(), 1);
    });
}

#[test]
fn an_unproved_method_is_no_default_and_recovers_nothing() {
    run(async {
        let world = World::with_one_gate().await;
        let person = world.person("bare").await;
        let id = add(&world, &person, email("bare@home.example")).await.unwrap().method.id;
        let wish = UpdateMethod { label: None, primary: Some(true) };
        let refused = world.service.update_method(&world.caller, &person, &id, wish).await;
        assert!(matches!(refused, Err(Failure::ValueRejected { pointer: "/primary" })));
        world.messages().await;
        world.start("bare").await.choose(Kind::Email).await.unwrap();
        assert_eq!(world.messages().await.len(), 0);
    });
}

#[test]
fn nobody_reaches_the_methods_of_another() {
    run(async {
        let world = World::new().await;
        let mia = list(&world, &world.person("mia").await).await.methods;
        let person = world.person("outsider").await;
        let update = UpdateMethod { label: Some("mine".into()), primary: None };
        let id = &mia[0].id;
        let update = world.service.update_method(&world.caller, &person, id, update).await;
        assert!(matches!(update, Err(Failure::MethodNotFound)));
        let remove = world.service.remove_method(&world.caller, &person, id).await;
        assert!(matches!(remove, Err(Failure::MethodNotFound)));
        assert!(matches!(verify(&world, &person, id, "1").await, Err(Failure::MethodNotFound)));
    });
}
