use super::{all_at_once, at, on_every_store};
use sspr_core::wire::MethodKind;
use sspr_service::store::MethodRow;

fn method(id: &str, created: i64) -> MethodRow {
    MethodRow {
        id: id.into(),
        account: "mai".into(),
        kind: MethodKind::Totp,
        sealed: vec![0, 1, 255],
        value_hash: Some(vec![7; 32]),
        label: Some("Telefon".into()),
        verified: false,
        primary: true,
        created_at: at(created),
        last_used_at: None,
        confirmed_at: Some(at(3)),
        version: 0,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn methods_come_oldest_first_and_only_to_their_account() {
    on_every_store(|store| async move {
        let (first, second) = (method("z", 1), method("a", 2));
        store.insert_method(&first).await.unwrap();
        store.insert_method(&second).await.unwrap();
        assert_eq!(store.methods("mai").await.unwrap(), [first, second]);
        assert_eq!(store.methods("ren").await.unwrap(), []);
        assert!(!store.delete_method("ren", "z").await.unwrap());
        assert!(store.delete_method("mai", "z").await.unwrap());
        assert!(!store.delete_method("mai", "z").await.unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_that_many_spend_at_once_is_spent_once() {
    on_every_store(|store| async move {
        store.insert_method(&method("codes", 1)).await.unwrap();
        let shared = store.clone();
        let wins = all_at_once(move |_| {
            let store = shared.clone();
            async move {
                let used = MethodRow { last_used_at: Some(at(8)), sealed: vec![], ..method("codes", 1) };
                store.update_method(&used).await.unwrap()
            }
        })
        .await;
        assert_eq!(wins.iter().filter(|won| **won).count(), 1);
        let row = &store.methods("mai").await.unwrap()[0];
        assert_eq!((row.version, row.last_used_at, row.sealed.len()), (1, Some(at(8)), 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_time_that_registering_was_put_off_stays() {
    on_every_store(|store| async move {
        assert_eq!(store.registration_skipped_at("mai").await.unwrap(), None);
        store.skip_registration("mai", at(1)).await.unwrap();
        store.skip_registration("mai", at(9)).await.unwrap();
        assert_eq!(store.registration_skipped_at("mai").await.unwrap(), Some(at(1)));
    })
    .await;
}
