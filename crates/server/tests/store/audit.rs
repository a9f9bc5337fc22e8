//! The chain over the audit log: what is done to the database behind the server's back is found, and most of it refused.

use super::{all_at_once, at, on_every_store, postgres::Database};
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Connection};
use sspr_core::wire::SignIn;
use sspr_server::{SystemClock, store::SqlStore};
use sspr_service::{
    Caller, LocalDirectory, MasterKey, Service, Settings, Store,
    audit::{FaultKind, Head},
    store::{AuditFilter, Proof},
};
use std::sync::Arc;

fn service(store: Arc<dyn Store>, key: u8) -> Service {
    let mut settings = Settings::default();
    settings.password.hashing = sspr_service::settings::Hashing { memory: 8, passes: 1, lanes: 1 };
    let directory = Arc::new(LocalDirectory::new(store.clone(), Arc::new(SystemClock), &settings));
    Service::new(settings, MasterKey::new([key; 32]), store, directory, Arc::new(SystemClock)).unwrap()
}

/// Writes a line for each: nobody has the account.
async fn write(service: &Service, lines: usize) {
    for _ in 0..lines {
        let sign_in = SignIn { identifier: "nobody".into(), password: "wrong".into() };
        assert!(service.sign_in(&Caller::default(), sign_in).await.is_err());
    }
}

