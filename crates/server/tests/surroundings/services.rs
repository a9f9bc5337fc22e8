//! What is asked over HTTP: the identity provider that is told of resets, the list of leaked passwords, who judges captchas,
//! and the keys of tokens.

use super::setup::{Site, answers, nobody, silent};
use std::net::SocketAddr;

/// A server that answers everything with this.
fn with(body: &'static str) -> SocketAddr {
    status("200 OK", body)
}

fn status(status: &'static str, body: &'static str) -> SocketAddr {
    let length = body.len();
    answers(move || {
        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_identity_provider_is_asked_whether_it_is_there() {
    let mut site = Site::new().await;
    site.secret("signing", &"QUJD".repeat(8));
    site.set("revocation", "secret_file", Some("\"signing\""));
    site.set("revocation", "timeout_seconds", Some("2"));
    let mut at = async |address: SocketAddr| {
        site.set("revocation", "url", Some(&format!("\"http://{address}/hook\"")));
        site.examine().await
    };
    at(status("405 Method Not Allowed", "")).await.says("revocation-ok", "405");
    at(status("503 Service Unavailable", "")).await.warns_of("revocation-failing");
    at(silent()).await.is_broken_by("revocation-unreachable");
    at(nobody()).await.is_broken_by("revocation-unreachable");
    site.secret("signing", "too short");
    site.examine().await.is_broken_by("revocation-config");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_leaked_passwords_is_asked_for_the_commonest() {
    let mut site = Site::new().await;
    let mut at = async |address: SocketAddr| {
        site.set("breached", "url", Some(&format!("\"http://{address}/range/\"")));
        site.examine().await
    };
    at(with("{}")).await.says("breached-odd", "no list");
    at(with("0018A45C4D1DEF81644B54AB7F969B88D65:3")).await.warns_of("breached-odd");
    // Without the list people still get through.
    at(nobody()).await.warns_of("breached-unreachable");
    at(status("404 Not Found", "")).await.says("breached-unreachable", "404");
    site.set("breached", "ca_file", Some("\"nowhere.pem\""));
    site.examine().await.is_broken_by("breached-config");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_judges_captchas_has_to_refuse_nonsense() {
    let mut site = Site::new().await;
    // It stands for the secret at the captcha's service: never printed.
    site.secret("captcha-secret", super::setup::SECRETS[1]);
    for (key, value) in [
        ("kind", "external"),
        ("provider", "turnstile"),
        ("site_key", "k"),
        ("secret_file", "captcha-secret"),
    ] {
        site.set("captcha", key, Some(&format!("\"{value}\"")));
    }
    let mut at = async |address: SocketAddr| {
        site.set("captcha", "verify_url", Some(&format!("\"http://{address}/siteverify\"")));
        site.examine().await
    };
    at(with(r#"{"success":false}"#)).await.says("captcha-ok", "answers");
    at(with(r#"{"success":true}"#)).await.warns_of("captcha-passes");
    at(with("[]")).await.is_broken_by("captcha-unreachable");
    at(nobody()).await.is_broken_by("captcha-unreachable");
    site.set("captcha", "secret_file", Some("\"nowhere\""));
    site.examine().await.is_broken_by("captcha-config");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_of_tokens_are_read_and_counted() {
    let mut site = Site::new().await;
    site.append("\n[identity.token]\nissuer = \"https://id.example.org\"\naudience = \"sspr\"\n");
    let mut at = async |address: SocketAddr| {
        let url = format!("\"http://{address}/keys?key={}\"", super::setup::SECRETS[1]);
        site.set("identity.token", "jwks_url", Some(&url));
        site.examine().await
    };
    let one = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"1","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
    at(with(one)).await.says("identity-ok", "with: 1.");
    at(with(r#"{"keys":[]}"#)).await.is_broken_by("identity-keys");
    at(with("no JSON")).await.is_broken_by("identity-keys");
    at(status("500 Internal Server Error", "")).await.is_broken_by("identity-keys");
    at(nobody()).await.is_broken_by("identity-keys");
    site.set("identity.token", "ca_file", Some("\"nowhere.pem\""));
    site.examine().await.is_broken_by("identity-config");
}
