//! The key that the database is sealed by.

use super::setup::Site;
use std::fs;

#[tokio::test(flavor = "multi_thread")]
async fn another_key_and_a_lost_one_are_told_apart_and_no_new_one_is_made() {
    let site = Site::new().await;
    site.secret("key", &"ab".repeat(32));
    site.examine().await.is_broken_by("key-other");
    fs::remove_file(site.path("key")).unwrap();
    site.examine().await.is_broken_by("key-unreadable");
    assert!(!site.path("key").exists());
}
