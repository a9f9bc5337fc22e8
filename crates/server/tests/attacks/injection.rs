//! Text that means something to whatever it passes through: logs, headers, mail, markup.

use crate::{
    person::{OLD, Person},
    raw::{exchange, statuses},
    site::{Setup, Site},
    support::Running,
    table::Attack,
};
use reqwest::Method;
use serde_json::{Value, json};
use std::{fs, time::Duration};

/// A line that looks like one of ours, after a line's end; colours; the bell; the end of a text; and two Unicode line ends.
const NASTY: [&str; 5] = [
    "kit\r\n2026-01-01T00:00:00.000000Z  INFO sspr: FORGED signed in",
    "kit\u{1b}[2J\u{1b}[31mFORGED\u{1b}]0;title\u{7}",
    "kit\u{9b}31mFORGED\u{85}FORGED",
    "kit\u{2028}FORGED\u{2029}FORGED",
    "kit\0FORGED\u{8}\u{8}\u{7f}",
];

/// Puts such texts wherever text can be put.
async fn write_everywhere(site: &Site) {
    for text in NASTY {
        let start =
            json!({ "identifier": text, "intent": "reset", "locale": text, "page": text, text: text });
        site.post("/recovery", &start, &[]).await;
        site.sign_in(text, text).await;
        let flow = site.flow("kit").await;
        site.choose(&flow, text).await;
        let body =
            json!({ "challenge": text, "code": text, "answers": [{ "question": text, "answer": text }] });
        site.step(&flow, "/recovery/verify", &body).await;
        site.post("/recovery/link", &json!({ "link_token": text }), &[]).await;
        let encoded: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
        for path in [format!("/{encoded}"), format!("/sspr/v1/me/methods/{encoded}"), format!("/?{encoded}")]
        {
            Running::answered(site.request(Method::PUT, &path)).await;
        }
        let bytes: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, 0..32 | 127)).collect();
        for name in ["user-agent", "origin", "accept-language", "x-forwarded-for", "cookie", "sspr-flow"] {
            let value = reqwest::header::HeaderValue::from_bytes(&bytes).unwrap();
            Running::answered(site.request(Method::GET, "/sspr/v1/session").header(name, value)).await;
        }
        let person = Person::sign_in(site, "alex").await;
        let label = json!({ "kind": "email", "value": text, "label": text });
        person.post(site, "/me/methods", &label).await;
    }
}

#[tokio::test]
async fn nothing_typed_writes_a_line_or_a_colour_into_the_log() {
    let attack = Attack::new("injection", "log: line ends, colours and control characters in every field");
    // Other crates' own traces are not for a terminal; these are what an administrator may switch on.
    let log = "info,sspr_server=trace,sspr_api=trace,sspr_service=trace,tower_http=trace";
    let mut seen = 0;
    for format in ["text", "json"] {
        let more = format!("[log]\nformat = \"{format}\"\n");
        let site = Site::with(Setup { more: &more, log, ..Setup::default() }).await;
        write_everywhere(&site).await;
        let log = site.log();
        for line in log.lines() {
            assert!(!line.chars().any(|c| c.is_control() || "\u{2028}\u{2029}".contains(c)), "{line:?}");
            match format {
                "json" => {
                    assert!(serde_json::from_str::<Value>(line).is_ok_and(|it| it.is_object()), "{line:?}")
                }
                _ => assert!(
                    line.get(..11).is_some_and(|it| it.starts_with("20") && it.ends_with('T')),
                    "{line:?}"
                ),
            }
            assert!(!line.starts_with("2026-01-01T"), "{line:?}");
            seen += 1;
        }
        site.is_well().await;
    }
    assert!(seen > 100, "{seen} lines");
    attack.held(format!("{seen} lines, each one of ours, no control character in any, as text and as JSON"));
}

#[tokio::test]
async fn nothing_sent_becomes_a_header_of_an_answer() {
    let attack = Attack::new("injection", "headers: line ends in header values, names and the request line");
    let site = Site::new().await;
    let requests = [
        "GET /healthz HTTP/1.1\r\nhost: a\rset-cookie: evil=1\r\nconnection: close\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nhost: a\r\nx: a\0b\r\nconnection: close\r\n\r\n",
        "GET /healthz\r\nset-cookie: evil=1 HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET /.well-known/change-password%0d%0aset-cookie:%20evil=1 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        "GET /sspr/v1/describe HTTP/1.1\r\nhost: a\r\nsspr-request-id: evil\r\nx-request-id: evil\r\n\
         origin: evil\r\nconnection: close\r\n\r\n",
    ];
    for request in requests {
        let (answer, _) = exchange(site.address(), request).await;
        let head = answer.split("\r\n\r\n").next().unwrap_or_default().to_lowercase();
        assert!(!head.contains("evil"), "{request:?}\n{head}");
        assert!(statuses(&answer).len() <= 1, "{answer}");
    }
    site.is_well().await;
    attack.held("refused or ignored; request ids are ours alone");
}