async fn link(service: &Service) {
    while service.link_audit().await.unwrap() > 0 {}
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_of_many_writers_and_linkers_at_once_are_one_chain() {
    on_every_store(|store| async move {
        let service = service(store.clone(), 1);
        let shared = service.clone();
        all_at_once(move |_| {
            let service = shared.clone();
            async move {
                write(&service, 3).await;
                // One at a time; who finds another at it goes on.
                service.link_audit().await.unwrap();
            }
        })
        .await;
        link(&service).await;
        let verdict = service.verify_audit(None).await.unwrap();
        assert!(verdict.holds(), "{verdict:?}");
        assert_eq!((verdict.linked, verdict.waiting), (120, 0));
        assert_eq!(verdict.head.unwrap().seq, 120);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_waits_is_proved_and_one_of_before_the_chain_is_told_apart() {
    on_every_store(|store| async move {
        let service = service(store.clone(), 1);
        let old = sspr_service::store::AuditRow {
            at: at(0),
            activity: "sign_in".into(),
            result: "success".into(),
            account: None,
            detail: None,
            address: None,
            request_id: None,
            proof: Proof::default(),
        };
        store.append_audit(&old).await.unwrap();
        write(&service, 2).await;
        link(&service).await;
        write(&service, 1).await;
        let verdict = service.verify_audit(None).await.unwrap();
        assert_eq!((verdict.unproved, verdict.linked, verdict.waiting), (1, 2, 1));
        assert!(verdict.holds(), "{verdict:?}");
        store.append_audit(&old).await.unwrap();
        let verdict = service.verify_audit(None).await.unwrap();
        assert_eq!(verdict.faults[0].kind, FaultKind::Changed, "a new line without a proof is nobody's");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_proves_nothing_and_a_kept_head_must_still_be_there() {
    on_every_store(|store| async move {
        let ours = service(store.clone(), 1);
        write(&ours, 5).await;
        link(&ours).await;
        let head = ours.verify_audit(None).await.unwrap().head.unwrap();
        assert_eq!(head.to_string().parse::<Head>().unwrap(), head);
        write(&ours, 2).await;
        link(&ours).await;
        assert!(ours.verify_audit(Some(&head)).await.unwrap().holds());
        let beyond = Head { seq: 99, link: head.link.clone() };
        let verdict = ours.verify_audit(Some(&beyond)).await.unwrap();
        assert_eq!(verdict.faults[0].kind, FaultKind::Head);
        let other = service(store.clone(), 2).verify_audit(None).await.unwrap();
        assert_eq!(other.faults_in_all, 7);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forgotten_on_purpose_leaves_a_checkpoint_that_the_rest_follows() {
    on_every_store(|store| async move {
        let service = service(store.clone(), 1);
        write(&service, 5).await;
        link(&service).await;
        let lines = store.audit_lines(0, &AuditFilter::default(), 9).await.unwrap();
        let between = lines[3].row.at;
        let gone = service.prune_audit(between).await.unwrap();
        assert!(gone <= 3, "those at or after that time stay: {gone}");
        let verdict = service.verify_audit(None).await.unwrap();
        assert!(verdict.holds(), "{verdict:?}");
        assert_eq!(verdict.linked, 5 - gone);
        assert_eq!(u64::try_from(verdict.forgotten).unwrap(), gone);
        let all = service.prune_audit(Timestamp::MAX).await.unwrap();
        assert_eq!(all, 5 - gone);
        write(&service, 1).await;
        link(&service).await;
        let verdict = service.verify_audit(None).await.unwrap();
        assert!(verdict.holds(), "{verdict:?}");
        assert_eq!(verdict.head.unwrap().seq, 6, "numbers go on");
    })
    .await;
}

/// A database that can be written to without the server.
enum Engine {
    Sqlite(tempfile::TempDir),
    Postgres(Database),
}

impl Engine {
    async fn both() -> [Self; 2] {
        [Self::Sqlite(tempfile::tempdir().unwrap()), Self::Postgres(Database::new().await)]
    }

    async fn open(&self) -> SqlStore {
        match self {
            Self::Sqlite(folder) => SqlStore::open_sqlite(&folder.path().join("a.sqlite"), 4).await.unwrap(),
            Self::Postgres(database) => database.open().await,
        }
    }

    /// Runs statements as somebody who has the database alone.
    async fn run(&self, text: &str) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(folder) => {
                let path = folder.path().join("a.sqlite");
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
                let mut connection = sqlx::SqliteConnection::connect_with(&options).await?;
                sqlx::raw_sql(AssertSqlSafe(text.to_owned())).execute(&mut connection).await.map(drop)
            }
            Self::Postgres(database) => {
                let mut connection = sqlx::PgConnection::connect(&database.url).await?;
                sqlx::raw_sql(AssertSqlSafe(text.to_owned())).execute(&mut connection).await.map(drop)
            }
        }
    }

    async fn drop_triggers(&self) {
        let text = match self {
            Self::Sqlite(_) => "DROP TRIGGER audit_unchanged; DROP TRIGGER audit_kept;",
            Self::Postgres(_) => "ALTER TABLE audit DISABLE TRIGGER USER;",
        };
        self.run(text).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_refuses_to_change_or_delete_a_line() {
    for engine in Engine::both().await {
        let store = engine.open().await;
        let service = service(Arc::new(store.clone()), 1);
        write(&service, 3).await;
        link(&service).await;
        write(&service, 1).await;
        for statement in [
            "UPDATE audit SET result = 'success' WHERE seq = 2",
            "UPDATE audit SET result = 'success' WHERE seq IS NULL",
            "UPDATE audit SET seq = 9 WHERE seq = 2",
            "DELETE FROM audit WHERE seq = 2",
            "DELETE FROM audit WHERE seq IS NULL",
        ] {
            let refused = engine.run(statement).await.unwrap_err().to_string();
            assert!(refused.contains("the audit log only grows"), "{statement}: {refused}");
        }
        assert!(service.verify_audit(None).await.unwrap().holds());
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_past_the_triggers_is_found_at_its_line() {
    let copied = "at, activity, result, account, detail, address, request_id, mac, link";
    let insert = format!(
        "INSERT INTO audit ({copied}, entry, seq) SELECT {copied}, 'another', 11 FROM audit WHERE seq = 10"
    );
    let twice = format!(
        "DROP INDEX audit_by_entry; INSERT INTO audit ({copied}, entry, seq) \
         SELECT {copied}, entry, NULL FROM audit WHERE seq = 4; UPDATE audit SET link = NULL WHERE seq IS NULL"
    );
    let cases = [
        ("changed", "UPDATE audit SET result = 'success' WHERE seq = 4", FaultKind::Changed, Some(4)),
        ("emptied", "UPDATE audit SET address = '' WHERE seq = 4", FaultKind::Changed, Some(4)),
        ("moved in time", "UPDATE audit SET at = at + 1 WHERE seq = 4", FaultKind::Changed, Some(4)),
        ("deleted", "DELETE FROM audit WHERE seq = 4", FaultKind::Missing, Some(5)),
        ("first deleted", "DELETE FROM audit WHERE seq = 1", FaultKind::Missing, Some(2)),
        (
            "deleted and closed up",
            "DELETE FROM audit WHERE seq = 10; UPDATE audit SET seq = -seq WHERE seq = 9; \
             UPDATE audit SET seq = 10 WHERE seq = -9",
            FaultKind::Missing,
            Some(10),
        ),
        (
            "reordered",
            "UPDATE audit SET seq = -4 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 5; \
             UPDATE audit SET seq = 5 WHERE seq = -4",
            FaultKind::Misplaced,
            Some(4),
        ),
        ("put in at the end", insert.as_str(), FaultKind::Changed, Some(11)),
        ("an old line written again", twice.as_str(), FaultKind::Inserted, None),
        ("relinked", "UPDATE audit SET link = mac WHERE seq = 4", FaultKind::Misplaced, Some(4)),
    ];
    for (what, statements, kind, seq) in cases {
        for engine in Engine::both().await {
            let store = engine.open().await;
            let service = service(Arc::new(store.clone()), 1);
            write(&service, 10).await;
            link(&service).await;
            engine.drop_triggers().await;
            engine.run(statements).await.unwrap();
            link(&service).await;
            let verdict = service.verify_audit(None).await.unwrap();
            let first = verdict.faults.first().unwrap_or_else(|| panic!("{what}: not found"));
            assert_eq!((first.kind, first.seq), (kind, seq), "{what}: {verdict:?}");
            store.close().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_end_is_found_by_the_head_that_was_kept_and_by_nothing_else() {
    for engine in Engine::both().await {
        let store = engine.open().await;
        let service = service(Arc::new(store.clone()), 1);
        write(&service, 10).await;
        link(&service).await;
        let head = service.verify_audit(None).await.unwrap().head.unwrap();
        engine.drop_triggers().await;
        engine.run("DELETE FROM audit WHERE seq > 7").await.unwrap();
        assert!(service.verify_audit(None).await.unwrap().holds());
        let verdict = service.verify_audit(Some(&head)).await.unwrap();
        assert_eq!((verdict.faults[0].kind, verdict.faults[0].seq), (FaultKind::Head, Some(10)));
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkpoint_that_somebody_else_wrote_is_none() {
    for engine in Engine::both().await {
        let store = engine.open().await;
        let service = service(Arc::new(store.clone()), 1);
        write(&service, 10).await;
        link(&service).await;
        let forged = "INSERT INTO audit_checkpoints (seq, link, at, mac) SELECT seq, link, at, mac FROM audit \
                      WHERE seq = 6; DELETE FROM audit WHERE seq <= 6";
        engine.run(forged).await.unwrap();
        let verdict = service.verify_audit(None).await.unwrap();
        assert_eq!(verdict.faults[0].kind, FaultKind::Checkpoint);
        store.close().await;
    }
}
