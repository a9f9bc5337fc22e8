use super::{all_at_once, at, on_every_store};
use sspr_service::store::Claim;

#[tokio::test(flavor = "multi_thread")]
async fn of_many_equal_requests_one_runs_and_the_rest_wait_for_its_answer() {
    on_every_store(|store| async move {
        let shared = store.clone();
        let claims = all_at_once(move |_| {
            let store = shared.clone();
            async move { store.claim(b"key", b"body", at(0), 60, 600).await.unwrap() }
        })
        .await;
        assert_eq!(claims.iter().filter(|claim| **claim == Claim::Mine).count(), 1);
        assert_eq!(claims.iter().filter(|claim| **claim == Claim::Running).count(), claims.len() - 1);
        store.answer_claim(b"key", at(0), b"sealed").await.unwrap();
        let again = store.claim(b"key", b"body", at(599), 60, 600).await.unwrap();
        assert_eq!(again, Claim::Answered(b"sealed".to_vec()));
        assert_eq!(store.claim(b"key", b"body", at(600), 60, 600).await.unwrap(), Claim::Mine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_with_another_body_is_refused_even_after_a_death() {
    on_every_store(|store| async move {
        assert_eq!(store.claim(b"key", b"body", at(0), 60, 600).await.unwrap(), Claim::Mine);
        assert_eq!(store.claim(b"key", b"other", at(1), 60, 600).await.unwrap(), Claim::OtherBody);
        assert_eq!(store.claim(b"key", b"other", at(61), 60, 600).await.unwrap(), Claim::OtherBody);
        assert_eq!(store.claim(b"key", b"body", at(59), 60, 600).await.unwrap(), Claim::Running);
        assert_eq!(store.claim(b"key", b"body", at(61), 60, 600).await.unwrap(), Claim::Mine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_released_claim_may_be_tried_again() {
    on_every_store(|store| async move {
        store.claim(b"key", b"body", at(0), 60, 600).await.unwrap();
        store.release_claim(b"key", at(0)).await.unwrap();
        assert_eq!(store.claim(b"key", b"other", at(0), 60, 600).await.unwrap(), Claim::Mine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_too_long_neither_answers_nor_releases_for_its_successor() {
    on_every_store(|store| async move {
        assert_eq!(store.claim(b"key", b"body", at(0), 60, 600).await.unwrap(), Claim::Mine);
        assert_eq!(store.claim(b"key", b"body", at(60), 60, 600).await.unwrap(), Claim::Mine);
        store.release_claim(b"key", at(0)).await.unwrap();
        assert_eq!(store.claim(b"key", b"body", at(61), 60, 600).await.unwrap(), Claim::Running);
        store.answer_claim(b"key", at(0), b"late").await.unwrap();
        assert_eq!(store.claim(b"key", b"body", at(61), 60, 600).await.unwrap(), Claim::Running);
        store.answer_claim(b"key", at(60), b"sealed").await.unwrap();
        let again = store.claim(b"key", b"body", at(62), 60, 600).await.unwrap();
        assert_eq!(again, Claim::Answered(b"sealed".to_vec()));
    })
    .await;
}
