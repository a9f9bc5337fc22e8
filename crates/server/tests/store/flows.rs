use super::{all_at_once, at, on_every_store};
use sspr_service::store::{AuditRow, Effects, FlowRow, MessageRow, Proof};

fn flow() -> FlowRow {
    FlowRow {
        id: "flow".into(),
        token_hash: vec![1; 32],
        link_hash: Some(vec![2; 32]),
        sealed: vec![3, 0],
        expires_at: at(900),
        version: 0,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_opens_by_its_token_or_link_and_by_nothing_else() {
    on_every_store(|store| async move {
        store.insert_flow(&flow()).await.unwrap();
        assert_eq!(store.flow_by_token(&[1; 32]).await.unwrap(), Some(flow()));
        assert_eq!(store.flow_by_link(&[2; 32]).await.unwrap(), Some(flow()));
        assert_eq!(store.flow_by_token(&[2; 32]).await.unwrap(), None);
        assert_eq!(store.flow_by_link(&[1; 32]).await.unwrap(), None);
        assert!(store.end_flow(&flow(), &Effects::default()).await.unwrap());
        assert_eq!(store.flow_by_token(&[1; 32]).await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replaced_token_is_dead_and_of_many_replacements_one_counts() {
    on_every_store(|store| async move {
        store.insert_flow(&flow()).await.unwrap();
        let shared = store.clone();
        let wins = all_at_once(move |rival| {
            let store = shared.clone();
            async move {
                let token_hash = vec![u8::try_from(100 + rival).unwrap(); 32];
                let next = FlowRow { token_hash, link_hash: None, ..flow() };
                store.update_flow(&next, &Effects::default()).await.unwrap().then_some(next)
            }
        })
        .await;
        let wins: Vec<FlowRow> = wins.into_iter().flatten().collect();
        assert_eq!(wins.len(), 1);
        assert_eq!(store.flow_by_token(&[1; 32]).await.unwrap(), None);
        assert_eq!(store.flow_by_link(&[2; 32]).await.unwrap(), None);
        let row = store.flow_by_token(&wins[0].token_hash).await.unwrap().unwrap();
        assert_eq!(row.version, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sweep_forgets_what_is_over_and_nothing_else() {
    on_every_store(|store| async move {
        store.insert_flow(&flow()).await.unwrap();
        store.hit("bucket", at(0), 60).await.unwrap();
        assert_eq!(store.sweep(at(30), 100).await.unwrap(), 0);
        assert_eq!(store.sweep(at(60), 100).await.unwrap(), 1);
        assert!(store.flow_by_token(&[1; 32]).await.unwrap().is_some());
        assert_eq!(
            store.sweep(at(900), 100).await.unwrap(),
            0,
            "what a flow ends in is not the store's to know"
        );
        assert!(store.flow_by_token(&[1; 32]).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_is_over_is_ended_with_its_line_by_one_of_many() {
    on_every_store(|store| async move {
        store.insert_flow(&flow()).await.unwrap();
        assert!(store.flows_over(at(899), 9).await.unwrap().is_empty());
        assert_eq!(store.flows_over(at(900), 9).await.unwrap(), [flow()]);
        let later = FlowRow { version: 1, ..flow() };
        assert!(
            !store.end_flow(&later, &Effects::default()).await.unwrap(),
            "another version is another step"
        );
        let shared = store.clone();
        let ended = all_at_once(move |_| {
            let store = shared.clone();
            let effects = Effects { audit: Some(line()), ..Effects::default() };
            async move { store.end_flow(&flow(), &effects).await.unwrap() }
        })
        .await;
        assert_eq!(ended.into_iter().filter(|ended| *ended).count(), 1);
        assert_eq!(store.audit(None, 99).await.unwrap(), [line()]);
        assert_eq!(store.flow_by_token(&[1; 32]).await.unwrap(), None);
    })
    .await;
}

fn line() -> AuditRow {
    AuditRow {
        at: at(0),
        activity: "reset_password".into(),
        result: "success".into(),
        account: None,
        detail: None,
        address: None,
        request_id: None,
        proof: Proof::default(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_and_the_audit_line_of_a_step_are_written_where_the_step_is() {
    on_every_store(|store| async move {
        let message = MessageRow {
            id: "one".into(),
            sealed: Some(vec![1]),
            due_at: at(0),
            attempts: 0,
            expires_at: at(9),
        };
        let line = line();
        let effects = Effects { messages: vec![message.clone()], audit: Some(line.clone()) };
        store.insert_flow(&flow()).await.unwrap();
        let late = FlowRow { version: 7, ..flow() };
        assert!(!store.update_flow(&late, &effects).await.unwrap());
        assert!(store.audit(None, 9).await.unwrap().is_empty());
        assert!(store.lease_messages(at(0), 9, 1).await.unwrap().is_empty());
        assert!(store.update_flow(&flow(), &effects).await.unwrap());
        assert_eq!(store.audit(None, 9).await.unwrap(), [line]);
        assert_eq!(store.lease_messages(at(0), 9, 1).await.unwrap().len(), 1);
    })
    .await;
}
