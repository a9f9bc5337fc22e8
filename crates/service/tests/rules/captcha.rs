//! What a start asks for besides the identifier.

use crate::support::{World, run};
use async_trait::async_trait;
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use sspr_core::wire::{CaptchaChallenge, Intent, StartRecovery};
use sspr_service::{
    Failure,
    captcha::{Captcha, CaptchaJudge, JudgeUnavailable},
};
use std::sync::Arc;

const LIFE: u32 = 600;

/// A few bits, so that the tests do not work.
const BITS: u8 = 3;

async fn asking_for(captcha: Captcha) -> World {
    let mut world = World::new().await;
    world.service = world.service.clone().with_captcha(captcha);
    world
}

async fn asking_for_work() -> World {
    asking_for(Captcha::Work { bits: BITS, life: LIFE }).await
}

fn solved(challenge: &CaptchaChallenge) -> String {
    let seed = Sha256::digest(&challenge.challenge);
    let fits = |puzzle: u32, number: u32| {
        let hash = Sha256::digest([&seed[..], &puzzle.to_be_bytes(), &number.to_be_bytes()].concat());
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros() >= challenge.bits.into()
    };
    let number = |puzzle| (0..).find(|&number| fits(puzzle, number)).unwrap().to_be_bytes();
    let numbers: Vec<u8> = (0..challenge.puzzles.into()).flat_map(number).collect();
    format!("{}.{}", challenge.challenge, BASE64URL_NOPAD.encode(&numbers))
}

impl World {
    async fn challenge(&self) -> CaptchaChallenge {
        self.service.captcha_challenge(&self.caller).await.unwrap()
    }

    async fn start_with(&self, identifier: &str, captcha: Option<&str>) -> Result<(), Failure> {
        let start = StartRecovery {
            identifier: identifier.into(),
            intent: Intent::Reset,
            locale: None,
            page: None,
            captcha: captcha.map(str::to_owned),
        };
        self.service.start_recovery(&self.caller, start).await.map(|_| ())
    }

    async fn is_asked(&self, identifier: &str, captcha: Option<&str>) {
        let refused = self.start_with(identifier, captcha).await;
        assert!(matches!(refused, Err(Failure::CaptchaRequired)), "{refused:?}");
    }
}

#[test]
fn a_solution_starts_one_recovery_for_whoever_is_named() {
    run(async {
        let world = asking_for_work().await;
        for name in ["mia", "nobody"] {
            let proof = solved(&world.challenge().await);
            world.start_with(name, Some(&proof)).await.unwrap();
            world.is_asked(name, Some(&proof)).await;
            world.is_asked("somebody else", Some(&proof)).await;
        }
    });
}

#[test]
fn a_start_without_a_good_solution_counts_against_nobody_and_asks_for_nobody() {
    run(async {
        let world = asking_for_work().await;
        world.store.calls();
        for proof in [None, Some(""), Some("x"), Some("a.b"), Some(&"x".repeat(100_000))] {
            for _ in 0..20 {
                world.is_asked("mia", proof).await;
            }
        }
        assert_eq!(world.store.calls(), Vec::<&str>::new(), "the store is not asked");
        let proof = solved(&world.challenge().await);
        world.start_with("mia", Some(&proof)).await.unwrap();
    });
}

#[test]
fn a_solution_is_good_as_long_as_its_challenge() {
    run(async {
        let world = asking_for_work().await;
        let (early, late) = (solved(&world.challenge().await), solved(&world.challenge().await));
        world.clock.forward(i64::from(LIFE) - 1);
        world.start_with("mia", Some(&early)).await.unwrap();
        world.clock.forward(1);
        world.is_asked("mia", Some(&late)).await;
        world.is_asked("mia", Some(&early)).await;
    });
}

#[test]
fn a_solution_of_less_work_than_asked_for_is_none() {
    run(async {
        let world = asking_for(Captcha::Work { bits: 12, life: LIFE }).await;
        let challenge = CaptchaChallenge { bits: 2, ..world.challenge().await };
        world.is_asked("mia", Some(&solved(&challenge))).await;
    });
}

#[test]
fn where_many_are_started_more_work_is_asked_for() {
    run(async {
        let mut world = World::with(|settings| {
            settings.limits.starts_per_prefix = 8;
            settings.limits.starts_per_hour = 100;
        })
        .await;
        world.service = world.service.clone().with_captcha(Captcha::Work { bits: BITS, life: LIFE });
        world.caller.address = Some("203.0.113.5".parse().unwrap());
        let mut bits = Vec::new();
        for number in 0..8 {
            let challenge = world.challenge().await;
            bits.push(challenge.bits - BITS);
            world.start_with(&format!("nobody{number}"), Some(&solved(&challenge))).await.unwrap();
        }
        assert_eq!(bits, [0, 0, 1, 1, 2, 2, 3, 3]);
        assert_eq!(world.challenge().await.bits, BITS + 4);
        world.caller.address = Some("198.51.100.5".parse().unwrap());
        assert_eq!(world.challenge().await.bits, BITS, "others are not held up");
    });
}

#[test]
fn without_the_setting_nothing_is_asked_for_and_nothing_given() {
    run(async {
        let world = World::new().await;
        world.start_with("mia", None).await.unwrap();
        world.start_with("mia", Some("whatever a page sends")).await.unwrap();
        assert!(matches!(world.service.captcha_challenge(&world.caller).await, Err(Failure::NotAllowed)));
        assert_eq!(world.service.describe(&world.caller).captcha, None);
    });
}

/// Takes what begins with `good`; does not answer about `silent`.
struct Judge;

#[async_trait]
impl CaptchaJudge for Judge {
    async fn is_good(&self, answer: &str) -> Result<bool, JudgeUnavailable> {
        if answer == "silent" {
            return Err(JudgeUnavailable("not in time".into()));
        }
        Ok(answer.starts_with("good"))
    }
}

#[test]
fn another_service_judges_each_answer_once() {
    run(async {
        let world = asking_for(Captcha::External {
            provider: "altcha".into(),
            site_key: "key".into(),
            judge: Arc::new(Judge),
        })
        .await;
        let described = world.service.describe(&world.caller).captcha.unwrap();
        assert_eq!((described.provider.as_str(), described.site_key.as_str()), ("altcha", "key"));
        world.start_with("mia", Some("good 1")).await.unwrap();
        world.is_asked("mia", Some("good 1")).await;
        world.is_asked("mia", Some("bad")).await;
        world.is_asked("mia", None).await;
        let unjudged = world.start_with("mia", Some("silent")).await;
        assert!(matches!(unjudged, Err(Failure::CaptchaUnjudged(_))), "{unjudged:?}");
        assert!(matches!(world.service.captcha_challenge(&world.caller).await, Err(Failure::NotAllowed)));
    });
}
