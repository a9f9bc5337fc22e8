//! The files that are served, and those beside them.

use crate::{
    raw::exchange,
    site::{Setup, Site},
    table::Attack,
};
use std::fs;

const MARK: &str = "marked-secret-file";

#[tokio::test]
async fn no_path_leads_out_of_the_folder_that_is_served() {
    let attack = Attack::new("files", "path traversal: dots, encodings, backslashes, NUL, absolute paths");
    let folder = tempfile::tempdir().unwrap();
    let served = folder.path().join("static");
    fs::create_dir_all(served.join("embed")).unwrap();
    fs::write(served.join("index.html"), "a page").unwrap();
    fs::write(served.join("embed/a.js"), "a script").unwrap();
    fs::write(folder.path().join("secret"), MARK).unwrap();
    fs::write(folder.path().join("secret.br"), MARK).unwrap();
    let beside = folder.path().join("secret").display().to_string();
    let site = Site::within(folder, Setup { server: "static_dir = \"static\"", ..Setup::default() }).await;
    let (page, _) = exchange(site.address(), "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert!(page.contains("a page"), "{page}");
    let mut paths: Vec<String> = [
        "/../secret",
        "/embed/../../secret",
        "/%2e%2e/secret",
        "/%2e%2e%2fsecret",
        "/..%2fsecret",
        "/..%5csecret",
        "/embed/..%2f..%2fsecret",
        "/%252e%252e/secret",
        "/..%c0%afsecret",
        "/.%2e/secret",
        "/embed/..;/../secret",
        "/static/../secret",
        "/..\\secret",
        "/secret%00.js",
        "/embed/a.js/../../../secret",
        "/...//secret",
        "/\u{ff0e}\u{ff0e}/secret",
        "/server.toml",
        "/%2e%2e/server.toml",
        "http://a/../secret",
    ]
    .map(str::to_owned)
    .into();
    paths.extend([beside.clone(), format!("/{beside}"), format!("/%2f{}", beside.trim_start_matches('/'))]);
    for path in &paths {
        for encoding in ["identity", "br"] {
            let request = format!(
                "GET {path} HTTP/1.1\r\nhost: a\r\naccept-encoding: {encoding}\r\nconnection: close\r\n\r\n"
            );
            let (answer, _) = exchange(site.address(), &request).await;
            assert!(!answer.contains(MARK) && !answer.contains("[server]"), "{path}: {answer}");
            assert!(!answer.starts_with("HTTP/1.1 5"), "{path}: {answer}");
        }
    }
    site.is_well().await;
    attack.held(format!("{} paths, plain and compressed: nothing from outside, no fault", paths.len()));
}
