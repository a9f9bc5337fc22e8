//! The whole number that is typed before something goes to a phone.

use crate::support::{Flow, World, run};
use serde_json::Value;
use sspr_core::wire::{ChallengeKind as Kind, SendChallenge};
use sspr_service::Failure;

/// Mia's, in other ways to write it.
const RIGHT: [&str; 3] = ["+819012340001", "+81 (90) 1234-0001", "８１ ９０１２３４ ０００１"];
const WRONG: &str = "+819012340002";
const NAMES: [&str; 4] = ["mia", "nobody", "disabled", "bare"];

async fn world() -> World {
    World::with(|settings| {
        settings.policy.gates = 1;
        settings.policy.confirm_phone_number = true;
    })
    .await
}

impl Flow<'_> {
    async fn by_number(&mut self, kind: Kind, number: Option<&str>) -> Result<(), Failure> {
        let choice = SendChallenge { method: kind.word().into(), number: number.map(Into::into) };
        self.choose_with(choice).await
    }
}

/// The form of an answer, and the length of all that is in it.
fn outline(flow: &Flow<'_>) -> String {
    fn of(value: &Value) -> Value {
        match value {
            Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), of(value))).collect(),
            Value::Array(items) => items.iter().map(of).collect(),
            Value::String(text) => text.len().into(),
            other => other.clone(),
        }
    }
    of(&serde_json::to_value(&flow.view).unwrap()).to_string()
}

#[test]
fn the_right_number_is_sent_to_however_it_is_written() {
    run(async {
        for number in RIGHT {
            for kind in [Kind::Sms, Kind::Voice] {
                let world = world().await;
                let mut flow = world.start("mia").await;
                flow.by_number(kind, Some(number)).await.unwrap();
                flow.verify(flow.right_answer().await).await.unwrap();
                flow.finish().await.unwrap();
            }
        }
    });
}

#[test]
fn a_wrong_number_is_answered_like_the_right_one_and_like_that_of_nobody() {
    run(async {
        let mut seen = Vec::new();
        for (name, number) in
            [("mia", RIGHT[0]), ("mia", WRONG), ("nobody", WRONG), ("disabled", RIGHT[0]), ("bare", WRONG)]
        {
            let world = world().await;
            let mut flow = world.start(name).await;
            world.store.calls();
            flow.by_number(Kind::Sms, Some(number)).await.unwrap();
            let first = (outline(&flow), world.store.calls());
            world.clock.forward(31);
            flow.by_number(Kind::Sms, None).await.unwrap();
            seen.push((first, outline(&flow), world.store.calls()));
            assert_eq!(
                world.messages().await.is_empty(),
                (name, number) != ("mia", RIGHT[0]),
                "{name} {number}"
            );
        }
        for other in &seen[1..] {
            assert_eq!(&seen[0], other);
        }
    });
}

#[test]
fn without_a_number_nothing_is_sent_and_other_ways_ask_for_none() {
    run(async {
        for name in NAMES {
            let world = world().await;
            let mut flow = world.start(name).await;
            let asks: Vec<_> = flow.view.methods.iter().filter(|it| it.number).map(|it| it.kind).collect();
            assert_eq!(asks, [Kind::Sms, Kind::Voice]);
            for number in [None, Some(""), Some("1234"), Some("no number"), Some(&*"1".repeat(50))] {
                let refused = flow.by_number(Kind::Sms, number).await;
                assert!(matches!(refused, Err(Failure::ValueRejected { pointer: "/number" })), "{number:?}");
            }
            flow.by_number(Kind::Email, None).await.unwrap();
        }
    });
}

#[test]
fn typed_numbers_are_counted_right_or_wrong_and_for_nobody_alike() {
    run(async {
        let mut ends = Vec::new();
        for (name, number) in [("mia", RIGHT[0]), ("mia", WRONG), ("nobody", WRONG)] {
            let world = world().await;
            let mut answers = Vec::new();
            let mut flow = world.start(name).await;
            for _ in 0..7 {
                world.clock.forward(61);
                let answer = flow.by_number(Kind::Sms, Some(number)).await;
                answers.push(format!("{:?}", answer.map_err(|failure| failure.code())));
            }
            ends.push(answers);
        }
        assert_eq!(ends[0].iter().filter(|it| it.starts_with("Ok")).count(), 5, "{:?}", ends[0]);
        assert!(ends.iter().all(|it| *it == ends[0]), "{ends:?}");
    });
}

#[test]
fn under_another_name_of_the_account_the_count_goes_on_without_a_word() {
    run(async {
        let world = world().await;
        for _ in 0..3 {
            let mut flow = world.start("mia").await;
            flow.by_number(Kind::Sms, Some(WRONG)).await.unwrap();
        }
        let mut flow = world.start("mia@example.org").await;
        for number in [WRONG, WRONG, RIGHT[0]] {
            world.clock.forward(61);
            flow.by_number(Kind::Sms, Some(number)).await.unwrap();
        }
        assert!(world.messages().await.is_empty(), "the sixth of the account is sent to nobody");
    });
}

#[test]
fn a_recovery_that_ends_well_forgets_the_count() {
    run(async {
        let world = world().await;
        for _ in 0..8 {
            let mut flow = world.start("mia").await;
            flow.by_number(Kind::Sms, Some(RIGHT[0])).await.unwrap();
            flow.verify(flow.right_answer().await).await.unwrap();
            flow.set(&format!("Quilted-Lantern-{}", world.now())).await.unwrap();
            world.clock.forward(61);
        }
    });
}
