//! Bearer tokens: the good one is taken, every other one is refused.
#![allow(clippy::unwrap_used, reason = "a test")]

use axum::http::{Request, request::Parts};
use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair},
};
use serde_json::{Value, json};
use sspr_api::{Identified, Identity, IdentityError};
use sspr_server::{config::TokenSection, identity::BearerToken};
use std::path::PathBuf;
use tempfile::TempDir;

const ISSUER: &str = "https://login.example.org";

/// A key of the provider with what it publishes of it.
struct Pair {
    signing: EncodingKey,
    public: Value,
}

struct Provider {
    folder: TempDir,
    key: Pair,
    algorithm: Algorithm,
}

fn ed25519() -> Pair {
    let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap();
    let x = BASE64URL_NOPAD.encode(pair.public_key().as_ref());
    let public = json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "x": x });
    Pair { signing: EncodingKey::from_ed_der(document.as_ref()), public }
}

fn p256() -> Pair {
    let (random, kind) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
    let document = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(kind, document.as_ref(), &random).unwrap();
    // An uncompressed point: 4, x, y.
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    let (x, y) = (BASE64URL_NOPAD.encode(x), BASE64URL_NOPAD.encode(y));
    let public = json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y });
    Pair { signing: EncodingKey::from_ec_der(document.as_ref()), public }
}

impl Provider {
    fn new(key: Pair, algorithm: Algorithm) -> Self {
        let provider = Self { folder: tempfile::tempdir().unwrap(), key, algorithm };
        provider.publish(&["one"]);
        provider
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("jwks.json")
    }

    /// Publishes the key under these ids.
    fn publish(&self, ids: &[&str]) {
        let named = |id: &&str| {
            let mut key = self.key.public.clone();
            key["kid"] = (*id).into();
            key
        };
        let keys: Vec<Value> = ids.iter().map(named).collect();
        std::fs::write(self.file(), json!({ "keys": keys }).to_string()).unwrap();
    }

    fn checks(&self) -> BearerToken {
        BearerToken::new(&TokenSection {
            issuer: ISSUER.into(),
            audience: "sspr".into(),
            identifier_claim: "preferred_username".into(),
            jwks_file: Some(self.file()),
            jwks_url: None,
            ca_file: None,
        })
        .unwrap()
    }

    fn token(&self, id: &str, claims: &Value) -> String {
        let header = Header { kid: Some(id.into()), ..Header::new(self.algorithm) };
        encode(&header, claims, &self.key.signing).unwrap()
    }
}

fn claims(changes: Value) -> Value {
    let mut claims = json!({
        "iss": ISSUER, "aud": "sspr", "sub": "4711", "preferred_username": "mai",
        "exp": jiff::Timestamp::now().as_second() + 300, "auth_time": 1_700_000_000,
    });
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

fn request(authorization: &str) -> Parts {
    Request::builder().header("authorization", authorization).body(()).unwrap().into_parts().0
}

async fn ask(checks: &BearerToken, token: &str) -> Result<Option<Identified>, IdentityError> {
    checks.identify(&request(&format!("Bearer {token}"))).await
}

async fn is_refused(checks: &BearerToken, token: &str) -> String {
    match ask(checks, token).await {
        Err(IdentityError::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_good_token_names_the_person_and_when_they_signed_in() {
    for (key, algorithm) in [(ed25519(), Algorithm::EdDSA), (p256(), Algorithm::ES256)] {
        let provider = Provider::new(key, algorithm);
        let found = ask(&provider.checks(), &provider.token("one", &claims(json!({})))).await;
        let found = found.unwrap().unwrap();
        assert_eq!(found.identifier, "mai");
        assert_eq!(found.authenticated_at.unwrap().as_second(), 1_700_000_000);
    }
}

#[tokio::test]
async fn a_token_that_is_over_or_for_others_is_refused() {
    let provider = Provider::new(ed25519(), Algorithm::EdDSA);
    let checks = provider.checks();
    let now = jiff::Timestamp::now().as_second();
    for wrong in [
        json!({ "exp": now - 60 }),
        json!({ "exp": null }),
        json!({ "nbf": now + 600 }),
        json!({ "aud": "somebody-else" }),
        json!({ "aud": null }),
        json!({ "iss": "https://evil.example" }),
        json!({ "preferred_username": "" }),
        json!({ "preferred_username": 5 }),
    ] {
        is_refused(&checks, &provider.token("one", &claims(wrong))).await;
    }
}

#[tokio::test]
async fn a_token_without_a_signature_or_signed_with_a_public_key_is_refused() {
    let provider = Provider::new(ed25519(), Algorithm::EdDSA);
    let checks = provider.checks();
    let good = provider.token("one", &claims(json!({})));
    let body = good.split('.').nth(1).unwrap();
    // {"alg":"none","kid":"one"}
    is_refused(&checks, &format!("eyJhbGciOiJub25lIiwia2lkIjoib25lIn0.{body}.")).await;
    let published = std::fs::read(provider.file()).unwrap();
    let header = Header { kid: Some("one".into()), ..Header::new(Algorithm::HS256) };
    let forged = encode(&header, &claims(json!({})), &EncodingKey::from_secret(&published)).unwrap();
    assert!(is_refused(&checks, &forged).await.contains("algorithm"));
    is_refused(&checks, &good[..good.len() - 4]).await;
    is_refused(&checks, "nonsense").await;
}

#[tokio::test]
async fn a_token_of_a_foreign_key_is_refused_under_a_known_id() {
    let provider = Provider::new(ed25519(), Algorithm::EdDSA);
    let stranger = Provider::new(ed25519(), Algorithm::EdDSA);
    is_refused(&provider.checks(), &stranger.token("one", &claims(json!({})))).await;
}

#[tokio::test]
async fn an_unknown_key_id_reads_the_keys_again_but_not_without_end() {
    let provider = Provider::new(ed25519(), Algorithm::EdDSA);
    let checks = provider.checks();
    provider.publish(&["one", "two"]);
    let two = provider.token("two", &claims(json!({})));
    assert!(ask(&checks, &two).await.unwrap().is_some());
    provider.publish(&["three"]);
    let three = provider.token("three", &claims(json!({})));
    assert!(is_refused(&checks, &three).await.contains("key is not known"));
    assert!(ask(&checks, &two).await.unwrap().is_some());
}

#[tokio::test]
async fn keys_that_cannot_be_read_are_our_trouble_and_not_the_persons() {
    let provider = Provider::new(ed25519(), Algorithm::EdDSA);
    std::fs::remove_file(provider.file()).unwrap();
    let outcome = ask(&provider.checks(), &provider.token("one", &claims(json!({})))).await;
    assert!(matches!(outcome, Err(IdentityError::Unavailable(_))), "{outcome:?}");
}

#[tokio::test]
async fn another_scheme_is_nobody() {
    let provider = Provider::new(ed25519(), Algorithm::EdDSA);
    assert_eq!(provider.checks().identify(&request("Basic bWFpOng=")).await.unwrap(), None);
}
