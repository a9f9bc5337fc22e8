//! The SMTP listener, spoken to by a common client (lettre) and by hand.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::time::Duration;

use common::Sender;
use lettre::message::MultiPart;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use sspr_mailbox::{Channel, Faults, Mailbox, Options, start};

const PATIENCE: Duration = Duration::from_secs(10);

fn mail(to: &str) -> Message {
    Message::builder()
        .from("Harbor & Vale <no-reply@harbor-vale.example>".parse().unwrap())
        .to(to.parse().unwrap())
        .subject("確認コード")
        .multipart(MultiPart::alternative_plain_html(
            "コードは 482913 です。\n.dot\nhttps://example.org/#sspr=token".to_owned(),
            "<p>482913</p>".to_owned(),
        ))
        .unwrap()
}

fn client(mailbox: &Mailbox, tls: bool) -> lettre::transport::smtp::AsyncSmtpTransportBuilder {
    let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("localhost")
        .port(mailbox.smtp_address().port())
        .timeout(Some(PATIENCE));
    if !tls {
        return builder;
    }
    let certificate = Certificate::from_pem(mailbox.certificate_pem().as_bytes()).unwrap();
    let parameters = TlsParameters::builder("localhost".to_owned())
        .add_root_certificate(certificate)
        .build_rustls()
        .unwrap();
    builder.tls(Tls::Required(parameters))
}

fn with_credentials() -> Options {
    Options { credentials: Some(("relay".to_owned(), "pässword".to_owned())), ..Options::default() }
}

#[tokio::test]
async fn a_mail_arrives_with_its_subject_parts_code_and_link() {
    let mailbox = start(Options::default()).await.unwrap();
    client(&mailbox, false).build().send(mail("ada@example.org")).await.unwrap();

    let message = mailbox.wait_for(PATIENCE, |m| m.to == "ada@example.org").await.unwrap();
    assert_eq!(message.channel, Channel::Email);
    assert_eq!(message.subject.as_deref(), Some("確認コード"));
    assert_eq!(message.text.trim(), "コードは 482913 です。\n.dot\nhttps://example.org/#sspr=token");
    assert_eq!(message.html.as_deref().map(str::trim), Some("<p>482913</p>"));
    assert_eq!(message.code.as_deref(), Some("482913"));
    assert_eq!(message.link.as_deref(), Some("https://example.org/#sspr=token"));
}

#[tokio::test]
async fn mail_goes_through_starttls_with_each_mechanism() {
    let mailbox = start(with_credentials()).await.unwrap();
    for mechanism in [Mechanism::Plain, Mechanism::Login] {
        client(&mailbox, true)
            .credentials(Credentials::new("relay".to_owned(), "pässword".to_owned()))
            .authentication(vec![mechanism])
            .build()
            .send(mail("ada@example.org"))
            .await
            .unwrap();
    }
    assert_eq!(mailbox.messages().len(), 2);
}

#[tokio::test]
async fn wrong_credentials_and_none_are_refused() {
    let mailbox = start(with_credentials()).await.unwrap();
    let wrong = Credentials::new("relay".to_owned(), "password".to_owned());
    let refused = client(&mailbox, true).credentials(wrong).build().send(mail("ada@example.org")).await;
    assert_eq!(refused.unwrap_err().status().map(u16::from), Some(535));
    let refused = client(&mailbox, true).build().send(mail("ada@example.org")).await;
    assert_eq!(refused.unwrap_err().status().map(u16::from), Some(530));
    assert!(mailbox.messages().is_empty());
}

#[tokio::test]
async fn credentials_are_never_asked_for_before_tls() {
    let mailbox = start(with_credentials()).await.unwrap();
    let mut sender = Sender::connect(mailbox.smtp_address()).await;
    assert_eq!(sender.says("EHLO test").await, 250);
    assert_eq!(sender.says("AUTH PLAIN AHJlbGF5AHg=").await, 538);
}

#[tokio::test]
async fn what_was_sent_ahead_of_tls_is_not_obeyed() {
    let mailbox = start(Options::default()).await.unwrap();
    let mut sender = Sender::connect(mailbox.smtp_address()).await;
    assert_eq!(sender.says("EHLO test").await, 250);
    sender.write(b"STARTTLS\r\nMAIL FROM:<injected@example.org>\r\n").await;
    assert!(sender.reply().await.starts_with("501"));
    assert_eq!(sender.reply().await, "", "the connection is closed");
}