#[tokio::test]
async fn no_address_that_is_registered_can_speak_smtp() {
    let attack =
        Attack::new("injection", "SMTP: line ends, more recipients, quotes and source routes in an address");
    let site = Site::new().await;
    let alex = Person::sign_in(&site, "alex").await;
    let mut refused = 0;
    for value in [
        "kim@example.org\r\nBcc: evil@evil.example",
        "kim@example.org\nRCPT TO:<evil@evil.example>",
        "kim@example.org> RCPT TO:<evil@evil.example",
        "kim@example.org,evil@evil.example",
        "kim@example.org;evil@evil.example",
        "<evil@evil.example>kim@example.org",
        "\"evil@evil.example\" kim@example.org",
        "@evil.example:kim@example.org",
        "kim@example.org\0evil@evil.example",
        "kim@[127.0.0.1]\r\nDATA",
        "kim\u{2028}@example.org",
        "kim@example.org\r\n.\r\nMAIL FROM:<evil@evil.example>",
    ] {
        let added = alex.post(&site, "/me/methods", &json!({ "kind": "email", "value": value })).await;
        // Whatever folds to one plain address is that address.
        if added.status != 422 {
            panic!("{value:?}: {} {}", added.status, added.text);
        }
        refused += 1;
    }
    for value in ["+81901234\r\n5678", "+8190\";\"to\":\"+1", "+819012345678,+15550001", "tel:+819012345678"]
    {
        let added = alex.post(&site, "/me/methods", &json!({ "kind": "phone", "value": value })).await;
        assert_eq!(added.status, 422, "{value:?}: {}", added.text);
        refused += 1;
    }
    let start = json!({ "identifier": "kit", "intent": "reset", "locale": "en\r\nBcc: evil@evil.example" });
    let flow = site.post("/recovery", &start, &[]).await.json()["flow"].as_str().unwrap().to_owned();
    site.challenge(&flow, "email").await;
    site.message_to("kit@home.example").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let messages = site.mailbox.messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(!format!("{messages:?}").contains("evil"));
    attack.held(format!("{refused} addresses and numbers refused (422); the language is one of a list"));
}

#[tokio::test]
async fn names_from_an_import_are_text_in_a_mail() {
    let attack = Attack::new("injection", "SMTP and HTML: line ends and markup in an imported name");
    let folder = tempfile::tempdir().unwrap();
    let names = ["<img src=x onerror=alert(1)>", "kim\r\nBcc: evil@evil.example\r\n\r\nFORGED"];
    let people: Vec<Value> = names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            json!({ "username": name, "display_name": name, "email": format!("p{number}@example.org"), "password": OLD,
                "methods": [{ "kind": "email", "value": format!("p{number}@home.example") }] })
        })
        .collect();
    let file = folder.path().join("people.json");
    fs::write(&file, Value::from(people).to_string()).unwrap();
    let site = Site::of(folder, Setup::default(), &file).await;
    for number in 0..names.len() {
        site.mailbox.clear();
        let to = format!("p{number}@home.example");
        let flow = site.flow(&format!("p{number}@example.org")).await;
        let challenge = site.challenge(&flow, "email").await;
        let code = site.message_to(&to).await.code.unwrap();
        let passed = site.verify(&flow, &challenge, &code).await.json();
        site.mailbox.clear();
        assert_eq!(site.set(passed["flow"].as_str().unwrap(), "Marked-Harbour-77").await.status, 200);
        let notice = site.message_to(&to).await;
        assert!(!notice.html.as_deref().unwrap_or_default().contains("<img"), "{notice:?}");
        assert!(!notice.subject.as_deref().unwrap_or_default().contains(['\r', '\n']), "{notice:?}");
        assert!(site.mailbox.messages().iter().all(|it| !it.to.contains("evil")));
    }
    attack.held("the mail's markup is escaped, its headers and recipients are unchanged");
}
