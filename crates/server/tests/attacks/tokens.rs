//! Bearer tokens that the identity provider did not make for us. `tests/bearer_token.rs` has more of them, without a server.

use crate::{
    site::{Setup, Site},
    support::Running,
    table::Attack,
};
use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::Method;
use ring::{
    rand::SystemRandom,
    signature::{Ed25519KeyPair, KeyPair},
};
use serde_json::{Value, json};
use std::fs;

fn pair() -> (EncodingKey, Vec<u8>) {
    let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let public = Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap().public_key().as_ref().to_vec();
    (EncodingKey::from_ed_der(document.as_ref()), public)
}

fn claims(changes: Value) -> Value {
    let now = jiff::Timestamp::now().as_second();
    let mut claims =
        json!({ "iss": "https://login.example", "aud": "sspr", "sub": "emery", "exp": now + 300 });
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

#[tokio::test]
async fn only_a_token_of_the_provider_for_us_and_now_signs_in() {
    let attack = Attack::new(
        "tokens",
        "JWT: alg none, a public key as HMAC secret, foreign and embedded keys, wrong claims",
    );
    let folder = tempfile::tempdir().unwrap();
    let ((ours, public), (foreign, foreign_public)) = (pair(), pair());
    let x = BASE64URL_NOPAD.encode(&public);
    let jwks = json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": "one", "x": x }] });
    fs::write(folder.path().join("jwks.json"), jwks.to_string()).unwrap();
    let more = "[identity.token]\nissuer = \"https://login.example\"\naudience = \"sspr\"\njwks_file = \"jwks.json\"\n";
    let site = Site::within(folder, Setup { more, ..Setup::default() }).await;
    let ask = async |token: &str| {
        let request = site.request(Method::GET, "/sspr/v1/me/methods").bearer_auth(token);
        Running::answered(request).await.status.as_u16()
    };
    let kid = |kid: &str| Header { kid: Some(kid.into()), ..Header::new(Algorithm::EdDSA) };
    let signed =
        |header: &Header, changes: Value, key: &EncodingKey| encode(header, &claims(changes), key).unwrap();
    let good = signed(&kid("one"), json!({}), &ours);
    assert_eq!(ask(&good).await, 200, "the good one is taken");

    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let none =
        |name: &str| format!("{}.{}.", part(&json!({ "alg": name, "kid": "one" })), part(&claims(json!({}))));
    let hmac = Header { kid: Some("one".into()), ..Header::new(Algorithm::HS256) };
    let now = jiff::Timestamp::now().as_second();
    let (head, rest) = good.split_once('.').unwrap();
    let (_, signature) = rest.split_once('.').unwrap();
    let embedded = json!({ "alg": "EdDSA", "kid": "one",
        "jwk": { "kty": "OKP", "crv": "Ed25519", "x": BASE64URL_NOPAD.encode(&foreign_public) } });
    let embedded = format!("{}.{}.{signature}", part(&embedded), part(&claims(json!({}))));
    let bad = [
        none("none"),
        none("None"),
        none("HS256"),
        signed(&hmac, json!({}), &EncodingKey::from_secret(&public)),
        signed(&hmac, json!({}), &EncodingKey::from_secret(x.as_bytes())),
        signed(&kid("one"), json!({}), &foreign),
        signed(&kid("two"), json!({}), &ours),
        signed(&kid("../../../dev/null"), json!({}), &foreign),
        embedded,
        format!("{head}.{}.{signature}", part(&claims(json!({ "sub": "alex" })))),
        format!("{head}.{rest}x"),
        good[..good.len() - 4].to_owned(),
        signed(&kid("one"), json!({ "exp": now - 3600 }), &ours),
        signed(&kid("one"), json!({ "exp": null }), &ours),
        signed(&kid("one"), json!({ "nbf": now + 3600 }), &ours),
        signed(&kid("one"), json!({ "aud": "another" }), &ours),
        signed(&kid("one"), json!({ "iss": "https://evil.example" }), &ours),
        signed(&kid("one"), json!({ "sub": { "$ne": "" } }), &ours),
        "a.b.c".into(),
        "A".repeat(7000),
    ];
    for token in &bad {
        let status = ask(token).await;
        assert_eq!(status, 401, "{token}");
    }
    attack.held(format!("{} tokens: 401 each; the provider's own passes", bad.len()));
}