#[tokio::test]
async fn commands_may_be_sent_ahead_of_their_replies() {
    let mailbox = start(Options::default()).await.unwrap();
    let mut sender = Sender::connect(mailbox.smtp_address()).await;
    sender
        .write(b"EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nRCPT TO:<c@b.example>\r\nDATA\r\n")
        .await;
    for expected in ["250", "250", "250", "250", "354"] {
        assert!(sender.reply().await.starts_with(expected));
    }
    sender.write(b"Subject: x\r\n\r\n..\r\n.\r\nQUIT\r\n").await;
    assert!(sender.reply().await.starts_with("250"));
    assert!(sender.reply().await.starts_with("221"));
    let to: Vec<String> = mailbox.messages().into_iter().map(|m| m.to).collect();
    assert_eq!(to, ["c@b.example", "a@b.example"]);
    assert_eq!(mailbox.messages()[0].text.trim(), ".");
}

#[tokio::test]
async fn a_smuggled_second_mail_is_refused() {
    let mailbox = start(Options::default()).await.unwrap();
    let mut sender = Sender::connect(mailbox.smtp_address()).await;
    assert_eq!(sender.says("EHLO test").await, 250);
    let smuggled = "Subject: a\r\n\r\ntext\n.\nMAIL FROM:<evil@example.org>\nRCPT TO:<b@example.org>";
    assert_eq!(sender.delivers("a@example.org", smuggled).await, 554);
    assert_eq!(sender.delivers("a@example.org", "Subject: a\r\nSubject: b\r\n\r\nx").await, 554);
    assert_eq!(sender.says("RCPT TO:<a@example.org> \n").await, 500);
    assert!(mailbox.messages().is_empty());
}

#[tokio::test]
async fn a_mail_over_the_limit_is_refused_before_and_after_its_text() {
    let mailbox = start(Options { size_limit: 1000, ..Options::default() }).await.unwrap();
    let mut sender = Sender::connect(mailbox.smtp_address()).await;
    assert_eq!(sender.says("EHLO test").await, 250);
    assert_eq!(sender.says("MAIL FROM:<> SIZE=1001").await, 552);
    let long = format!("Subject: a\r\n\r\n{}", "0123456789\r\n".repeat(100));
    assert_eq!(sender.delivers("a@example.org", &long).await, 552);
    assert_eq!(sender.delivers("a@example.org", "Subject: a\r\n\r\nshort").await, 250);
    assert_eq!(mailbox.messages().len(), 1);
}

#[tokio::test]
async fn commands_out_of_order_are_refused() {
    let mailbox = start(Options::default()).await.unwrap();
    let mut sender = Sender::connect(mailbox.smtp_address()).await;
    assert_eq!(sender.says("MAIL FROM:<a@example.org>").await, 503);
    assert_eq!(sender.says("EHLO test").await, 250);
    assert_eq!(sender.says("RCPT TO:<a@example.org>").await, 503);
    assert_eq!(sender.says("DATA").await, 503);
    assert_eq!(sender.says("VRFY ada").await, 500);
}

#[tokio::test]
async fn faults_reach_the_sender_and_end_when_told() {
    let mailbox = start(Options::default()).await.unwrap();
    let transport = client(&mailbox, false).build();

    mailbox.set_faults(Faults { mail_reply: Some(451), ..Faults::default() });
    assert!(transport.send(mail("a@example.org")).await.unwrap_err().is_transient());
    mailbox.set_faults(Faults { mail_reply: Some(550), ..Faults::default() });
    assert!(transport.send(mail("a@example.org")).await.unwrap_err().is_permanent());
    mailbox.set_faults(Faults { refuse: true, ..Faults::default() });
    assert!(transport.send(mail("a@example.org")).await.is_err());
    assert!(mailbox.messages().is_empty());

    mailbox.set_faults(Faults { lose_answers: true, ..Faults::default() });
    assert!(transport.send(mail("a@example.org")).await.is_err());
    assert_eq!(mailbox.messages().len(), 1, "it was kept, and its sender does not know");

    mailbox.set_faults(Faults { delay: Duration::from_millis(300), ..Faults::default() });
    let before = std::time::Instant::now();
    transport.send(mail("a@example.org")).await.unwrap();
    assert!(before.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let mailbox = start(Options::default()).await.unwrap();
    let taken = mailbox.smtp_address();
    let error = start(Options { smtp: taken, ..Options::default() }).await.err().unwrap();
    assert!(error.to_string().starts_with(&format!("cannot listen on {taken}: ")));
}
