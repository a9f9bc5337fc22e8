use super::{all_at_once, at, on_every_store};
use sspr_service::store::Hits;

#[tokio::test(flavor = "multi_thread")]
async fn no_hit_is_lost_when_many_come_at_once() {
    on_every_store(|store| async move {
        let shared = store.clone();
        let hits = all_at_once(move |_| {
            let store = shared.clone();
            async move { store.hit("bucket", at(0), 60).await.unwrap().count }
        })
        .await;
        let mut counts = hits.clone();
        counts.sort_unstable();
        assert_eq!(counts, (1..=u32::try_from(hits.len()).unwrap()).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_starts_with_its_first_hit_and_ends_on_time() {
    on_every_store(|store| async move {
        let hits = |count, resets_in| Hits { count, resets_in };
        assert_eq!(store.hits("bucket", at(0)).await.unwrap(), hits(0, 0));
        assert_eq!(store.hit("bucket", at(0), 60).await.unwrap(), hits(1, 60));
        assert_eq!(store.hit("bucket", at(59), 60).await.unwrap(), hits(2, 1));
        assert_eq!(store.hits("bucket", at(59)).await.unwrap(), hits(2, 1));
        assert_eq!(store.hits("bucket", at(60)).await.unwrap(), hits(0, 0));
        assert_eq!(store.hit("bucket", at(60), 60).await.unwrap(), hits(1, 60));
        store.clear_hits("bucket").await.unwrap();
        assert_eq!(store.hits("bucket", at(60)).await.unwrap(), hits(0, 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hit_is_taken_back_and_never_more_than_there_were() {
    on_every_store(|store| async move {
        store.take_back_hit("bucket").await.unwrap();
        assert_eq!(store.hit("bucket", at(0), 60).await.unwrap().count, 1);
        assert_eq!(store.hit("bucket", at(1), 60).await.unwrap().count, 2);
        store.take_back_hit("bucket").await.unwrap();
        assert_eq!(store.hits("bucket", at(2)).await.unwrap(), Hits { count: 1, resets_in: 58 });
        for _ in 0..3 {
            store.take_back_hit("bucket").await.unwrap();
        }
        assert_eq!(store.hits("bucket", at(2)).await.unwrap().count, 0);
    })
    .await;
}
