//! The file, and the files that it names.

use super::setup::Site;
use std::{fs, os::unix::fs::PermissionsExt};

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_wrong_or_not_there_is_a_finding_and_nothing_else_is_looked_at() {
    let mut site = Site::new().await;
    site.set("smtp", "port", Some("\"x\""));
    let said = site.examine().await;
    assert_eq!(said.findings.len(), 1);
    said.says("config-wrong", "smtp.port");
    fs::remove_file(site.path("sspr-server.toml")).unwrap();
    site.examine().await.is_broken_by("config-wrong");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_works_otherwise_than_the_file_says_is_warned_of() {
    let mut site = Site::new().await;
    site.set("gateway", "url", None);
    let said = site.examine().await;
    said.warns_of("config-warning");
    said.says("gateway-none", "");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_with_secrets_are_for_one_user_alone() {
    let site = Site::new().await;
    for (name, code) in
        [("key", "key-unreadable"), ("mail-password", "mail-config"), ("gateway-token", "gateway-config")]
    {
        fs::set_permissions(site.path(name), fs::Permissions::from_mode(0o644)).unwrap();
        let said = site.examine().await;
        said.is_broken_by(code);
        said.says(code, "chmod 600");
        fs::set_permissions(site.path(name), fs::Permissions::from_mode(0o600)).unwrap();
    }
    fs::remove_file(site.path("gateway-token")).unwrap();
    site.examine().await.is_broken_by("gateway-config");
}
