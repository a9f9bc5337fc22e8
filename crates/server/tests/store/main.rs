//! One set of scenarios for every store: what the trait `Store` promises must hold in memory, in SQLite and in PostgreSQL
//! alike.
#![allow(clippy::unwrap_used, reason = "a test")]

mod accounts;
mod audit;
mod claims;
mod counters;
mod database;
mod flows;
mod methods;
mod nodes;
mod outbox;
mod policy;
#[path = "../support/postgres.rs"]
mod postgres;
mod sessions;

use jiff::Timestamp;
use sspr_server::store::SqlStore;
use sspr_service::{Store, store::Memory};
use std::{future::Future, sync::Arc};

type Shared = Arc<dyn Store>;

/// How many tasks want the same thing at once.
const RIVALS: usize = 40;

/// Connections of a store.
const CONNECTIONS: u32 = 8;

/// Runs a scenario against each store.
async fn on_every_store<F: Future<Output = ()>>(scenario: impl Fn(Shared) -> F) {
    scenario(Arc::new(Memory::default())).await;
    let folder = tempfile::tempdir().unwrap();
    let store = SqlStore::open_sqlite(&folder.path().join("store.sqlite"), CONNECTIONS).await.unwrap();
    scenario(Arc::new(store.clone())).await;
    store.close().await;
    let store = postgres::Database::new().await.open().await;
    scenario(Arc::new(store.clone())).await;
    store.close().await;
}

/// What all rivals got, each having tried at once with the others.
async fn all_at_once<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    attempt: impl Fn(usize) -> F,
) -> Vec<T> {
    let tasks: Vec<_> = (0..RIVALS).map(|rival| tokio::spawn(attempt(rival))).collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.unwrap());
    }
    outcomes
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_keeps_everything_over_a_restart_and_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a?b#c%.sqlite");
    let store = SqlStore::open_sqlite(&path, CONNECTIONS).await.unwrap();
    store.insert_account(&accounts::account("mai")).await.unwrap();
    store.close().await;
    let store = SqlStore::open_sqlite(&path, CONNECTIONS).await.unwrap();
    assert!(store.account_by_identifier("mai").await.unwrap().is_some());
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_absent_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error =
        SqlStore::open_sqlite(&folder.path().join("absent/store.sqlite"), CONNECTIONS).await.unwrap_err();
    assert!(error.to_string().contains("absent/store.sqlite"), "{error}");
    assert!(error.to_string().contains("check that its folder exists"), "{error}");
}
