//! Each kind, from adding it to recovering by it.

use super::*;

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
