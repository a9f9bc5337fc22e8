//! Several nodes on one PostgreSQL database, each with connections of its own: of those who want the same thing at once,
//! exactly one gets it.

use super::{accounts::account, at, postgres::Database};
use jiff::Timestamp;
use sqlx::{Connection, PgConnection};
use sspr_server::store::SqlStore;
use sspr_service::{
    Store,
    store::{AccountRow, Claim, Effects, FlowRow, MessageRow},
};
use std::{future::Future, sync::Arc, time::Duration};
use tokio::sync::Barrier;

/// How often each race is run.
const ROUNDS: usize = 200;

/// What two nodes got that each tried once in each round, at the same moment.
async fn race<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    one: &SqlStore,
    other: &SqlStore,
    attempt: impl Fn(SqlStore, usize, usize) -> F + Clone + Send + 'static,
) -> Vec<[T; 2]> {
    let start = Arc::new(Barrier::new(2));
    let nodes = [one, other].into_iter().enumerate().map(|(node, store)| {
        let (store, start, attempt) = (store.clone(), start.clone(), attempt.clone());
        tokio::spawn(async move {
            let mut outcomes = Vec::new();
            for round in 0..ROUNDS {
                start.wait().await;
                outcomes.push(attempt(store.clone(), round, node).await);
            }
            outcomes
        })
    });
    let nodes: Vec<_> = nodes.collect();
    let mut outcomes = Vec::new();
    for node in nodes {
        outcomes.push(node.await.unwrap());
    }
    let (second, first) = (outcomes.pop().unwrap(), outcomes.pop().unwrap());
    first.into_iter().zip(second).map(<[T; 2]>::from).collect()
}

async fn two_nodes() -> (SqlStore, SqlStore) {
    let database = Database::new().await;
    (database.open().await, database.open().await)
}

fn token(of: usize) -> Vec<u8> {
    of.to_be_bytes().repeat(4)
}

fn flow(round: usize) -> FlowRow {
    FlowRow {
        id: format!("flow-{round}"),
        token_hash: token(round),
        link_hash: None,
        sealed: vec![1],
        expires_at: at(900),
        version: 0,
    }
}

