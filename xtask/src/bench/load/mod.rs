//! `cargo xtask bench load`: how many people can reset their password in a second, here, with django-allauth and with
//! better-auth, and what that takes of the processor and of memory.
//!
//! One driver does complete resets against each in turns: it asks for a code, takes it from the mail, has it judged, and
//! sets a password. What is measured and what it showed: `docs/load.md`.

mod contender;
mod driver;
mod machine;
mod postgres;
mod processes;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::paths;
use crate::process::{self, Run, Running};
use crate::progress::Step;
use crate::trouble::{Doing, Outcome, Trouble};

use contender::{ALLAUTH, BETTER_AUTH, BETTER_AUTH_TWICE, Contender, Cost, Database, OURS, Site};
use driver::{Driver, Report};
use machine::Busy;
use postgres::Cluster;
use processes::Memory;

/// What is compared with each other.
struct Group {
    name: &'static str,
    database: Database,
    cost: Cost,
    /// Resets at once.
    clients: u64,
    /// Accounts of each system: more than it resets in one repetition, so that no two resets of one are of the same person.
    accounts: u64,
    contenders: &'static [Contender],
}

/// The cost that ours ships with (OWASP Password Storage Cheat Sheet).
const SHIPPED: Cost = Cost { memory: 19_456, passes: 2 };

/// The least that Argon2 knows: a hash that costs nearly nothing, and the same for each.
const LEAST: Cost = Cost { memory: 8, passes: 1 };

const GROUPS: [Group; 3] = [
    Group {
        name: "PostgreSQL, Argon2id of 19 MiB and 2 passes, 48 resets at once",
        database: Database::Postgres,
        cost: SHIPPED,
        clients: 48,
        accounts: 800,
        contenders: &[OURS, ALLAUTH, BETTER_AUTH],
    },
    Group {
        name: "PostgreSQL, the hash taken out (8 KiB, 1 pass), 128 resets at once",
        database: Database::Postgres,
        cost: LEAST,
        clients: 128,
        accounts: 4000,
        contenders: &[OURS, ALLAUTH, BETTER_AUTH, BETTER_AUTH_TWICE],
    },
    Group {
        name: "SQLite, the hash taken out (8 KiB, 1 pass), 128 resets at once",
        database: Database::Sqlite,
        cost: LEAST,
        clients: 128,
        accounts: 4000,
        contenders: &[OURS, ALLAUTH],
    },
];

/// How long and how often.
#[derive(Clone, Copy)]
struct Plan {
    repetitions: usize,
    warm_up: f64,
    seconds: f64,
}

const WHOLE: Plan = Plan { repetitions: 5, warm_up: 2.0, seconds: 10.0 };
const QUICK: Plan = Plan { repetitions: 1, warm_up: 1.0, seconds: 3.0 };

/// One system under load.
struct Turn<'a> {
    contender: &'a Contender,
    running: Running,
    port: u16,
    next: u64,
    row: Row<'a>,
}

/// What was measured of one system.
struct Row<'a> {
    contender: &'a Contender,
    rest: Memory,
    load: Memory,
    repetitions: Vec<Repetition>,
    /// Milliseconds of all repetitions, in the order of [`driver::STEPS`].
    steps: [Vec<f64>; 5],
    failures: BTreeMap<String, u64>,
}

/// One repetition.
struct Repetition {
    /// Resets in a second.
    rate: f64,
    /// Milliseconds of the processor for each reset: the system's, its database server's, and the driver's.
    system: f64,
    database: f64,
    driver: f64,
    /// Share of all processors that somebody else used.
    others: f64,
    /// Share of all processors that nobody used.
    idle: f64,
}

/// Measures and prints tables, or one JSON array.
pub(crate) fn load(as_json: bool, quick: bool) -> Outcome {
    let plan = if quick { QUICK } else { WHOLE };
    // One after the other: together, each would be built with what the other asks of their libraries.
    for package in ["sspr-server", "sspr-load"] {
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--locked", "--profile", "server", "--package", package]);
        Run {
            what: &format!("build {package} as it ships"),
            awaits: "cargo; the first time it compiles some 300 crates",
            advice: "correct what the compiler says above",
        }
        .quietly(cargo.current_dir(paths::root()))?;
    }
    let folder = paths::target().join("load");
    if folder.exists() {
        fs::remove_dir_all(&folder).doing(|| format!("empty {}", folder.display()))?;
    }
    let cluster = Cluster::start()?;
    let mut driver = Driver::start()?;
    let sites = sites(&folder, &cluster, driver.smtp)?;
    let mut all = Vec::new();
    for group in &GROUPS {
        let step = Step::begin(group.name, "the driver");
        all.push((group, measure(group, plan, &sites, &cluster, &mut driver)?));
        step.done();
    }
    if as_json {
        println!("{:#}", table::json(&all));
    } else {
        println!("{}\n", machine::versions(&cluster.version));
        print!("{}", table::markdown(&all));
    }
    Ok(())
}

