//! Several nodes on one PostgreSQL, of which one after the other is killed (SIGKILL) while people reset their passwords:
//! every code is spent once, every password set once, every mail sent, and nothing stays stuck. `cargo xtask nodes` runs
//! ten thousand resets; without it there are three hundred.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that prints what it counted")]

mod ask;
mod mails;
mod node;
#[path = "../support/postgres.rs"]
mod postgres;
mod reset;
mod single;
mod site;
mod table;
mod throttles;
mod verdict;

use ask::Asker;
use mails::Mails;
use node::Nodes;
use reset::{Person, Reset};
use site::Site;
use std::{
    env,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::Mutex, task::JoinSet};

/// Processes on one database.
const NODES: usize = 3;

/// People who reset at once.
const AT_ONCE: usize = 48;

/// Resets of one account, on average.
const PER_ACCOUNT: usize = 3;

fn number(variable: &str, default: usize) -> usize {
    env::var(variable).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{variable}={text}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn resets_are_exact_while_nodes_are_killed() {
    let resets = number("SSPR_NODES_RESETS", 300);
    let seconds = number("SSPR_NODES_SECONDS", 300);
    let until = Instant::now() + Duration::from_secs(seconds.try_into().unwrap());

    let mailbox = sspr_mailbox::start(sspr_mailbox::Options::default()).await.unwrap();
    let mails = Mails::collect(&mailbox);
    let people: Vec<Person> = (0..resets.div_ceil(PER_ACCOUNT).max(AT_ONCE)).map(Person::new).collect();
    let site = Site::new(&mailbox, site::NO_LIMITS, &people).await;
    let nodes = Nodes::start(&site, NODES).await;
    println!("{NODES} nodes, {} accounts, {AT_ONCE} people at once, {resets} resets", people.len());

    let began = Instant::now();
    let asker = Asker::new(nodes.addresses(), until);
    let killer = nodes.kill_now_and_then(1500..=3500);
    let done = run(resets, people, &asker, &mails).await;
    let took = began.elapsed();
    let nodes = killer.stop().await;

    let verdict = verdict::of(&site, &done, &mails, &nodes, &asker).await;
    drop(nodes);
    println!("{resets} resets in {:.0} s, {:.1} each second\n", took.as_secs_f32(), rate(resets, took));
    println!("{verdict}");
    assert!(verdict.holds(), "something is not exact; look at the table above");
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_are_exact_over_all_nodes_at_once() {
    let table = throttles::table().await;
    println!("{table}");
    assert!(table.holds(), "a limit is not exact; look at the table above");
}

#[expect(clippy::cast_precision_loss, reason = "a rate")]
fn rate(resets: usize, took: Duration) -> f32 {
    resets as f32 / took.as_secs_f32().max(0.001)
}

/// Lets people reset, each only once at a time, until there were so many resets.
async fn run(resets: usize, people: Vec<Person>, asker: &Asker, mails: &Mails) -> Vec<Reset> {
    let waiting = Arc::new(Mutex::new((0..resets, people)));
    let began = Instant::now();
    let mut workers = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (waiting, asker, mails) = (waiting.clone(), asker.clone(), mails.clone());
        workers.spawn(async move {
            let mut done = Vec::new();
            loop {
                let (number, mut person) = {
                    let mut waiting = waiting.lock().await;
                    // Whoever waited longest.
                    let Some(number) = waiting.0.next() else { return done };
                    (number, waiting.1.remove(0))
                };
                done.push(person.reset(number, &asker, &mails).await);
                if (number + 1) % 1000 == 0 {
                    println!("  {} resets after {:.0} s", number + 1, began.elapsed().as_secs_f32());
                }
                waiting.lock().await.1.push(person);
            }
        });
    }
    workers.join_all().await.into_iter().flatten().collect()
}
