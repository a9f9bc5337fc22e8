//! What holds for all kinds: limits, tries, the default, and the last ones.

use super::*;

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
        for label in ["x".repeat(41), "desk\0".into(), "two\nlines".into()] {
            let odd = AddMethod { label: Some(label), ..email("bare@third.example") };
            let odd = add(&world, &person, odd).await;
            assert!(matches!(odd, Err(Failure::ValueRejected { pointer: "/label" })));
        }
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
fn adding_and_removing_addresses_brings_no_more_than_ten_messages() {
    run(async {
        let world = World::new().await;
        let person = world.person("bare").await;
        for number in 0..10 {
            let added = add(&world, &person, email(&format!("bare{number}@home.example"))).await.unwrap();
            world.service.remove_method(&world.caller, &person, &added.method.id).await.unwrap();
        }
        let beyond = add(&world, &person, email("bare@home.example")).await;
        assert!(matches!(beyond, Err(Failure::RateLimited { .. })));
        assert_eq!(world.receivers().await.len(), 10);
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
