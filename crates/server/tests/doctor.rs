//! `sspr-server doctor`: what is broken around a server is named by its code, with what mends it; nothing secret is printed,
//! nothing is sent, and nothing is changed.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use serde_json::Value;
use std::{
    fs,
    io::Write,
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
};
use tempfile::TempDir;

const PASSWORD: &str = "Marked-Mail-Password-71";

/// A folder with a configuration that sends mail to `mailbox` by TLS and a password, and whatever `more` says.
fn folder(mailbox: &sspr_mailbox::Mailbox, more: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ca.pem"), mailbox.certificate_pem()).unwrap();
    let smtp = format!(
        "[smtp]\nhost = \"localhost\"\nport = {}\nca_file = \"ca.pem\"\nusername = \"sspr\"\n\
         [policy]\nrecovery_methods = [\"email\", \"totp\"]\n{more}",
        mailbox.smtp_address().port()
    );
    fs::write(folder.path().join("sspr-server.toml"), smtp).unwrap();
    folder
}

async fn mailbox() -> sspr_mailbox::Mailbox {
    let credentials = Some(("sspr".to_owned(), PASSWORD.to_owned()));
    sspr_mailbox::start(sspr_mailbox::Options { credentials, ..Default::default() }).await.unwrap()
}

fn program(folder: &Path, arguments: &[&str], password: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sspr-server"));
    command.args(arguments).current_dir(folder).env("SSPR_SMTP_PASSWORD", password).stdin(Stdio::null());
    command
}

/// What it found, as code and whole line, and whether it ended well.
async fn found(folder: &Path, password: &str) -> (Vec<(String, Value)>, bool) {
    let mut command = program(folder, &["doctor", "--json"], password);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    for secret in [PASSWORD, password] {
        assert!(!text.contains(secret), "{text}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains(secret));
    }
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    (lines.map(|line| (line["code"].as_str().unwrap().to_owned(), line)).collect(), output.status.success())
}

fn has(findings: &[(String, Value)], code: &str) -> bool {
    findings.iter().any(|(found, _)| found == code)
}

/// Makes the database and the key, as a first start does.
async fn first_start(folder: &Path) {
    let mut command = program(folder, &["user", "add", "mia"], PASSWORD);
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    let status = tokio::task::spawn_blocking(move || {
        let mut child = command.spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "Quilted-Lantern-Sofa-3").unwrap();
        child.wait().unwrap()
    });
    assert!(status.await.unwrap().success());
}

#[tokio::test]
async fn a_sound_server_has_nothing_broken_and_gets_no_mail() {
    let mailbox = mailbox().await;
    let folder = folder(&mailbox, "");
    first_start(folder.path()).await;
    let (findings, well) = found(folder.path(), PASSWORD).await;
    assert!(well, "{findings:#?}");
    for code in ["config-ok", "database-ok", "key-ok", "mail-ok", "gateway-none", "directory-local"] {
        assert!(has(&findings, code), "{code}: {findings:#?}");
    }
    assert!(mailbox.messages().is_empty());
}

#[tokio::test]
async fn before_the_first_start_it_makes_nothing() {
    let mailbox = mailbox().await;
    let folder = folder(&mailbox, "");
    let (findings, _) = found(folder.path(), PASSWORD).await;
    assert!(has(&findings, "database-new") && has(&findings, "key-new"), "{findings:#?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "the configuration and the authority");
}

#[tokio::test]
async fn a_mail_server_that_refuses_is_told_from_one_that_is_away() {
    let mailbox = mailbox().await;
    let folder = folder(&mailbox, "");
    first_start(folder.path()).await;
    let (findings, well) = found(folder.path(), "Not-The-Password-5").await;
    assert!(!well && has(&findings, "mail-sign-in"), "{findings:#?}");
    let (_, refused) = findings.iter().find(|(code, _)| code == "mail-sign-in").unwrap();
    assert_eq!(refused["grade"], "broken");
    assert!(refused["mend"].as_str().unwrap().contains("SSPR_SMTP_PASSWORD"));

    fs::write(folder.path().join("ca.pem"), other_authority().await).unwrap();
    let (findings, well) = found(folder.path(), PASSWORD).await;
    assert!(!well && has(&findings, "mail-tls"), "{findings:#?}");

    drop(mailbox);
    let (findings, well) = found(folder.path(), PASSWORD).await;
    assert!(!well && has(&findings, "mail-unreachable"), "{findings:#?}");
}

/// A certificate that vouches for nobody here.
async fn other_authority() -> String {
    mailbox().await.certificate_pem().to_owned()
}

#[tokio::test]
async fn another_key_and_a_missing_one_are_told_apart() {
    let (mailbox, key) = (mailbox().await, "sspr-server.key");
    let (ours, others) = (folder(&mailbox, ""), folder(&mailbox, ""));
    first_start(ours.path()).await;
    first_start(others.path()).await;
    fs::copy(others.path().join(key), ours.path().join(key)).unwrap();
    let (findings, well) = found(ours.path(), PASSWORD).await;
    assert!(!well && has(&findings, "key-other"), "{findings:#?}");
    fs::remove_file(ours.path().join(key)).unwrap();
    let (findings, well) = found(ours.path(), PASSWORD).await;
    assert!(!well && has(&findings, "key-unreadable"), "{findings:#?}");
    assert!(!ours.path().join(key).exists());
}

#[tokio::test]
async fn a_wrong_configuration_is_the_only_finding() {
    let mailbox = mailbox().await;
    let folder = folder(&mailbox, "gates = 7\n");
    let (findings, well) = found(folder.path(), PASSWORD).await;
    assert!(!well && findings.len() == 1 && has(&findings, "config-wrong"), "{findings:#?}");
}

#[tokio::test]
async fn a_gateway_a_directory_and_a_database_that_do_not_answer_are_named() {
    // A port on which nobody listens any more.
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mailbox = mailbox().await;
    let away = folder(
        &mailbox,
        &format!(
            "[gateway]\nurl = \"http://127.0.0.1:{nobody}/\"\n[directory]\nkind = \"openldap\"\n[directory.ldap]\n\
             url = \"ldap://127.0.0.1:{nobody}\"\nbind_dn = \"cn=sspr\"\nbase = \"dc=example\"\n\
             [database]\nurl = \"postgres://sspr@127.0.0.1:{nobody}/sspr\"\n"
        ),
    );
    fs::write(away.path().join("ldap-password"), "Marked-Directory-Password-72\n").unwrap();
    let mut command = program(away.path(), &["doctor", "--json"], PASSWORD);
    command.env("SSPR_LDAP_PASSWORD", "Marked-Directory-Password-72");
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success() && !text.contains("Marked-"), "{text}");
    for code in ["gateway-unreachable", "directory-unreachable", "database-unreachable", "mail-ok"] {
        assert!(text.contains(&format!("\"{code}\"")), "{code}: {text}");
    }
}
