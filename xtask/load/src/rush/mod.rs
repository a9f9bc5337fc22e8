//! Thousands of people in the flow at once, against one server on SQLite that is started here: first at a rate that this
//! machine carries, then at twice what it can. `cargo xtask load`; what it showed is in `docs/load.md`.

mod person;
mod server;
mod table;
mod tally;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::codes::Codes;
use person::{Crowd, Pace};
use server::Server;
use tally::{Mails, Tally};

/// Resets at once while the machine's rate is found out: enough to keep every processor hashing.
const AT_ONCE: u64 = 48;
/// Share of that rate that the first part is held to.
const CARRIED: f64 = 0.6;
/// How many times that rate the second part asks for.
const TOO_MUCH: f64 = 2.0;
/// Seconds over which people come to the page at the beginning of a part.
const RAMP: f64 = 20.0;
/// How long the last mail may take, and how long the server may take to be as before.
const SETTLE: Duration = Duration::from_secs(120);
/// A probe that takes no longer than this is one of a server that is as before.
const AS_BEFORE: Duration = Duration::from_secs(1);

/// Runs both parts and prints their table. An error where something was lost or wrong.
pub(crate) async fn run(program: &Path, people: u64, seconds: u64) -> Result<()> {
    let mailbox = sspr_mailbox::start(sspr_mailbox::Options::default()).await?;
    let (codes, mails) = (Arc::new(Codes::default()), Arc::new(Mails::default()));
    tokio::spawn(codes.clone().deliver(mailbox.feed()));
    tokio::spawn(mails.clone().count(mailbox.feed()));
    let accounts = 2 * people.max(AT_ONCE);
    let server = Server::start(program, mailbox.smtp_address().port(), accounts).await?;
    let crowd = Arc::new(Crowd::new(server.url(), codes, accounts)?);

    let rate = capacity(&crowd, (seconds / 10).max(5)).await?;
    println!(
        "{people} people in the flow at once, {seconds} s, SQLite, Argon2id as shipped\nthis machine sets {rate:.1} new passwords a second, which their hashes decide\n"
    );
    let mut whole = true;
    for (name, share) in [("carried", CARRIED), ("too much", TOO_MUCH)] {
        let part = Part { name, rate: rate * share, people, seconds };
        let (tally, back) = part.run(&crowd, &mails).await?;
        whole &= table::print(&part, &tally, &mails, back, server.peak_memory()?);
        if share < 1.0 && tally.shed() > 0 {
            println!("  WRONG: requests were shed at a rate that this machine carries");
            whole = false;
        }
    }
    drop(server);
    if !whole {
        bail!("something was lost or wrong; look at the lines marked WRONG");
    }
    Ok(())
}

/// Resets in a second with no pauses.
async fn capacity(crowd: &Arc<Crowd>, seconds: u64) -> Result<f64> {
    let tally = Arc::new(Tally::default());
    let began = Instant::now();
    together(crowd, &tally, AT_ONCE, Pace { begin: 0.0, whole: 0.0 }, Duration::from_secs(seconds)).await;
    let rate = tally.resets() as f64 / began.elapsed().as_secs_f64();
    if rate <= 0.0 {
        bail!("no reset came to its end: {:?}", tally.errors());
    }
    Ok(rate)
}

/// So many people, each doing one reset after the other, until the time is over; what is under way then is left.
async fn together(crowd: &Arc<Crowd>, tally: &Arc<Tally>, people: u64, pace: Pace, lasts: Duration) {
    let over = Arc::new(AtomicBool::new(false));
    let mut tasks = JoinSet::new();
    for number in 0..people {
        let (crowd, tally, over) = (crowd.clone(), tally.clone(), over.clone());
        tasks.spawn(async move { crowd.person(number, pace, &tally, &over).await });
    }
    sleep(lasts).await;
    over.store(true, Ordering::Relaxed);
    // A request that was sent is awaited, so that nothing is counted that nobody knows the end of.
    while tasks.join_next().await.is_some() {}
}

/// One of the two.
struct Part {
    name: &'static str,
    /// Resets begun in a second.
    rate: f64,
    people: u64,
    seconds: u64,
}

impl Part {
    async fn run(&self, crowd: &Arc<Crowd>, mails: &Mails) -> Result<(Arc<Tally>, Duration)> {
        let tally = Arc::new(Tally::default());
        mails.forget();
        let pace = Pace { begin: RAMP.min(self.seconds as f64 / 4.0), whole: self.people as f64 / self.rate };
        let lasts = Duration::from_secs_f64(pace.begin + self.seconds as f64);
        let watch = tokio::spawn(tally.clone().watch(Duration::from_secs_f64(pace.begin), lasts));
        together(crowd, &tally, self.people, pace, lasts).await;
        watch.abort();
        let back = as_before(crowd).await?;
        let began = Instant::now();
        while mails.codes() < tally.sent.load(Ordering::Relaxed) && began.elapsed() < SETTLE {
            sleep(Duration::from_millis(100)).await;
        }
        // One that comes twice would come now.
        sleep(Duration::from_secs(1)).await;
        Ok((tally, back))
    }
}

/// How long until three starts after one another are answered well and soon.
async fn as_before(crowd: &Crowd) -> Result<Duration> {
    static PROBES: AtomicU64 = AtomicU64::new(0);
    let began = Instant::now();
    let (mut since, mut well) = (Duration::ZERO, 0);
    while well < 3 {
        if began.elapsed() > SETTLE {
            bail!("the server was not as before after {} s", SETTLE.as_secs());
        }
        let asked = Instant::now();
        let probe = PROBES.fetch_add(1, Ordering::Relaxed);
        let fine = crowd.probe(probe).await.context("probe the server")?;
        if fine && asked.elapsed() < AS_BEFORE {
            well += 1;
        } else {
            (well, since) = (0, began.elapsed());
            sleep(Duration::from_millis(100)).await;
        }
    }
    Ok(since)
}
