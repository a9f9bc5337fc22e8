use super::{all_at_once, at, on_every_store};
use sspr_server::store::SqlStore;
use sspr_service::{
    Store,
    store::{AuditRow, Delivery, MessageRow, Proof},
};

fn message(id: usize) -> MessageRow {
    MessageRow {
        id: format!("message-{id:03}"),
        sealed: Some(vec![9]),
        due_at: at(0),
        attempts: 0,
        expires_at: at(600),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_message_is_taken_by_exactly_one_worker() {
    on_every_store(|store| async move {
        for id in 0..100 {
            store.push_message(&message(id)).await.unwrap();
        }
        let shared = store.clone();
        let taken = all_at_once(move |_| {
            let store = shared.clone();
            async move { store.lease_messages(at(1), 3, 60).await.unwrap() }
        })
        .await;
        let mut ids: Vec<String> = taken.into_iter().flatten().map(|message| message.id).collect();
        ids.sort();
        assert_eq!(ids, (0..100).map(|id| message(id).id).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_whose_worker_died_is_taken_again_with_its_tries_counted() {
    on_every_store(|store| async move {
        store.push_message(&message(0)).await.unwrap();
        assert_eq!(store.lease_messages(at(0), 10, 60).await.unwrap()[0].attempts, 1);
        assert!(store.lease_messages(at(59), 10, 60).await.unwrap().is_empty());
        assert_eq!(store.lease_messages(at(60), 10, 60).await.unwrap()[0].attempts, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_comes_again_when_told_and_never_once_it_is_settled() {
    on_every_store(|store| async move {
        store.push_message(&message(0)).await.unwrap();
        store.push_message(&MessageRow { sealed: None, ..message(1) }).await.unwrap();
        store.push_message(&message(2)).await.unwrap();
        assert_eq!(store.lease_messages(at(0), 10, 60).await.unwrap().len(), 3);
        store.settle_message("message-000", 1, Delivery::Retry(at(20))).await.unwrap();
        store.settle_message("message-001", 1, Delivery::Finished).await.unwrap();
        store.settle_message("message-002", 1, Delivery::Dead("refused".into())).await.unwrap();
        assert!(store.lease_messages(at(19), 10, 60).await.unwrap().is_empty());
        let again = store.lease_messages(at(500), 10, 60).await.unwrap();
        assert_eq!(again.iter().map(|message| message.id.as_str()).collect::<Vec<_>>(), ["message-000"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_too_late_changes_nothing_unless_the_message_arrived() {
    on_every_store(|store| async move {
        store.push_message(&message(0)).await.unwrap();
        store.lease_messages(at(0), 10, 60).await.unwrap();
        assert_eq!(store.lease_messages(at(60), 10, 60).await.unwrap()[0].attempts, 2);
        store.settle_message("message-000", 1, Delivery::Retry(at(61))).await.unwrap();
        store.settle_message("message-000", 1, Delivery::Dead("refused".into())).await.unwrap();
        assert!(store.lease_messages(at(119), 10, 60).await.unwrap().is_empty());
        assert_eq!(store.lease_messages(at(120), 10, 60).await.unwrap()[0].attempts, 3);
        store.settle_message("message-000", 1, Delivery::Finished).await.unwrap();
        assert!(store.lease_messages(at(500), 10, 60).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_shows_the_newest_first_of_one_or_of_all() {
    on_every_store(|store| async move {
        let line = |activity: &str, account: &str| AuditRow {
            at: at(0),
            activity: activity.into(),
            result: "success".into(),
            account: Some(account.into()),
            detail: None,
            address: Some("192.0.2.0/24".into()),
            request_id: None,
            proof: Proof::default(),
        };
        for (activity, account) in [("one", "mai"), ("two", "ren"), ("three", "mai")] {
            store.append_audit(&line(activity, account)).await.unwrap();
        }
        assert_eq!(store.audit(Some("mai"), 9).await.unwrap(), [line("three", "mai"), line("one", "mai")]);
        assert_eq!(store.audit(None, 2).await.unwrap(), [line("three", "mai"), line("two", "ren")]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_is_listed_tried_again_or_dropped_until_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = SqlStore::open_sqlite(&folder.path().join("store.sqlite"), 4).await.unwrap();
    let postgres = super::postgres::Database::new().await.open().await;
    for store in [sqlite, postgres] {
        for id in 0..2 {
            store.push_message(&message(id)).await.unwrap();
        }
        store.push_message(&MessageRow { sealed: None, ..message(2) }).await.unwrap();
        store.lease_messages(at(0), 10, 60).await.unwrap();
        assert!(!store.retry_message("message-000", at(1)).await.unwrap(), "it is in hand");
        store.settle_message("message-000", 1, Delivery::Dead("refused".into())).await.unwrap();
        let listed = store.waiting_messages(at(1), 10).await.unwrap();
        assert_eq!(listed.len(), 2, "a message that is thrown away is not shown: {listed:?}");
        assert_eq!((listed[0].given_up.as_deref(), listed[0].in_hand_until), (Some("refused"), None));
        assert_eq!((listed[1].given_up.as_deref(), listed[1].in_hand_until), (None, Some(at(60))));
        let fill = store.outbox_fill().await.unwrap();
        assert_eq!((fill.waiting, fill.dead, fill.due_since), (2, 1, Some(at(0))));

        assert!(store.retry_message("message-000", at(2)).await.unwrap());
        let again = store.lease_messages(at(2), 10, 60).await.unwrap();
        assert_eq!((again[0].id.as_str(), again[0].sealed.as_deref()), ("message-000", Some(&[9][..])));
        store.settle_message("message-000", 2, Delivery::Dead("refused".into())).await.unwrap();
        store.sweep(at(600), 10).await.unwrap();
        assert!(!store.retry_message("message-000", at(599)).await.unwrap(), "its text is kept no longer");
        assert!(store.drop_message("message-000").await.unwrap());
        assert!(!store.drop_message("message-000").await.unwrap());
        store.close().await;
    }
}
