//! One repetition: so many clients, each doing one reset after the other for so long.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

use crate::codes::Codes;
use crate::own;
use crate::systems::{Client, System};

/// What to do.
#[derive(Deserialize)]
pub(crate) struct Job {
    /// What is spoken to.
    pub(crate) system: System,
    /// Its origin, such as `http://127.0.0.1:40001`.
    pub(crate) url: String,
    /// Resets at once.
    pub(crate) clients: u64,
    /// Accounts that there are: `p0@example.org` and on.
    pub(crate) accounts: u64,
    /// The account to begin with.
    pub(crate) first: u64,
    /// Seconds before counting begins.
    pub(crate) warm_up: f64,
    /// Seconds in which ended resets are counted. What is under way then is still brought to its end.
    pub(crate) seconds: f64,
}

/// What came of it.
#[derive(Serialize)]
pub(crate) struct Report {
    /// Every reset that was begun and ended well, counted or not.
    all: u64,
    /// Those that ended within the counted seconds.
    counted: u64,
    /// Accounts used.
    used: u64,
    /// What went wrong, and how often.
    failures: BTreeMap<String, u64>,
    /// Clock ticks of the processor that the driver itself and its mailbox used.
    ticks: u64,
    /// Milliseconds of each step of the counted resets.
    steps: Steps,
}

/// Milliseconds of each step, in the order of the resets' ends.
#[derive(Default, Serialize)]
pub(crate) struct Steps {
    ask: Vec<f64>,
    mail: Vec<f64>,
    verify: Vec<f64>,
    password: Vec<f64>,
    whole: Vec<f64>,
}

/// The steps of one reset.
pub(crate) struct Reset {
    /// Until it was said that a code is on its way.
    pub(crate) ask: Duration,
    /// From then until the mailbox had it.
    pub(crate) mail: Duration,
    /// Until the code was found right.
    pub(crate) verify: Duration,
    /// Until the password was set.
    pub(crate) password: Duration,
}

impl Steps {
    fn add(&mut self, reset: &Reset) {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        self.ask.push(ms(reset.ask));
        self.mail.push(ms(reset.mail));
        self.verify.push(ms(reset.verify));
        self.password.push(ms(reset.password));
        self.whole.push(ms(reset.ask + reset.mail + reset.verify + reset.password));
    }
}

/// When resets are begun and counted.
#[derive(Clone, Copy)]
struct Window {
    from: Instant,
    to: Instant,
}

/// What one client did.
#[derive(Default)]
struct Done {
    all: u64,
    steps: Steps,
    failures: BTreeMap<String, u64>,
}

pub(crate) async fn run(job: Job, codes: Arc<Codes>) -> Result<Report> {
    let before = own::ticks()?;
    let client = Arc::new(Client::new(job.system, job.url, codes)?);
    let next = Arc::new(AtomicU64::new(0));
    let from = Instant::now() + Duration::from_secs_f64(job.warm_up);
    let window = Window { from, to: from + Duration::from_secs_f64(job.seconds) };
    let mut clients = JoinSet::new();
    for _ in 0..job.clients {
        let (client, next) = (client.clone(), next.clone());
        clients.spawn(async move {
            let mut done = Done::default();
            while Instant::now() < window.to {
                let account = (job.first + next.fetch_add(1, Ordering::Relaxed)) % job.accounts;
                done.reset(&client, account, window).await;
            }
            done
        });
    }
    let mut report =
        Report { all: 0, counted: 0, used: 0, failures: BTreeMap::new(), ticks: 0, steps: Steps::default() };
    while let Some(done) = clients.join_next().await {
        report.take(done?);
    }
    report.used = next.load(Ordering::Relaxed);
    report.ticks = own::ticks()? - before;
    Ok(report)
}

impl Done {
    async fn reset(&mut self, client: &Client, account: u64, window: Window) {
        match client.reset(account).await {
            Ok(reset) => {
                self.all += 1;
                let now = Instant::now();
                if window.from <= now && now < window.to {
                    self.steps.add(&reset);
                }
            }
            Err(error) => {
                *self.failures.entry(format!("{error:#}")).or_default() += 1;
                // A system that refuses at once is not asked as fast as the wire allows.
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

impl Report {
    fn take(&mut self, done: Done) {
        self.all += done.all;
        self.counted += done.steps.whole.len() as u64;
        for (why, times) in done.failures {
            *self.failures.entry(why).or_default() += times;
        }
        let steps = &mut self.steps;
        for (all, more) in [
            (&mut steps.ask, done.steps.ask),
            (&mut steps.mail, done.steps.mail),
            (&mut steps.verify, done.steps.verify),
            (&mut steps.password, done.steps.password),
            (&mut steps.whole, done.steps.whole),
        ] {
            all.extend(more);
        }
    }
}
