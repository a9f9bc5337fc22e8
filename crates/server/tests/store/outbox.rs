use super::{all_at_once, at, on_every_store};
use sspr_service::store::{AuditRow, Delivery, MessageRow};

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
        };
        for (activity, account) in [("one", "mai"), ("two", "ren"), ("three", "mai")] {
            store.append_audit(&line(activity, account)).await.unwrap();
        }
        assert_eq!(store.audit(Some("mai"), 9).await.unwrap(), [line("three", "mai"), line("one", "mai")]);
        assert_eq!(store.audit(None, 2).await.unwrap(), [line("three", "mai"), line("two", "ren")]);
    })
    .await;
}
