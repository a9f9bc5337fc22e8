//! `/healthz` and `/readyz`.

use crate::support::{Call, Site};

#[tokio::test]
async fn a_working_server_is_alive_and_ready() {
    let site = Site::new().await;
    for path in ["/healthz", "/readyz"] {
        let answer = Call::new("GET", path).send(&site.router).await.ok();
        assert_eq!(answer.text("status"), "ok", "{path}");
    }
}
