//! Getting around the work that a start asks for.

use crate::{
    site::{Setup, Site, count, from},
    support::{Answer, Running, postgres::Database},
    table::Attack,
};
use data_encoding::BASE64URL_NOPAD;
use futures_util::future::join_all;
use reqwest::Method;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use std::path::Path;

const LITTLE_WORK: &str = "[captcha]\nkind = \"proof-of-work\"\ndifficulty = 4\nlife_seconds = 60";

async fn site() -> Site {
    Site::with(Setup { more: LITTLE_WORK, ..Setup::default() }).await
}

/// The answer to a challenge, for as many bits as given.
fn solved(challenge: &Value, bits: u64) -> String {
    let text = challenge["challenge"].as_str().unwrap();
    let seed = digest(&SHA256, text.as_bytes());
    let fits = |puzzle: u32, number: u32| {
        let message = [seed.as_ref(), &puzzle.to_be_bytes(), &number.to_be_bytes()].concat();
        let hash = digest(&SHA256, &message);
        let first: [u8; 4] = hash.as_ref()[..4].try_into().unwrap();
        u64::from(u32::from_be_bytes(first).leading_zeros()) >= bits
    };
    let numbers: Vec<u8> =
        (0..16).flat_map(|puzzle| (0..).find(|&it| fits(puzzle, it)).unwrap().to_be_bytes()).collect();
    format!("{text}.{}", BASE64URL_NOPAD.encode(&numbers))
}

impl Site {
    async fn puzzles(&self) -> Value {
        Running::answered(self.request(Method::GET, "/sspr/v1/captcha")).await.json()
    }

    async fn proof(&self) -> String {
        let challenge = self.puzzles().await;
        solved(&challenge, challenge["bits"].as_u64().unwrap())
    }

    async fn start_with(&self, identifier: &str, captcha: &str) -> Answer {
        let body = json!({ "identifier": identifier, "intent": "reset", "captcha": captcha });
        self.post("/recovery", &body, &[]).await
    }

    async fn refuses(&self, captcha: &str) {
        for name in ["blair", "nobody"] {
            let answer = self.start_with(name, captcha).await;
            assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (403, &json!("captcha-required")));
        }
    }
}

#[tokio::test]
async fn nothing_starts_without_the_work() {
    let attack = Attack::new("captcha", "start without a solution, with an empty, a broken, an endless one");
    let site =
        Site::with(Setup { more: LITTLE_WORK, limits: "starts_per_hour = 2", ..Setup::default() }).await;
    for name in ["blair", "nobody"] {
        for _ in 0..10 {
            let answer = site.start(name, &[]).await;
            assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (403, &json!("captcha-required")));
        }
    }
    let long = "A".repeat(12_000);
    for wrong in ["", ".", "..", "AAAA.AAAA", "é.ü", &long, &format!("{long}.{long}")] {
        let answer = site.start_with("blair", wrong).await;
        assert!(matches!(answer.status.as_u16(), 403 | 413), "{}", answer.status);
    }
    assert_eq!(site.start_with("blair", &site.proof().await).await.status, 202);
    site.is_well().await;
    attack.held("403 each time, known or not; none of them counted against the account");
}

#[tokio::test]
async fn a_solution_is_good_once_whoever_sends_it_and_whenever() {
    let attack =
        Attack::new("captcha", "replay a solution: one after the other, 20 at once, for other accounts");
    let site = site().await;
    let proof = site.proof().await;
    assert_eq!(site.start_with("blair", &proof).await.status, 202);
    for _ in 0..5 {
        site.refuses(&proof).await;
    }
    let proof = site.proof().await;
    let names: Vec<String> = (0..20).map(|number| format!("nobody{number}")).collect();
    let answers = join_all(names.iter().map(|name| site.start_with(name, &proof))).await;
    assert_eq!((count(202, &answers), count(403, &answers)), (1, 19));
    attack.held("1 of 20 at once passes, none later");
}

