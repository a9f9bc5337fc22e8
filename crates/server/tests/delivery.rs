//! Mail and messages to a real SMTP listener and a real HTTP gateway.
#![allow(clippy::unwrap_used, reason = "a test")]

use sspr_core::Secret;
use sspr_mailbox::{Channel, Faults, Mailbox, Options};
use sspr_server::{
    config::{GatewaySection, SmtpSection, SmtpTls},
    delivery::{Gateway, Outcome, PhoneChannel, Smtp},
};
use std::time::{Duration, Instant};
use tempfile::TempDir;

async fn mailbox() -> (Mailbox, SmtpSection, TempDir) {
    let credentials = Some(("sspr".to_owned(), "marked-password".to_owned()));
    let options = Options { credentials, gateway_token: Some("marked-token".into()), ..Options::default() };
    let mailbox = sspr_mailbox::start(options).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, mailbox.certificate_pem()).unwrap();
    let section = SmtpSection {
        port: mailbox.smtp_address().port(),
        ca_file: Some(ca_file),
        username: Some("sspr".into()),
        from: "Harbor & Vale <no-reply@harbor-vale.example>".into(),
        timeout_seconds: 5,
        ..SmtpSection::default()
    };
    (mailbox, section, folder)
}

fn smtp(section: &SmtpSection, password: &str) -> Smtp {
    Smtp::new(section, Some(&Secret::new(password))).unwrap()
}

async fn send(smtp: &Smtp) -> Outcome {
    smtp.send("id-1", "mai@example.org", "確認コード", "コードは 482913 です。", "<p>482913</p>").await
}

#[tokio::test]
async fn mail_goes_over_starttls_with_a_password_in_two_parts() {
    let (mailbox, section, _folder) = mailbox().await;
    assert_eq!(send(&smtp(&section, "marked-password")).await, Outcome::Accepted);
    let messages = mailbox.messages();
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].channel, Channel::Email);
    assert_eq!(messages[0].to, "mai@example.org");
    assert_eq!(messages[0].subject.as_deref(), Some("確認コード"));
    assert_eq!(messages[0].text.trim(), "コードは 482913 です。");
    assert_eq!(messages[0].html.as_deref().map(str::trim), Some("<p>482913</p>"));
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_gets_no_mail() {
    let (mailbox, section, _folder) = mailbox().await;
    let untrusting = SmtpSection { ca_file: None, ..section };
    assert!(matches!(send(&smtp(&untrusting, "marked-password")).await, Outcome::Later { .. }));
    assert!(mailbox.messages().is_empty());
}

#[tokio::test]
async fn without_tls_no_password_is_taken_and_nothing_is_sent() {
    let (mailbox, section, _folder) = mailbox().await;
    let clear = SmtpSection { tls: SmtpTls::None, ..section };
    assert_ne!(send(&smtp(&clear, "marked-password")).await, Outcome::Accepted);
    assert!(mailbox.messages().is_empty());
}

#[tokio::test]
async fn a_wrong_password_is_told_without_repeating_it() {
    let (_mailbox, section, _folder) = mailbox().await;
    let outcome = send(&smtp(&section, "wrong-marked-password")).await;
    assert_ne!(outcome, Outcome::Accepted);
    let told = format!("{outcome:?}");
    assert!(!told.contains("marked") && !told.contains("mai@"), "{told}");
}

#[tokio::test]
async fn a_busy_mail_server_is_tried_again_and_a_refusal_is_final() {
    let (mailbox, section, _folder) = mailbox().await;
    let smtp = smtp(&section, "marked-password");
    mailbox.set_faults(Faults { mail_reply: Some(451), ..Faults::default() });
    let outcome = send(&smtp).await;
    assert_eq!(outcome, Outcome::Later { after: None, why: "the mail server answered 451".into() });
    mailbox.set_faults(Faults { mail_reply: Some(550), ..Faults::default() });
    assert_eq!(send(&smtp).await, Outcome::Refused("the mail server answered 550".into()));
    mailbox.set_faults(Faults::default());
    assert_eq!(send(&smtp).await, Outcome::Accepted);
}

