//! Bearer tokens. The first byte says how the rest becomes one: as it is (`0`), or two lines of JSON, header and claims,
//! signed by the right key (`1`), by none (`2`) or by another (`3`). Only the third kind may ever name somebody.

use crate::world::block_on;
use axum::http::{Request, header::AUTHORIZATION};
use data_encoding::BASE64URL_NOPAD;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use sspr_api::{Identified, Identity};
use sspr_server::{config::TokenSection, identity::BearerToken};
use std::sync::LazyLock;

const ISSUER: &str = "https://id.example";
const AUDIENCE: &str = "sspr";

static KEYS: LazyLock<[Ed25519KeyPair; 2]> = LazyLock::new(|| {
    [[7; 32], [8; 32]].map(|seed| Ed25519KeyPair::from_seed_unchecked(&seed).expect("a seed is a key"))
});

static CHECK: LazyLock<BearerToken> = LazyLock::new(|| {
    let x = BASE64URL_NOPAD.encode(KEYS[0].public_key().as_ref());
    let set =
        json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "k", "use": "sig", "alg": "EdDSA", "x": x}]});
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), set.to_string()).expect("a file");
    let (_, path) = file.keep().expect("a file");
    let section = TokenSection {
        jwks_file: Some(path),
        jwks_url: None,
        ca_file: None,
        issuer: ISSUER.into(),
        audience: AUDIENCE.into(),
        identifier_claim: "sub".into(),
    };
    BearerToken::new(&section).expect("one source of keys")
});

fn signed(key: &Ed25519KeyPair, header: &str, claims: &str) -> String {
    let [header, claims] = [header, claims].map(|part| BASE64URL_NOPAD.encode(part.as_bytes()));
    let signature = BASE64URL_NOPAD.encode(key.sign(format!("{header}.{claims}").as_bytes()).as_ref());
    format!("{header}.{claims}.{signature}")
}

fn identified(token: &str) -> Option<Identified> {
    let request = Request::builder().header(AUTHORIZATION, format!("Bearer {token}")).body(()).ok()?;
    block_on(CHECK.identify(&request.into_parts().0)).ok().flatten()
}

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Some((kind, rest)) = text.split_at_checked(1) else { return };
    let (header, claims) = rest.split_once('\n').unwrap_or((rest, "{}"));
    match kind {
        "1" => {
            let Some(who) = identified(&signed(&KEYS[0], header, claims)) else { return };
            let claims: Value = serde_json::from_str(claims).expect("claims that name somebody are JSON");
            assert!(!who.identifier.trim().is_empty());
            assert_eq!(claims["sub"].as_str().map(str::trim), Some(who.identifier.as_str()));
            assert!(holds(&claims["iss"], ISSUER) && holds(&claims["aud"], AUDIENCE), "{claims}");
            assert!(claims["exp"].as_f64().is_some_and(|exp| exp > 1.7e9), "it has run out: {claims}");
        }
        "2" => {
            let token = signed(&KEYS[0], header, claims);
            let bare = token.rsplit_once('.').map_or("", |(bare, _)| bare);
            assert_eq!(identified(bare), None);
            assert_eq!(identified(&format!("{bare}.")), None);
        }
        "3" => assert_eq!(identified(&signed(&KEYS[1], header, claims)), None),
        _ => assert_eq!(identified(rest), None),
    }
}

/// A text, or one of several.
fn holds(claim: &Value, expected: &str) -> bool {
    claim == expected || claim.as_array().is_some_and(|some| some.iter().any(|it| it == expected))
}
