//! Identifiers that look like others, or like nothing.

use crate::{
    site::{Setup, Site},
    support::Running,
    table::Attack,
};
use reqwest::Method;
use std::time::Duration;

#[tokio::test]
async fn what_only_looks_like_a_name_sends_to_nobody_else() {
    let attack =
        Attack::new("names", "homoglyphs, invisible and reversing characters, case tricks (ı, K, ſ, ß)");
    let site = Site::with(Setup::default()).await;
    let mut shapes = std::collections::BTreeSet::new();
    for name in [
        "bl\u{430}ir",              // Cyrillic а
        "bla\u{200b}ir",            // zero-width space
        "bla\u{200d}ir",            // zero-width joiner
        "\u{202e}rialb",            // read from the right
        "bla\u{131}r",              // dotless i
        "\u{feff}blair",            // byte order mark
        "blair\u{ad}",              // soft hyphen
        "blair@home.e\u{445}ample", // Cyrillic х in the registered address's domain
        "blair@home.example\u{0}@evil.example",
        "blair@evil.example",
        "evil@evil.example",
        "ka\u{df}",
    ] {
        let flow = site.flow(name).await;
        let chosen = site.choose(&flow, "email").await;
        shapes.insert((chosen.status.as_u16(), chosen.text.len()));
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(site.mailbox.messages().len(), 0, "none of these is anybody");
    // These are spellings of one name, and its own mailbox gets the code: never the address that was typed.
    for name in ["\u{212a}IT", "\u{ff4b}it", " kit\t", "kit@example.org"] {
        site.mailbox.clear();
        let flow = site.flow(name).await;
        let chosen = site.choose(&flow, "email").await;
        shapes.insert((chosen.status.as_u16(), chosen.text.len()));
        assert_eq!(site.message_to("kit@home.example").await.to, "kit@home.example", "{name:?}");
    }
    assert_eq!(shapes.len(), 1, "they cannot be told apart: {shapes:?}");
    attack.held(
        "12 look-alikes are nobody, 4 spellings are one person; mail goes to registered addresses alone",
    );
}

#[tokio::test]
async fn a_name_that_cannot_be_one_is_refused_before_it_costs_anything() {
    let attack = Attack::new("names", "empty, overlong, expanding and broken identifiers");
    let site = Site::new().await;
    let longest = "\u{fdfa}".repeat(320);
    for (name, status) in [
        ("", 422),
        (" \t\u{3000}", 422),
        (&"x".repeat(321), 422),
        (&"x".repeat(320), 202),
        // Eighteen characters each once normalised.
        (longest.as_str(), 202),
        ("\0", 202),
        ("\u{300}\u{300}\u{300}", 202),
    ] {
        let answer = site.start(name, &[]).await;
        assert_eq!(answer.status, status, "{name:?}: {}", answer.text);
    }
    for body in [
        r#"{"identifier":"\ud800","intent":"reset"}"#.as_bytes(),
        b"{\"identifier\":\"\xff\xfe\",\"intent\":\"reset\"}",
        b"{\"identifier\":\"\xc0\xaf\",\"intent\":\"reset\"}",
        br#"{"identifier":null,"intent":"reset"}"#,
        br#"{"identifier":["blair"],"intent":"reset"}"#,
        br#"{"identifier":{"$ne":""},"intent":"reset"}"#,
    ] {
        let request =
            site.request(Method::POST, "/sspr/v1/recovery").header("content-type", "application/json");
        let answer = Running::answered(request.body(body.to_vec())).await;
        assert_eq!(answer.status, 400, "{}: {}", String::from_utf8_lossy(body), answer.text);
    }
    for name in [
        "' OR '1'='1",
        "blair'; DROP TABLE accounts; --",
        "*",
        "*)(uid=*",
        "{identifier}",
        "%",
        "bl%ir",
        "blai_",
    ] {
        assert_eq!(site.start(name, &[]).await.status, 202, "{name}");
        let body = serde_json::json!({ "identifier": name, "password": "' OR '1'='1" });
        assert_eq!(site.post("/session", &body, &[]).await.status, 401, "{name}");
    }
    assert_eq!(site.sign_in("blair", crate::person::OLD).await.status, 200);
    attack.held("422 or 400, or an account that is not there; SQL, LDAP and pattern characters are text");
}
