//! The link in a mail.

use crate::support::Site;
use serde_json::json;

#[tokio::test]
async fn looking_spends_nothing_and_opening_moves_the_flow() {
    let site = Site::new().await;
    site.enroll_email("alice").await;
    let old = site.start("alice").await;
    site.send_code(&old).await;
    let link = json!({ "link_token": site.newest_link_token().await });

    for _ in 0..3 {
        let view = site.post("/recovery/link", &link).await.ok();
        assert_eq!(view.text("intent"), "reset");
        assert!(view.json()["flow"].is_null());
    }
    let opened = site.post("/recovery/link/open", &link).await.ok();
    assert_eq!(opened.text("state"), "set_password");
    let gone = site.call("GET", "/recovery").flow(&old).send(&site.router).await;
    assert_eq!(gone.problem(), (410, "flow-gone".to_owned()));
    let again = site.post("/recovery/link/open", &link).await;
    assert_eq!(again.problem(), (410, "flow-gone".to_owned()));
}

#[tokio::test]
async fn a_link_that_never_was_is_gone() {
    let site = Site::new().await;
    for path in ["/recovery/link", "/recovery/link/open"] {
        let answer = site.post(path, &json!({ "link_token": "made-up" })).await;
        assert_eq!(answer.problem(), (410, "flow-gone".to_owned()), "{path}");
    }
}