/// Each system with each database and each cost that it is measured with.
fn sites(folder: &Path, cluster: &Cluster, smtp: u16) -> Outcome<Vec<Site>> {
    let mut sites: Vec<Site> = Vec::new();
    for group in &GROUPS {
        for contender in group.contenders {
            if !sites.iter().any(|it| it.fits(contender, group)) {
                sites.push(Site::prepare(contender.system, group, folder, cluster, smtp)?);
            }
        }
    }
    Ok(sites)
}

fn measure<'a>(
    group: &'a Group,
    plan: Plan,
    sites: &[Site],
    cluster: &Cluster,
    driver: &mut Driver,
) -> Outcome<Vec<Row<'a>>> {
    let mut turns = Vec::new();
    for contender in group.contenders {
        let site = sites
            .iter()
            .find(|it| it.fits(contender, group))
            .ok_or_else(|| Trouble::new("A system was not prepared"))?;
        let (running, port) = site.start(contender)?;
        turns.push(Turn { contender, running, port, next: 0, row: Row::of(contender) });
    }
    // Whatever a start does later is done then.
    thread::sleep(Duration::from_secs(2));
    for turn in &mut turns {
        turn.row.rest = processes::memory(turn.running.id());
    }
    for round in 0..plan.repetitions {
        let count = turns.len();
        for at in 0..count {
            if process::interrupted() {
                return Err(Trouble::new("Interrupted"));
            }
            // Another one begins each round.
            turns[(round + at) % count].repeat(group, plan, cluster, driver)?;
        }
    }
    Ok(turns.into_iter().map(|turn| turn.row).collect())
}

impl Turn<'_> {
    fn repeat(&mut self, group: &Group, plan: Plan, cluster: &Cluster, driver: &mut Driver) -> Outcome {
        self.running.check()?;
        let id = self.running.id();
        let job = json!({
            "system": self.contender.system.word(), "url": format!("http://127.0.0.1:{}", self.port),
            "clients": group.clients, "accounts": group.accounts, "first": self.next,
            "warm_up": plan.warm_up, "seconds": plan.seconds,
        });
        let before = (Busy::now()?, processes::seconds(id)?, processes::seconds(cluster.id)?);
        let (report, most) = watched(id, || driver.run(&job));
        let report = report?;
        let after = (Busy::now()?, processes::seconds(id)?, processes::seconds(cluster.id)?);
        self.running.check()?;
        if report.all == 0.0 {
            let why: Vec<&str> = report.failures.keys().map(String::as_str).collect();
            let sentence = format!("No reset succeeded with {}: {}", self.contender.name, why.join("; "));
            return Err(Trouble::new(sentence));
        }
        self.next = (self.next + report.used) % group.accounts;
        self.row.load = self.row.load.most(most);
        let own = report.ticks / processes::ticks_per_second()?;
        let (system, database) = (after.1 - before.1, after.2 - before.2);
        let shares = after.0.since(before.0)?;
        let ms = |seconds: f64| 1e3 * seconds / report.all;
        self.row.take(&report);
        self.row.repetitions.push(Repetition {
            rate: report.counted / plan.seconds,
            system: ms(system),
            database: ms(database),
            driver: ms(own),
            others: (shares.used - (system + database + own) / shares.seconds).max(0.0),
            idle: 1.0 - shares.used,
        });
        Ok(())
    }
}

/// Does something, and meanwhile looks every second how much memory a program and its children have.
fn watched<T>(id: u32, work: impl FnOnce() -> T) -> (T, Memory) {
    let ended = AtomicBool::new(false);
    thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut most = Memory::default();
            for tenth in 0_u32.. {
                if ended.load(Ordering::Relaxed) {
                    break;
                }
                if tenth.is_multiple_of(10) {
                    most = most.most(processes::memory(id));
                }
                thread::sleep(Duration::from_millis(100));
            }
            most
        });
        let result = work();
        ended.store(true, Ordering::Relaxed);
        (result, watch.join().unwrap_or_default())
    })
}

impl<'a> Row<'a> {
    fn of(contender: &'a Contender) -> Row<'a> {
        Row {
            contender,
            rest: Memory::default(),
            load: Memory::default(),
            repetitions: Vec::new(),
            steps: [const { Vec::new() }; 5],
            failures: BTreeMap::new(),
        }
    }

    fn take(&mut self, report: &Report) {
        for (all, more) in self.steps.iter_mut().zip(&report.steps) {
            all.extend(more);
        }
        for (why, times) in &report.failures {
            *self.failures.entry(why.clone()).or_default() += times;
        }
    }
}
