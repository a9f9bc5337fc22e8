//! `GET /passwords/range/{prefix}`.

use crate::support::Site;
use async_trait::async_trait;
use sspr_service::breached::{BreachedList, ListUnavailable};
use std::sync::Arc;

/// Answers every question but one.
struct List;

#[async_trait]
impl BreachedList for List {
    async fn range(&self, prefix: &str) -> Result<String, ListUnavailable> {
        match prefix {
            "00000" => Err(ListUnavailable("it answered 503".into())),
            _ => Ok("0018A45C4D1DEF81644B54AB7F969B88D65:3\r\n".into()),
        }
    }
}

#[tokio::test]
async fn the_lines_come_as_text_and_are_not_kept() {
    let site = Site::new().await.with_service(|service| service.with_breached_list(Arc::new(List), None));
    let answer = site.get("/passwords/range/5BAA6").await.ok();
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.body, b"0018A45C4D1DEF81644B54AB7F969B88D65:3\r\n");
}

#[tokio::test]
async fn each_way_to_get_none_has_its_problem() {
    let site = Site::new().await;
    let problem =
        async |site: &Site, prefix: &str| site.get(&format!("/passwords/range/{prefix}")).await.problem();
    assert_eq!(problem(&site, "5BAA6").await, (403, "not-allowed".into()));
    let site = site.with_service(|service| service.with_breached_list(Arc::new(List), None));
    assert_eq!(problem(&site, "5BAA").await, (422, "value-rejected".into()));
    assert_eq!(problem(&site, "%2e%2e%2f..").await, (422, "value-rejected".into()));
    // No text at all (found by fuzzing).
    assert_eq!(problem(&site, "%BCDE").await, (422, "value-rejected".into()));
    assert_eq!(problem(&site, "00000").await, (502, "breached-list-unavailable".into()));
}
