//! One node on SQLite, killed (SIGKILL) at random moments during resets: afterwards every account has the password that the
//! audit log says, and the log is whole. `cargo xtask nodes --single` runs two thousand resets, in which everybody's last
//! request is sent once and never again; without it there are a hundred, all repeated until they are answered.

use super::{
    ask::{Answer, Asker},
    mails::Mails,
    node::Nodes,
    number,
    reset::{Person, step, token},
    site::{NO_LIMITS, Site},
    table::Table,
};
use serde_json::json;
use std::{
    collections::HashMap,
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};
use tokio::{sync::Semaphore, task::JoinSet};

/// Resets of one account, one after the other.
const PER_ACCOUNT: usize = 4;
/// People at once.
const AT_ONCE: usize = 16;
/// Milliseconds from one start to the next death.
const PAUSE: std::ops::RangeInclusive<u64> = 100..=1500;
/// Seconds that a recovery lives; what a death left is told by the log after that.
const FLOW_LIFE: u64 = 60;
/// How long a recovery that is over may wait for its sweep, and one whose last request died for being taken for dead.
const SWEEP: Duration = Duration::from_secs(180);
/// How long a code may take.
const MAIL: Duration = Duration::from_secs(50);

/// What somebody did, and what they know of it.
struct Done {
    name: String,
    /// Resets that were answered.
    answered: usize,
    /// The password by the last answer.
    known: String,
    /// The one that was asked for last without an answer.
    unknown: Option<String>,
    /// Where they could not go on.
    stuck: Option<String>,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_password_is_what_the_audit_log_says_however_the_server_dies() {
    let resets = number("SSPR_NODES_SINGLE", 100);
    let hasty = resets >= 1000;
    let until = Instant::now() + Duration::from_secs(number("SSPR_NODES_SECONDS", 300).try_into().unwrap());
    let mailbox = sspr_mailbox::start(sspr_mailbox::Options::default()).await.unwrap();
    let mails = Mails::collect(&mailbox);
    let people = || (0..resets.div_ceil(PER_ACCOUNT)).map(Person::new);
    let limits = format!("{NO_LIMITS}flow_life = {FLOW_LIFE}\nflow_life_total = {FLOW_LIFE}\n");
    let site = Site::on_sqlite(&mailbox, &limits, &people().collect::<Vec<_>>()).await;
    let nodes = Nodes::start(&site, 1).await;
    let asker = Asker::new(nodes.addresses(), until);
    println!("one node on SQLite, {} accounts, {AT_ONCE} people at once, {resets} resets", people().len());

    let began = Instant::now();
    let killer = nodes.kill_now_and_then(PAUSE);
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut tasks = JoinSet::new();
    for person in people() {
        let (turns, asker, mails) = (turns.clone(), asker.clone(), mails.clone());
        tasks.spawn(async move {
            let _turn = turns.acquire().await.unwrap();
            go(person, hasty, &asker, &mails).await
        });
    }
    let done = tasks.join_all().await;
    let took = began.elapsed();
    let nodes = killer.stop().await;
    if hasty {
        tokio::time::sleep(Duration::from_secs(FLOW_LIFE)).await;
        swept(&site).await;
    }
    let mut table = Table::default();
    passwords(&mut table, &site, &done, &asker).await;
    table.tell("deaths (SIGKILL)", nodes.kills);
    table.equal("ready again after that", nodes.kills, nodes.healthy);
    table.tell("requests cut off by a death", asker.counts.broken.load(Ordering::Relaxed));
    drop(nodes);
    chain(&mut table, &site).await;
    println!("{resets} resets in {:.0} s\n\n{table}", took.as_secs_f32());
    assert!(table.holds(), "something is not as the audit log says; look at the table above");
}

/// Waits until no recovery is left: only then does the log tell of those that a death cut off.
async fn swept(site: &Site) {
    let began = Instant::now();
    let mut file = site.look_into_file().await;
    loop {
        let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM flows").fetch_one(&mut file).await.unwrap();
        if left == 0 || began.elapsed() > SWEEP {
            return println!(
                "{left} recoveries left {:.0} s after the last was over",
                began.elapsed().as_secs_f32()
            );
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

async fn go(person: Person, hasty: bool, asker: &Asker, mails: &Mails) -> Done {
    let known = person.password.clone();
    let mut done = Done { name: person.name.clone(), answered: 0, known, unknown: None, stuck: None };
    for turn in 0..PER_ACCOUNT {
        let last = turn + 1 == PER_ACCOUNT;
        let new = format!("Quilted-Lantern-{turn}");
        match reset(&person, &new, last && hasty, asker, mails).await {
            Ok(Some(_)) => (done.answered, done.known) = (done.answered + 1, new),
            Ok(None) => done.unknown = Some(new),
            Err(why) => {
                done.stuck = Some(format!("{}: {why}", person.name));
                break;
            }
        }
    }
    done
}

/// Until the password is set; `None` where that was asked once and not answered.
async fn reset(
    person: &Person,
    new: &str,
    hasty: bool,
    asker: &Asker,
    mails: &Mails,
) -> Result<Option<Answer>, String> {
    let start = json!({ "identifier": person.name, "intent": "reset" });
    let flow = token(&asker.ask(&step("", None, start)).await)?;
    let chosen = asker.ask(&step("/challenge", Some(&flow), json!({ "method": "email" }))).await;
    let challenge =
        chosen.body["challenge"]["id"].as_str().ok_or_else(|| format!("no challenge: {chosen:?}"))?;
    let code = mails.code_for(&person.address(), MAIL).await.ok_or("no code came")?;
    let verify = json!({ "challenge": challenge, "code": code });
    let flow = token(&asker.ask(&step("/verify", Some(&flow), verify)).await)?;
    let set = json!({ "new_password": new, "end_other_sessions": true });
    let set = step("/password", Some(&flow), set);
    let answer = if hasty { asker.ask_once(0, &set).await } else { Some(asker.ask(&set).await) };
    match answer {
        Some(Answer { status: 200, .. }) | None => Ok(answer),
        // Busy or still starting: as good as no answer.
        Some(Answer { status: 503, .. }) if hasty => Ok(None),
        Some(other) => Err(format!("the password was refused: {other:?}")),
    }
}

async fn passwords(table: &mut Table, site: &Site, done: &[Done], asker: &Asker) {
    let said: HashMap<String, usize> = {
        let mut file = site.look_into_file().await;
        let query = "SELECT username, COUNT(audit.id) FROM accounts LEFT JOIN audit ON audit.account = accounts.id \
                     AND activity = 'reset_password' AND result = 'success' GROUP BY username";
        let rows: Vec<(String, i64)> = sqlx::query_as(query).fetch_all(&mut file).await.unwrap();
        rows.into_iter().map(|(name, count)| (name, usize::try_from(count).unwrap())).collect()
    };
    let (mut old, mut new, mut neither, mut unsaid, mut also) = (0, 0, 0, 0, 0);
    for person in done {
        let set = said[&person.name];
        let right = match &person.unknown {
            Some(unknown) if set == person.answered + 1 => {
                new += 1;
                unknown
            }
            Some(_) if set == person.answered => {
                old += 1;
                &person.known
            }
            None if set == person.answered => &person.known,
            _ => {
                unsaid += 1;
                continue;
            }
        };
        let wrong =
            if *right == person.known { person.unknown.as_deref() } else { Some(person.known.as_str()) };
        neither += usize::from(sign_in(asker, &person.name, right).await != 200);
        if let Some(wrong) = wrong {
            also += usize::from(sign_in(asker, &person.name, wrong).await != 401);
        }
    }
    let stuck: Vec<_> = done.iter().filter_map(|it| it.stuck.as_ref()).collect();
    table.equal("people who could not go on", 0, stuck.len());
    table.equal("accounts of which the log says too much or too little", 0, unsaid);
    table.equal("accounts whose password is not the one that the log says", 0, neither);
    table.equal("accounts where another password works as well", 0, also);
    table.tell("requests never answered: the log says, and it is, the old password", old);
    table.tell("requests never answered: the log says, and it is, the new password", new);
    for why in stuck.into_iter().take(5) {
        table.tell(why, "");
    }
}

async fn sign_in(asker: &Asker, name: &str, password: &str) -> u16 {
    let body = json!({ "identifier": name, "password": password });
    asker.ask(&super::ask::Request { path: "/session", body, ..Default::default() }).await.status
}

/// Whether the program itself finds the log whole.
pub(crate) async fn chain(table: &mut Table, site: &Site) {
    let output = site.program().args(["audit", "verify"]).output().await.unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    table.equal("`audit verify` found something", 0, usize::from(!output.status.success()));
    for line in said.lines() {
        table.tell(line, "");
    }
}
