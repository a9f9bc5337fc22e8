//! Asking for more than the limits allow.

use crate::{
    person::{NEW, OLD},
    site::{Setup, Site, count, from},
    table::Attack,
};
use std::time::Duration;

#[tokio::test]
async fn one_account_can_be_asked_for_so_often_whether_it_exists_or_not() {
    let attack = Attack::new("throttles", "start 8 recoveries of one account (5 allowed), known and unknown");
    let site = Site::with(Setup { limits: "starts_per_hour = 5", ..Setup::default() }).await;
    for name in ["blair", "casey", "drew", "nobody"] {
        let mut answers = Vec::new();
        for _ in 0..8 {
            answers.push(site.start(name, &[]).await);
        }
        assert_eq!((count(202, &answers), count(429, &answers)), (5, 3), "{name}");
        let wait: u32 = answers[7].headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((3500..=3600).contains(&wait), "{name} waits {wait}");
    }
    attack.held("5 pass, then 429 for an hour; the same for an account that is disabled, empty or not there");
}

#[tokio::test]
async fn one_place_can_start_so_many_whichever_accounts_it_names() {
    let attack = Attack::new("throttles", "name ever other accounts from one network, IPv4 and IPv6");
    let site = Site::with(Setup { limits: "starts_per_prefix = 7", proxy: true, ..Setup::default() }).await;
    for network in ["203.0.113.", "2001:db8:7:1::"] {
        let mut answers = Vec::new();
        for number in 1..13 {
            let place = from(&format!("{network}{number}"));
            answers.push(site.start(&format!("nobody{number}{network}"), &[place]).await);
        }
        assert_eq!((count(202, &answers), count(429, &answers)), (7, 5), "{network}");
    }
    assert_eq!(site.start("blair", &[from("198.51.100.1")]).await.status, 202, "others are not held up");
    attack.held("7 of 12 pass from each network; another network is not held up");
}

#[tokio::test]
async fn all_together_can_start_so_many() {
    let attack = Attack::new("throttles", "start recoveries from ever other networks");
    let site = Site::with(Setup { limits: "starts_total = 9", proxy: true, ..Setup::default() }).await;
    let mut answers = Vec::new();
    for number in 1..13 {
        let place = from(&format!("203.0.{number}.1"));
        answers.push(site.start(&format!("nobody{number}"), &[place]).await);
    }
    assert_eq!((count(202, &answers), count(429, &answers)), (9, 3));
    attack.held("9 of 12 pass, the limit in all");
}

#[tokio::test]
async fn a_mailbox_is_not_flooded_under_any_name_of_its_account() {
    let attack = Attack::new("throttles", "mail bombing: ask for codes under each name of an account");
    let site = Site::with(Setup { limits: "messages_per_destination = 3", ..Setup::default() }).await;
    let names = ["blair", "blair@example.org", "BLAIR", "\u{ff42}lair", "nobody", "nobody@example.org"];
    let mut by_name = Vec::new();
    for name in names {
        let mut statuses = Vec::new();
        for _ in 0..5 {
            let flow = site.flow(name).await;
            statuses.push(site.choose(&flow, "email").await.status.as_u16());
        }
        by_name.push(statuses);
    }
    // The third and fourth are the first, spelt otherwise.
    let refused: Vec<usize> =
        by_name.iter().map(|it| it.iter().filter(|status| **status == 429).count()).collect();
    assert_eq!(refused, [2, 2, 5, 5, 2, 2], "{by_name:?}");
    tokio::time::sleep(Duration::from_millis(700)).await;
    let mails = site.mailbox.messages().len();
    assert_eq!(mails, 3);
    attack.held(
        "30 asked for: 3 mails, all to the registered address; an account that is not there answers alike",
    );
}

