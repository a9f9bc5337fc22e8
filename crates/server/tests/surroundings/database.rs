//! The database, with its history, its rights and its seals broken.

use super::{
    postgres::Database,
    setup::{Said, Site},
};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::fs;

/// What the doctor says after a statement on the SQLite file.
async fn after(statement: &'static str) -> Said {
    let site = Site::new().await;
    let url = format!("sqlite:{}", site.path("db.sqlite").display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    site.examine().await
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_that_are_not_those_of_this_program_are_seen() {
    after("DELETE FROM _sqlx_migrations WHERE version = 3").await.warns_of("database-old");
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (99, 'x', TRUE, x'00', 0)";
    after(newer).await.is_broken_by("database-newer");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_file_stays_empty_and_another_file_is_no_database() {
    let mut site = Site::new().await;
    site.set("database", "url", Some("\"sqlite:other.sqlite\""));
    fs::write(site.path("other.sqlite"), "").unwrap();
    site.examine().await.warns_of("database-new");
    assert_eq!(fs::metadata(site.path("other.sqlite")).unwrap().len(), 0);
    fs::write(site.path("other.sqlite"), "no database at all, ".repeat(50)).unwrap();
    site.examine().await.is_broken_by("database-unreachable");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_takes_nothing_is_told_by_trying() {
    let full =
        "CREATE TRIGGER full BEFORE INSERT ON sealing_key BEGIN SELECT RAISE(ABORT, 'disk is full'); END";
    after(full).await.is_broken_by("database-read-only");
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_do_not_open_are_told_though_the_key_is_the_right_one() {
    let said =
        after("UPDATE methods SET sealed = zeroblob(64) WHERE id = (SELECT MIN(id) FROM methods)").await;
    said.is_broken_by("key-rows");
    said.says("key-rows", "1 of ");
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_is_looked_at_in_the_same_way_and_tells_the_time() {
    let database = Database::new().await;
    let mut site = Site::new().await;
    site.set("database", "url", Some(&format!("\"{}\"", database.url)));
    site.examine().await.warns_of("database-new");
    assert!(site.run(&["outbox", "list"]).await.status.success(), "which brings the tables up to date");
    let said = site.examine().await;
    said.says("database-ok", "can be written to");
    said.says("clock-ok", "the database");
    assert!(said.of("broken").is_empty(), "{:#?}", said.findings);

    let name = database.url.split('/').nth(3).unwrap().split('?').next().unwrap().to_owned();
    let mut connection = sqlx::PgConnection::connect(&database.url).await.unwrap();
    let statement = AssertSqlSafe(format!("ALTER DATABASE {name} SET default_transaction_read_only = on"));
    sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
    site.examine().await.is_broken_by("database-read-only");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_is_told_without_its_password() {
    let mut site = Site::new().await;
    site.set("database", "url", Some("\"postgres://sspr:marked-db-password@127.0.0.1:9/sspr\""));
    site.examine().await.is_broken_by("database-unreachable");
    site.set("database", "password_file", Some("\"nowhere\""));
    site.examine().await.says("database-unreachable", "database.password_file");
}