#[tokio::test]
async fn a_mail_server_that_falls_silent_keeps_nobody_longer_than_it_may() {
    let (mailbox, section, _folder) = mailbox().await;
    mailbox.set_faults(Faults { delay: Duration::from_secs(30), ..Faults::default() });
    let smtp = smtp(&SmtpSection { timeout_seconds: 1, ..section }, "marked-password");
    let began = Instant::now();
    let why = "the mail server did not answer in time".into();
    assert_eq!(send(&smtp).await, Outcome::Later { after: None, why });
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_mail_that_took_too_long_does_not_answer_for_the_next() {
    let (mailbox, section, _folder) = mailbox().await;
    let smtp = smtp(&SmtpSection { timeout_seconds: 1, ..section }, "marked-password");
    assert_eq!(send(&smtp).await, Outcome::Accepted);
    mailbox.set_faults(Faults { delay: Duration::from_millis(1500), ..Faults::default() });
    assert_ne!(send(&smtp).await, Outcome::Accepted);
    tokio::time::sleep(Duration::from_secs(1)).await;
    mailbox.set_faults(Faults { mail_reply: Some(451), ..Faults::default() });
    assert_eq!(send(&smtp).await, Outcome::Later { after: None, why: "the mail server answered 451".into() });
    mailbox.set_faults(Faults::default());
    let next = smtp.send("id-2", "ren@example.org", "Next", "Next.", "<p>Next.</p>").await;
    assert_eq!(next, Outcome::Accepted);
    let next = mailbox.messages().into_iter().filter(|mail| mail.to == "ren@example.org").count();
    assert_eq!(next, 1);
}

#[tokio::test]
async fn a_text_and_a_call_reach_the_gateway_with_its_token() {
    let (mailbox, ..) = mailbox().await;
    let url = Some(format!("http://{}/gateway", mailbox.http_address()));
    let section = GatewaySection { url, ..GatewaySection::default() };
    let gateway = |token: &str| Gateway::new(&section, Some(Secret::new(token))).unwrap().unwrap();
    let good = gateway("marked-token");
    assert_eq!(good.send("a", PhoneChannel::Sms, "+81312345678", "482913", None).await, Outcome::Accepted);
    let call = good.send("b", PhoneChannel::Voice, "+81312345678", "4, 8", Some("ja")).await;
    assert_eq!(call, Outcome::Accepted);
    let messages = mailbox.messages();
    let channels: Vec<_> = messages.iter().map(|message| message.channel).collect();
    assert_eq!(channels, [Channel::Voice, Channel::Sms]);
    assert_eq!(messages[0].locale.as_deref(), Some("ja"));
    let refused = gateway("other").send("c", PhoneChannel::Sms, "+81312345678", "482913", None).await;
    assert!(matches!(refused, Outcome::Refused(_)), "{refused:?}");
}

#[tokio::test]
async fn a_gateway_that_is_slow_or_away_is_tried_again() {
    let (mailbox, ..) = mailbox().await;
    let url = Some(format!("http://{}/gateway", mailbox.http_address()));
    let section = GatewaySection { url, timeout_seconds: 1, ..GatewaySection::default() };
    let gateway = Gateway::new(&section, Some(Secret::new("marked-token"))).unwrap().unwrap();
    mailbox.set_faults(Faults { delay: Duration::from_secs(3), ..Faults::default() });
    let slow = gateway.send("a", PhoneChannel::Sms, "+81312345678", "482913", None).await;
    assert_eq!(slow, Outcome::Later { after: None, why: "the gateway did not answer in time".into() });
    drop(mailbox);
    let away = gateway.send("a", PhoneChannel::Sms, "+81312345678", "482913", None).await;
    assert!(matches!(away, Outcome::Later { .. }), "{away:?}");
}