#[tokio::test]
async fn a_solution_is_good_once_over_all_nodes() {
    let attack = Attack::new("captcha", "replay a solution on three nodes at once (PostgreSQL)");
    let database = Database::new().await;
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("server.toml");
    std::fs::write(&config, format!("[policy]\ngates = 1\n{LITTLE_WORK}")).unwrap();
    let people = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/accounts.json");
    let nodes = Running::start_with("warn", 3, Some(&database.url), &config, Some(&people)).await;
    for _ in 0..5 {
        let challenge = nodes.ask(Method::GET, "/captcha", None, &Value::Null).await.json();
        let proof = solved(&challenge, 8);
        let body = json!({ "identifier": "blair", "intent": "reset", "captcha": proof });
        let answers = join_all((0..9).map(|_| nodes.ask(Method::POST, "/recovery", None, &body))).await;
        assert_eq!((count(202, &answers), count(403, &answers)), (1, 8));
    }
    attack.held("1 of 9 passes, five times over");
}

#[tokio::test]
async fn a_challenge_of_ones_own_is_none() {
    let attack =
        Attack::new("captcha", "make an easy challenge, or change one: its difficulty, its end, its name");
    let site = site().await;
    let challenge = site.puzzles().await;
    let mut bytes = BASE64URL_NOPAD.decode(challenge["challenge"].as_str().unwrap().as_bytes()).unwrap();
    // The difficulty, the end, and what tells it from others.
    for at in [0, 1, 8, 9, 24] {
        bytes[at] ^= 1;
        let forged = json!({ "challenge": BASE64URL_NOPAD.encode(&bytes) });
        site.refuses(&solved(&forged, 5)).await;
        bytes[at] ^= 1;
    }
    let invented = json!({ "challenge": BASE64URL_NOPAD.encode(&[0; 57]) });
    site.refuses(&solved(&invented, 1)).await;
    let elsewhere = self::site().await;
    site.refuses(&elsewhere.proof().await).await;
    attack.held("every byte is under the server's key");
}

#[tokio::test]
async fn less_work_than_asked_for_is_none() {
    let attack = Attack::new("captcha", "solve for fewer bits than asked for, or other puzzles");
    let site = Site::with(Setup {
        more: "[captcha]\nkind = \"proof-of-work\"\ndifficulty = 12",
        ..Setup::default()
    })
    .await;
    let challenge = site.puzzles().await;
    site.refuses(&solved(&challenge, 4)).await;
    let other = site.puzzles().await;
    let (text, numbers) = (challenge["challenge"].as_str().unwrap(), solved(&other, 12));
    site.refuses(&format!("{text}.{}", numbers.split_once('.').unwrap().1)).await;
    attack.held("403");
}

#[tokio::test]
async fn a_solution_that_is_kept_is_over_soon() {
    let attack = Attack::new("captcha", "work ahead and start later (challenges live 60 s)");
    let site = site().await;
    let mut kept = Vec::new();
    for _ in 0..3 {
        kept.push(site.proof().await);
    }
    tokio::time::sleep(std::time::Duration::from_secs(61)).await;
    for proof in kept {
        site.refuses(&proof).await;
    }
    attack.held("none of them starts anything");
}

#[tokio::test]
async fn who_starts_much_works_more() {
    let attack = Attack::new("captcha", "start ever more from one network (12 an hour allowed)");
    let setup =
        Setup { more: LITTLE_WORK, limits: "starts_per_prefix = 12", proxy: true, ..Setup::default() };
    let site = Site::with(setup).await;
    let mut bits = Vec::new();
    for number in 0..12 {
        let place = from("203.0.113.7");
        let asked = site.request(Method::GET, "/sspr/v1/captcha").header(place.0, &place.1);
        let challenge = Running::answered(asked).await.json();
        let wanted = challenge["bits"].as_u64().unwrap();
        bits.push(wanted);
        let body = json!({ "identifier": format!("nobody{number}"), "intent": "reset", "captcha": solved(&challenge, wanted) });
        assert_eq!(site.post("/recovery", &body, &[place]).await.status, 202);
    }
    assert_eq!(bits, [4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7]);
    attack.held("the work doubles with each quarter of what is allowed; other networks work as before");
}
