//! Whether all was exact, by the answers, the database and the mailbox.

use super::{
    ask::Asker,
    mails::Mails,
    node::Nodes,
    reset::{Reset, Twice},
    site::Site,
    table::Table,
};
use sqlx::PgConnection;
use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

/// How long what waits may take to go out after the last reset.
const SETTLE: Duration = Duration::from_secs(60);

pub(crate) async fn of(site: &Site, done: &[Reset], mails: &Mails, nodes: &Nodes, asker: &Asker) -> Table {
    let mut database = site.look().await;
    settle(&mut database).await;
    let mut table = Table::default();
    answers(&mut table, done);
    audit(&mut table, done.len(), &mut database).await;
    super::single::chain(&mut table, site).await;
    mail(&mut table, done.len(), mails);
    rest(&mut table, nodes, &mut database).await;
    let count = |counter: &std::sync::atomic::AtomicUsize| counter.load(Ordering::Relaxed);
    table.tell("requests sent", count(&asker.counts.requests));
    table.tell("requests cut off by a death, sent again to another node", count(&asker.counts.broken));
    table.tell(
        "requests told to wait for their twin or for the end of a dead one",
        count(&asker.counts.in_progress),
    );
    table.tell("requests told that a node is busy", count(&asker.counts.busy));
    for reset in done.iter().filter_map(|reset| reset.stuck.as_ref()).take(5) {
        table.tell(reset, "");
    }
    table
}

fn answers(table: &mut Table, done: &[Reset]) {
    let count = |holds: &dyn Fn(&Reset) -> bool| done.iter().filter(|reset| holds(reset)).count();
    let (same, other) = (count(&|reset| reset.same_key), count(&|reset| !reset.same_key));
    table.equal("resets that could not go on", 0, count(&|reset| reset.stuck.is_some()));
    let text = "code at two nodes at once, one key: both got the same answer";
    table.equal(text, same, count(&|reset| reset.verify == Twice::SameAnswer));
    let text = "code at two nodes at once, two keys: one passed, one was refused";
    table.equal(text, other, count(&|reset| reset.verify == Twice::OneRefused));
    let text = "password at two nodes at once, one key: both got the same answer";
    table.equal(text, same, count(&|reset| reset.password == Twice::SameAnswer));
    let text = "password at two nodes at once, two keys: one was set, one refused";
    table.equal(text, other, count(&|reset| reset.password == Twice::OneRefused));
    table.equal("old password refused", done.len(), count(&|reset| reset.old_refused));
    table.equal("new password signs in", done.len(), count(&|reset| reset.new_accepted));
}

async fn audit(table: &mut Table, resets: usize, database: &mut PgConnection) {
    for (what, activity) in [
        ("codes sent, by the audit log", "send_challenge"),
        ("codes spent, by the audit log", "verify_challenge"),
        ("passwords set, by the audit log", "reset_password"),
    ] {
        let found = number(
            database,
            &format!("SELECT count(*) FROM audit WHERE activity = '{activity}' AND result = 'success'"),
        )
        .await;
        table.equal(what, resets, found);
    }
    let wrong = "SELECT count(*) FROM audit WHERE result <> 'success' AND activity <> 'sign_in'";
    table.equal("failures in the audit log, sign-ins apart", 0, number(database, wrong).await);
}

fn mail(table: &mut Table, resets: usize, mails: &Mails) {
    let tallies = mails.tally();
    let sum = |of: &dyn Fn(&super::mails::Tally) -> usize| tallies.values().map(of).sum::<usize>();
    table.equal("codes that arrived, by Message-ID", resets, sum(&|tally| tally.codes));
    table.equal("notices of a new password that arrived, by Message-ID", resets, sum(&|tally| tally.notices));
    table.equal("mails without a Message-ID, and copies that differ", 0, sum(&|tally| tally.wrong));
    table.tell(
        "second copies under the same Message-ID (see docs/several-nodes.md)",
        sum(&|tally| tally.copies),
    );
}

async fn rest(table: &mut Table, nodes: &Nodes, database: &mut PgConnection) {
    for (what, query) in [
        ("messages left in the outbox that wait", "SELECT count(*) FROM outbox WHERE dead_reason IS NULL"),
        ("messages given up", "SELECT count(*) FROM outbox WHERE dead_reason IS NOT NULL"),
        (
            "idempotency keys left claimed without an answer",
            "SELECT count(*) FROM claims WHERE answer IS NULL",
        ),
        (
            "transactions open for more than 3 s",
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
             AND xact_start < now() - interval '3 s'",
        ),
        (
            "advisory locks held for more than 3 s",
            "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' \
             AND datname = current_database() AND xact_start < now() - interval '3 s'",
        ),
    ] {
        table.equal(what, 0, number(database, query).await);
    }
    table.tell("nodes killed (SIGKILL)", nodes.kills);
    table.equal("nodes ready again after that", nodes.kills, nodes.healthy);
}

/// Waits until every message went out.
async fn settle(database: &mut PgConnection) {
    let began = Instant::now();
    let left = "SELECT count(*) FROM outbox WHERE dead_reason IS NULL";
    while number(database, left).await > 0 && began.elapsed() < SETTLE {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

pub(crate) async fn number(database: &mut PgConnection, query: &str) -> usize {
    let query = sqlx::AssertSqlSafe(query.to_owned());
    let found: i64 = sqlx::query_scalar(query).fetch_one(database).await.unwrap();
    found.try_into().unwrap()
}
