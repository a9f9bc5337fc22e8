//! The list of messages and the gateway, over HTTP.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{Sender, http};
use serde_json::{Value, json};
use sspr_mailbox::{Channel, Faults, Mailbox, Options, start};

const JSON: &str = "Content-Type: application/json\r\n";

async fn post(mailbox: &Mailbox, headers: &str, body: &Value) -> u16 {
    http(mailbox.http_address(), "POST", "/gateway", &format!("{JSON}{headers}"), &body.to_string()).await.0
}

async fn list(mailbox: &Mailbox) -> Vec<Value> {
    let (status, body) = http(mailbox.http_address(), "GET", "/mailbox/messages", "", "").await;
    assert_eq!(status, 200);
    serde_json::from_str(&body).unwrap()
}

fn sms(id: &str) -> Value {
    json!({"id": id, "channel": "sms", "to": "+493012345678", "text": "482913 is your code", "locale": "en"})
}

#[tokio::test]
async fn a_text_message_is_listed_with_its_code() {
    let mailbox = start(Options::default()).await.unwrap();
    assert_eq!(post(&mailbox, "", &sms("m1")).await, 202);
    let listed = list(&mailbox).await;
    let expected = json!({"id": "m1", "channel": "sms", "to": "+493012345678", "text": "482913 is your code", "locale": "en",
            "code": "482913", "received_at": listed[0]["received_at"]});
    assert_eq!(listed, [expected]);
    assert!(listed[0]["received_at"].as_str().unwrap().ends_with('Z'));
}

#[tokio::test]
async fn the_newest_is_first_whatever_the_channel() {
    let mailbox = start(Options::default()).await.unwrap();
    let call = json!({"id": "m2", "channel": "voice", "to": "+81312345678", "text": "1、2、3、4、5、6", "locale": "ja"});
    assert_eq!(post(&mailbox, "", &call).await, 202);
    let mut sender = Sender::connect(mailbox.smtp_address()).await;
    assert_eq!(sender.says("EHLO test").await, 250);
    assert_eq!(sender.delivers("a@example.org", "Subject: s\r\n\r\nt").await, 250);

    let channels: Vec<Channel> = mailbox.messages().iter().map(|m| m.channel).collect();
    assert_eq!(channels, [Channel::Email, Channel::Voice]);
    assert_eq!(list(&mailbox).await[1]["code"], "123456");
}

#[tokio::test]
async fn the_same_id_is_kept_once() {
    let mailbox = start(Options::default()).await.unwrap();
    mailbox.set_faults(Faults { lose_answers: true, ..Faults::default() });
    assert_eq!(post(&mailbox, "", &sms("m1")).await, 504);
    mailbox.set_faults(Faults::default());
    assert_eq!(post(&mailbox, "", &sms("m1")).await, 200);
    assert_eq!(mailbox.messages().len(), 1);
}

#[tokio::test]
async fn clearing_forgets_everything() {
    let mailbox = start(Options::default()).await.unwrap();
    assert_eq!(post(&mailbox, "", &sms("m1")).await, 202);
    assert_eq!(http(mailbox.http_address(), "DELETE", "/mailbox/messages", "", "").await.0, 204);
    assert!(list(&mailbox).await.is_empty());
}

#[tokio::test]
async fn a_gateway_with_a_token_asks_for_it() {
    let mailbox =
        start(Options { gateway_token: Some("secret".to_owned()), ..Options::default() }).await.unwrap();
    assert_eq!(post(&mailbox, "", &sms("m1")).await, 401);
    assert_eq!(post(&mailbox, "Authorization: Bearer secret1\r\n", &sms("m1")).await, 401);
    assert_eq!(post(&mailbox, "Authorization: Bearer secret\r\n", &sms("m1")).await, 202);
}

#[tokio::test]
async fn what_is_no_message_is_refused() {
    let mailbox = start(Options::default()).await.unwrap();
    let mut bad = sms("m1");
    bad["to"] = json!("+49 30 1234");
    assert_eq!(post(&mailbox, "", &bad).await, 422);
    bad = sms("m1");
    bad["channel"] = json!("email");
    assert_eq!(post(&mailbox, "", &bad).await, 422);
    let plain = http(mailbox.http_address(), "POST", "/gateway", "Content-Type: text/plain\r\n", "{}").await;
    assert_eq!(plain.0, 415, "a form on a foreign page cannot post here");
    assert!(mailbox.messages().is_empty());
}

#[tokio::test]
async fn gateway_faults_reach_the_sender() {
    let mailbox = start(Options::default()).await.unwrap();
    mailbox.set_faults(Faults { gateway_status: Some(429), ..Faults::default() });
    assert_eq!(post(&mailbox, "", &sms("m1")).await, 429);
    mailbox.set_faults(Faults { refuse: true, ..Faults::default() });
    assert_eq!(post(&mailbox, "", &sms("m1")).await, 503);
    assert!(mailbox.messages().is_empty());
}
