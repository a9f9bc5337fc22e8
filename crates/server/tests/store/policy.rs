use super::{all_at_once, at, on_every_store};
use sspr_service::store::{AuditRow, PolicyRow};

fn row(version: i64, overlay: &str) -> PolicyRow {
    PolicyRow { version, overlay: Some(overlay.into()), changed_at: at(10), changed_by: Some("boss".into()) }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_changes_of_one_version_one_counts_and_only_its_line_is_written() {
    on_every_store(|store| async move {
        assert_eq!(store.policy_besides(0).await.unwrap(), None);
        for version in 0..2 {
            let shared = store.clone();
            let changes = all_at_once(move |number| {
                let store = shared.clone();
                async move {
                    let line = AuditRow {
                        at: at(10),
                        activity: "change_policy".into(),
                        result: "success".into(),
                        account: Some(format!("policy-{version}")),
                        detail: Some(number.to_string()),
                        address: None,
                        request_id: None,
                        proof: Default::default(),
                    };
                    store.change_policy(&row(version, &number.to_string()), &[line]).await.unwrap()
                }
            })
            .await;
            assert_eq!(changes.into_iter().filter(|won| *won).count(), 1);
            let kept = store.policy_besides(version).await.unwrap().unwrap();
            let lines = store.audit(Some(&format!("policy-{version}")), 10).await.unwrap();
            assert_eq!((kept.version, lines.len()), (version + 1, 1));
            assert_eq!(lines[0].detail, kept.overlay);
            assert_eq!(store.policy_besides(version + 1).await.unwrap(), None);
        }
    })
    .await;
}
