//! An installation in which nothing is wrong.

use super::setup::{Site, text};
use std::fs;

#[tokio::test(flavor = "multi_thread")]
async fn a_healthy_installation_is_well_and_stays_as_it_is() {
    let site = Site::new().await;
    let before = fs::read(site.path("db.sqlite")).unwrap();
    let said = site.examine().await;
    let well = [
        "config-ok",
        "database-ok",
        "key-ok",
        "mail-ok",
        "gateway-ok",
        "directory-local",
        "revocation-none",
        "breached-ok",
        "captcha-own",
        "identity-none",
        "clock-ok",
    ];
    assert_eq!(said.of("ok"), well, "{:#?}", said.findings);
    assert_eq!(said.findings.len(), well.len(), "{:#?}", said.findings);
    assert!(site.mailbox.messages().is_empty(), "nothing is sent");
    assert_eq!(fs::read(site.path("db.sqlite")).unwrap(), before, "nothing is written");
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_first_start_nothing_is_made_and_nothing_is_broken() {
    let site = Site::new().await;
    for made in ["db.sqlite", "key"] {
        fs::remove_file(site.path(made)).unwrap();
    }
    let said = site.examine().await;
    said.warns_of("database-new");
    said.warns_of("key-new");
    for file in ["db.sqlite", "key"] {
        assert!(!site.path(file).exists(), "{file}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_broken_is_told_with_what_mends_it() {
    let mut site = Site::new().await;
    site.set("smtp", "port", Some("9"));
    let output = site.run(&["doctor"]).await;
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stdout);
    assert!(
        told.contains("BROKEN  mail-unreachable: localhost:9") && told.contains("Check smtp.host"),
        "{told}"
    );
    assert!(text(&output.stderr).contains("broken: 1"), "{}", text(&output.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_mail_goes_only_where_it_is_asked_for() {
    let site = Site::new().await;
    let output = site.run(&["doctor", "--send-to", "you@example.org"]).await;
    assert!(text(&output.stdout).contains("mail-sent"), "{}", text(&output.stdout));
    let sent = site.mailbox.messages();
    assert_eq!(sent.iter().map(|it| it.to.as_str()).collect::<Vec<_>>(), ["you@example.org"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_is_started_with_is_what_is_looked_at() {
    let site = Site::new().await;
    let output = site.run(&["doctor", "--smtp-port", "9", "--gateway-url", "http://127.0.0.1:9/"]).await;
    let told = text(&output.stdout);
    assert!(told.contains("mail-unreachable") && told.contains("gateway-unreachable"), "{told}");
}
