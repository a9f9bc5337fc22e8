//! What waits to be delivered, in which language, and what the store sees of it.

use crate::support::{World, run, text};
use sspr_core::wire::{ChallengeKind as Kind, Intent, StartRecovery};
use sspr_service::{OutgoingBody, Store, store::Delivery};

#[test]
fn a_code_comes_in_the_language_that_was_asked_for() {
    run(async {
        let mut world = World::new().await;
        world.caller.locale = "fr".into();
        for (wish, japanese) in [(Some("ja-JP"), true), (Some("en"), false), (None, false)] {
            let start = StartRecovery {
                identifier: "mia".into(),
                intent: Intent::Reset,
                locale: wish.map(str::to_owned),
                page: None,
                captcha: None,
            };
            let view = world.service.start_recovery(&world.caller, start).await.unwrap();
            crate::support::Flow::new(&world, view).choose(Kind::Email).await.unwrap();
            let messages = world.messages().await;
            let OutgoingBody::Email { subject, text, html, .. } = &messages[0] else { panic!("a mail") };
            for part in [subject, text, html] {
                assert_eq!(part.contains("コード"), japanese, "{wish:?} {part}");
            }
        }
    });
}

#[test]
fn a_page_that_is_not_on_the_list_is_not_linked() {
    run(async {
        let world = World::new().await;
        let start = StartRecovery {
            identifier: "mia".into(),
            intent: Intent::Reset,
            locale: None,
            page: Some("https://evil.example/".into()),
            captcha: None,
        };
        let view = world.service.start_recovery(&world.caller, start).await.unwrap();
        crate::support::Flow::new(&world, view).choose(Kind::Email).await.unwrap();
        let messages = world.messages().await;
        assert!(text(&messages[0]).contains("https://sso.example/sign-in#sspr="));
        assert!(!text(&messages[0]).contains("evil"));
    });
}

#[test]
fn a_message_is_nobody_elses_for_a_minute_and_comes_again_until_it_is_settled() {
    run(async {
        let world = World::new().await;
        world.start("mia").await.choose(Kind::Email).await.unwrap();
        let first = world.service.next_messages(10, 60).await.unwrap();
        assert_eq!(first.len(), 1);
        assert_eq!(world.service.next_messages(10, 60).await.unwrap().len(), 0);
        world.clock.forward(60);
        let again = world.service.next_messages(10, 60).await.unwrap();
        assert_eq!((&again[0].id, again[0].attempts), (&first[0].id, 2));
        world.service.settle_message(&again[0].id, again[0].attempts, Delivery::Finished).await.unwrap();
        world.clock.forward(60);
        assert_eq!(world.service.next_messages(10, 60).await.unwrap().len(), 0);
    });
}

#[test]
fn a_code_that_is_over_is_not_delivered() {
    run(async {
        let world = World::new().await;
        world.start("mia").await.choose(Kind::Email).await.unwrap();
        world.clock.forward(600);
        assert_eq!(world.service.next_messages(10, 60).await.unwrap().len(), 0);
    });
}

#[test]
fn the_store_sees_no_address_code_or_one_time_secret_in_clear() {
    run(async {
        let world = World::new().await;
        let mut flow = world.start("mia").await;
        flow.choose(Kind::Email).await.unwrap();
        let account = world.store.account_by_identifier("mia").await.unwrap().unwrap();
        let mut rows: Vec<Vec<u8>> = Vec::new();
        for row in world.store.methods(&account.id).await.unwrap() {
            rows.push(row.sealed);
        }
        for row in world.store.lease_messages(jiff::Timestamp::MAX, 10, 60).await.unwrap() {
            rows.push(row.sealed.unwrap());
        }
        assert_eq!(rows.len(), 8);
        for clear in ["home.example", "JBSWY3DPEHPK3PXP", "bcdfg", "+8190", "Your code"] {
            for row in &rows {
                assert!(!row.windows(clear.len()).any(|it| it == clear.as_bytes()), "{clear}");
            }
        }
        let log = world.store.audit(None, 100).await.unwrap();
        let log = serde_json::to_string(&log).unwrap();
        assert!(log.contains("send_challenge") && !log.contains("mia@"));
    });
}

#[test]
fn sweeping_forgets_what_is_over_and_nothing_else() {
    run(async {
        let world = World::new().await;
        let old = world.start("mia").await;
        world.clock.forward(600);
        let young = world.start("mia").await;
        world.clock.forward(300);
        assert!(world.service.sweep().await.unwrap() >= 1);
        assert!(old.look().await.is_err());
        assert!(young.look().await.is_ok());
        world.service.ping().await.unwrap();
    });
}
