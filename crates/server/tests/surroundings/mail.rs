//! The mail server, with each step of a connection broken.

use super::setup::{Site, listener, nobody, silent};
use sspr_mailbox::Faults;
use std::{
    fs,
    io::{BufRead, BufReader, Write},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_told_apart_from_a_server_that_refuses() {
    let site = Site::new().await;
    site.secret("mail-password", "wrong");
    let said = site.examine().await;
    said.is_broken_by("mail-sign-in");
    said.says("mail-sign-in", "535");
    site.secret("mail-password", "marked-mail-password");
    site.mailbox.set_faults(Faults { refuse: true, ..Faults::default() });
    site.examine().await.is_broken_by("mail-unreachable");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_server_and_a_silent_one() {
    let mut site = Site::new().await;
    site.set("smtp", "port", Some(&nobody().port().to_string()));
    site.examine().await.is_broken_by("mail-unreachable");
    site.set("smtp", "port", Some(&silent().port().to_string()));
    site.examine().await.says("mail-unreachable", "in time");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_nobody_vouches_for_and_a_file_without_one() {
    let mut site = Site::new().await;
    site.set("smtp", "ca_file", None);
    site.examine().await.says("mail-tls", "handshake");
    fs::write(site.path("empty.pem"), "no certificate").unwrap();
    site.set("smtp", "ca_file", Some("\"empty.pem\""));
    site.examine().await.is_broken_by("mail-config");
}

/// Speaks SMTP, and offers nothing beside it.
fn plain(greeting: &'static str) -> String {
    let address = listener(move |mut stream| {
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let _ = stream.write_all(greeting.as_bytes());
        while let Some(Ok(line)) = lines.next() {
            let quit = line.starts_with("QUIT");
            let _ = stream.write_all(if quit { b"221 bye\r\n" } else { b"250 plain\r\n" });
            if quit {
                break;
            }
        }
    });
    address.port().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_starttls_or_sign_in_or_that_takes_nobody() {
    let mut site = Site::new().await;
    site.set("smtp", "port", Some(&plain("220 plain\r\n")));
    site.examine().await.is_broken_by("mail-tls");
    site.set("smtp", "tls", Some("\"opportunistic\""));
    site.examine().await.is_broken_by("mail-sign-in");
    site.set("smtp", "port", Some(&plain("554 not from you\r\n")));
    site.examine().await.says("mail-unreachable", "554");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_name_without_a_password() {
    let mut site = Site::new().await;
    site.set("smtp", "password_file", None);
    let said = site.examine().await;
    said.is_broken_by("mail-config");
    said.says("mail-config", "smtp.username");
}
