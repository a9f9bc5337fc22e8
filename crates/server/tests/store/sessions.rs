use super::{at, on_every_store};
use sspr_service::store::SessionRow;

fn session(token: u8, account: &str) -> SessionRow {
    SessionRow {
        token_hash: vec![token; 32],
        account: account.into(),
        csrf: "csrf".into(),
        authenticated_at: at(0),
        expires_at: at(3600),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ending_the_others_keeps_the_own_session_and_those_of_other_people() {
    on_every_store(|store| async move {
        for row in [session(1, "mai"), session(2, "mai"), session(3, "mai"), session(4, "ren")] {
            store.insert_session(&row).await.unwrap();
        }
        assert_eq!(store.delete_sessions("mai", Some(&[2; 32])).await.unwrap(), 2);
        assert_eq!(store.session(&[2; 32]).await.unwrap(), Some(session(2, "mai")));
        assert_eq!(store.session(&[1; 32]).await.unwrap(), None);
        assert_eq!(store.delete_sessions("mai", None).await.unwrap(), 1);
        assert!(store.session(&[4; 32]).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_proof_is_noted_and_signing_out_ends_the_session() {
    on_every_store(|store| async move {
        store.insert_session(&session(1, "mai")).await.unwrap();
        store.refresh_session(&[1; 32], at(70)).await.unwrap();
        let row = store.session(&[1; 32]).await.unwrap().unwrap();
        assert_eq!(row, SessionRow { authenticated_at: at(70), ..session(1, "mai") });
        store.delete_session(&[1; 32]).await.unwrap();
        assert_eq!(store.session(&[1; 32]).await.unwrap(), None);
    })
    .await;
}