#[tokio::test]
async fn texts_and_calls_cost_no_more_than_the_budget() {
    let attack = Attack::new("throttles", "run up the bill for texts and calls (budget 2)");
    let site = Site::with(Setup { limits: "texts_per_day = 2", ..Setup::default() }).await;
    let mut statuses = Vec::new();
    for (name, method) in [("blair", "sms"), ("nobody", "voice"), ("kit", "sms"), ("emery", "voice")] {
        let flow = site.flow(name).await;
        statuses.push(site.choose(&flow, method).await.status.as_u16());
    }
    assert_eq!(statuses, [202, 202, 429, 429], "who is not there spends as much as who is");
    let flow = site.flow("kit").await;
    assert_eq!(site.choose(&flow, "email").await.status, 202, "mail costs nothing");
    tokio::time::sleep(Duration::from_millis(700)).await;
    let sent = site.mailbox.messages().iter().filter(|it| it.to.starts_with('+')).count();
    assert_eq!(sent, 1);
    attack.held("2 of 4 pass and 1 goes out: decoys spend alike; mail still goes");
}

#[tokio::test]
async fn a_lock_by_wrong_passwords_holds_the_right_one_too_and_ends() {
    let attack = Attack::new("throttles", "guess an account's password at sign-in");
    let more = "[lockout]\nthreshold = 3\nseconds = 1\n";
    let site = Site::with(Setup { more, ..Setup::default() }).await;
    for _ in 0..3 {
        assert_eq!(site.sign_in("alex", "Wrong-Harbor-42").await.status, 401);
    }
    assert_eq!(site.sign_in("alex", OLD).await.status, 401, "locked, and not told apart from wrong");
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(site.sign_in("alex", OLD).await.status, 200);
    attack.held("locked after 3, the right one refused alike; open again after the second set");
}

#[tokio::test]
async fn one_password_is_not_tried_on_every_account() {
    let attack = Attack::new("throttles", "password spraying: one password on each of many accounts");
    let limits = "failed_sign_ins_per_prefix = 10";
    let site = Site::with(Setup { limits, proxy: true, ..Setup::default() }).await;
    let mut answers = Vec::new();
    for number in 0..15 {
        let body = serde_json::json!({ "identifier": format!("person{number}"), "password": NEW });
        answers.push(site.post("/session", &body, &[from(&format!("203.0.113.{number}"))]).await);
    }
    assert_eq!((count(401, &answers), count(429, &answers)), (10, 5));
    let body = serde_json::json!({ "identifier": "alex", "password": OLD });
    assert_eq!(site.post("/session", &body, &[from("198.51.100.1")]).await.status, 200);
    attack.held("10 of 15 judged, then 429 for the network; others sign in");
}

#[tokio::test]
async fn a_successful_reset_ends_what_was_counted_and_nothing_else_does() {
    let attack = Attack::new("throttles", "lock somebody out of recovery by failing in their name");
    let limits = "failed_proofs_per_day = 3";
    let site = Site::with(Setup { limits, ..Setup::default() }).await;
    let owner = site.flow("blair").await;
    let theirs = site.challenge(&owner, "email").await;
    let code = site.message_to("blair@home.example").await.code.unwrap();
    let passed = site.verify(&owner, &theirs, &code).await;
    let owner = passed.json()["flow"].as_str().unwrap().to_owned();

    let flow = site.flow("blair").await;
    let challenge = site.challenge(&flow, "totp").await;
    for _ in 0..3 {
        site.verify(&flow, &challenge, "000000").await;
    }
    let blocked = site.start("blair", &[]).await;
    assert_eq!(blocked.status, 429);
    let wait: u32 = blocked.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((86_000..=86_400).contains(&wait), "{wait}");

    assert_eq!(site.set(&owner, NEW).await.status, 200, "who has proved themselves goes on");
    assert_eq!(site.start("blair", &[]).await.status, 202, "a reset clears what was counted");
    attack.held("blocked for a day; a flow that was proved before goes on, and its reset ends the block");
}
