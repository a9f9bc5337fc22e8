use super::{all_at_once, at, on_every_store};
use sspr_service::store::AccountRow;

pub(super) fn account(name: &str) -> AccountRow {
    AccountRow {
        id: format!("id-of-{name}"),
        username: name.into(),
        email: Some(format!("{name}@example.org")),
        display_name: Some("前田 舞".into()),
        locale: None,
        groups: vec!["staff".into(), "with \"quotes\"".into()],
        admin: false,
        disabled: false,
        password_hash: None,
        password_history: vec![],
        password_changed_at: Some(at(5)),
        failed_sign_ins: 0,
        locked_until: None,
        version: 0,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_comes_back_as_it_was_by_name_address_and_id() {
    on_every_store(|store| async move {
        let mai = account("mai");
        assert!(store.insert_account(&mai).await.unwrap());
        for found in [
            store.account_by_identifier("mai").await,
            store.account_by_identifier("mai@example.org").await,
            store.account("id-of-mai").await,
        ] {
            assert_eq!(found.unwrap().as_ref(), Some(&mai));
        }
        assert_eq!(store.account_by_identifier("nobody").await.unwrap(), None);
        assert_eq!(store.account_by_identifier("mai\0").await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_or_address_belongs_to_one_account() {
    on_every_store(|store| async move {
        assert!(store.insert_account(&account("mai")).await.unwrap());
        assert!(!store.insert_account(&account("mai")).await.unwrap());
        let same_address = AccountRow { email: Some("mai@example.org".into()), ..account("other") };
        assert!(!store.insert_account(&same_address).await.unwrap());
        let name_is_an_address = AccountRow { email: None, ..account("mai@example.org") };
        assert!(!store.insert_account(&name_is_an_address).await.unwrap());
        let no_address = |name| AccountRow { email: None, ..account(name) };
        assert!(store.insert_account(&no_address("one")).await.unwrap());
        assert!(store.insert_account(&no_address("two")).await.unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_writers_one_wins_and_the_other_learns_it() {
    on_every_store(|store| async move {
        store.insert_account(&account("mai")).await.unwrap();
        let shared = store.clone();
        let wins = all_at_once(move |rival| {
            let store = shared.clone();
            async move {
                let failed_sign_ins = u32::try_from(rival).unwrap();
                let row = AccountRow { failed_sign_ins, locked_until: Some(at(9)), ..account("mai") };
                store.update_account(&row).await.unwrap()
            }
        })
        .await;
        assert_eq!(wins.iter().filter(|won| **won).count(), 1);
        let row = store.account("id-of-mai").await.unwrap().unwrap();
        assert_eq!((row.version, row.locked_until), (1, Some(at(9))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_are_those_who_may_still_sign_in() {
    on_every_store(|store| async move {
        let admin = |name, disabled| AccountRow { admin: true, disabled, ..account(name) };
        for row in [account("mai"), admin("ann", false), admin("gone", true)] {
            store.insert_account(&row).await.unwrap();
        }
        let names: Vec<_> = store.administrators().await.unwrap().into_iter().map(|it| it.username).collect();
        assert_eq!(names, ["ann"]);
    })
    .await;
}