fn message(round: usize) -> MessageRow {
    let id = format!("message-{round}");
    MessageRow { id, sealed: Some(vec![1]), due_at: at(0), attempts: 0, expires_at: at(600) }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_of_a_flow_is_taken_on_one_node() {
    let (one, other) = two_nodes().await;
    for round in 0..ROUNDS {
        one.insert_flow(&flow(round)).await.unwrap();
    }
    let outcomes = race(&one, &other, |store, round, node| async move {
        let token_hash = token(ROUNDS * (1 + node) + round);
        store.update_flow(&FlowRow { token_hash, ..flow(round) }, &Effects::default()).await.unwrap()
    })
    .await;
    for (round, won) in outcomes.into_iter().enumerate() {
        assert!(won[0] != won[1], "round {round}: {won:?}");
        let winner = if won[0] { 0 } else { 1 };
        let opened = one.flow_by_token(&token(ROUNDS * (1 + winner) + round)).await.unwrap();
        assert_eq!(opened.map(|row| row.version), Some(1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_reaches_two_nodes_runs_on_one() {
    let (one, other) = two_nodes().await;
    let outcomes = race(&one, &other, |store, round, _| async move {
        store.claim(&token(round), b"body", at(0), 60, 600).await.unwrap()
    })
    .await;
    for claims in outcomes {
        assert!(
            matches!(claims, [Claim::Mine, Claim::Running] | [Claim::Running, Claim::Mine]),
            "{claims:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_try_is_used_on_one_node() {
    const LIMIT: u32 = 3;
    let (one, other) = two_nodes().await;
    for round in 0..ROUNDS {
        for _ in 1..LIMIT {
            one.hit(&format!("bucket-{round}"), at(0), 60).await.unwrap();
        }
    }
    let outcomes = race(&one, &other, |store, round, _| async move {
        store.hit(&format!("bucket-{round}"), at(1), 60).await.unwrap().count <= LIMIT
    })
    .await;
    for allowed in outcomes {
        assert!(allowed[0] != allowed[1], "{allowed:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_sent_by_one_node() {
    let (one, other) = two_nodes().await;
    let outcomes = race(&one, &other, |store, round, node| async move {
        if node == 0 {
            store.push_message(&message(round)).await.unwrap();
        }
        let mut taken = Vec::new();
        // Both look until it is there, and once more.
        for _ in 0..3 {
            taken.extend(store.lease_messages(at(1), 1, 60).await.unwrap().into_iter().map(|it| it.id));
        }
        taken
    })
    .await;
    let mut taken: Vec<String> = outcomes.into_iter().flatten().flatten().collect();
    let mut all: Vec<String> = (0..ROUNDS).map(|round| message(round).id).collect();
    taken.sort();
    all.sort();
    assert_eq!(taken, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_node_was_sending_when_it_died_is_sent_by_another() {
    let (one, other) = two_nodes().await;
    one.push_message(&message(0)).await.unwrap();
    assert_eq!(one.lease_messages(at(0), 1, 60).await.unwrap().len(), 1);
    one.close().await;
    assert!(other.lease_messages(at(59), 1, 60).await.unwrap().is_empty());
    let taken = other.lease_messages(at(60), 1, 60).await.unwrap();
    assert_eq!((taken[0].sealed.as_deref(), taken[0].attempts), (Some(&[1][..]), 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_never_takes_more_messages_than_it_asked_for() {
    let (one, other) = two_nodes().await;
    for round in 0..ROUNDS * 4 {
        one.push_message(&message(round)).await.unwrap();
    }
    let outcomes =
        race(
            &one,
            &other,
            |store, _, _| async move { store.lease_messages(at(1), 2, 60).await.unwrap().len() },
        )
        .await;
    assert!(outcomes.iter().flatten().all(|taken| *taken <= 2), "{outcomes:?}");
    assert_eq!(outcomes.iter().flatten().sum::<usize>(), ROUNDS * 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_and_an_address_that_are_equal_belong_to_one_account() {
    let (one, other) = two_nodes().await;
    let outcomes = race(&one, &other, |store, round, node| async move {
        let address = format!("mai{round}@example.org");
        let row = match node {
            0 => AccountRow { email: None, ..account(&address) },
            _ => AccountRow { email: Some(address), ..account(&format!("mai{round}")) },
        };
        store.insert_account(&row).await.unwrap()
    })
    .await;
    for added in outcomes {
        assert!(added[0] != added[1], "{added:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_gets_a_new_life_while_another_node_sweeps_is_kept() {
    let database = Database::new().await;
    let store = database.open().await;
    store.hit("bucket", at(0), 60).await.unwrap();
    let mut slow = PgConnection::connect(&database.url).await.unwrap();
    let mut slow = slow.begin().await.unwrap();
    let later = "UPDATE counters SET ends_at = $1 WHERE bucket = 'bucket'";
    sqlx::query(later).bind(at(900).as_microsecond()).execute(&mut *slow).await.unwrap();
    let sweep = tokio::spawn({
        let store = store.clone();
        async move { store.sweep(at(100), 100).await.unwrap() }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    slow.commit().await.unwrap();
    assert_eq!(sweep.await.unwrap(), 0);
    assert_eq!(store.hits("bucket", at(100)).await.unwrap().count, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sweeps_at_once_forget_no_more_than_both_say() {
    let (one, other) = two_nodes().await;
    for round in 0..ROUNDS {
        one.hit(&format!("bucket-{round}"), at(0), 60).await.unwrap();
    }
    let late: Timestamp = at(1000);
    let gone =
        race(&one, &other, move |store, _, _| async move { store.sweep(late, 3).await.unwrap() }).await;
    assert!(gone.iter().flatten().all(|gone| *gone <= 3));
    let told = gone.iter().flatten().sum::<u32>();
    assert_eq!(usize::try_from(told).unwrap(), ROUNDS);
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_at_once_make_the_tables_once() {
    let database = Database::new().await;
    let (one, two, three, four) =
        tokio::join!(database.open(), database.open(), database.open(), database.open());
    for store in [one, two, three, four] {
        store.ping().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_not_there_is_named_without_its_password() {
    let url = "postgres://sspr:hunter2@127.0.0.1:9/reset".to_owned();
    let error = Database { url }.try_open().await.unwrap_err().to_string();
    assert!(error.starts_with("cannot reach the database reset at 127.0.0.1:9: "), "{error}");
    assert!(error.ends_with("check database.url and the password, and that PostgreSQL runs"), "{error}");
    assert!(!error.contains("hunter2"));
}
