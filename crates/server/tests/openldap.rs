//! The server with its accounts in OpenLDAP: a whole recovery over HTTP, and a directory that goes and comes back.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../../directory-ldap/tests/support/slapd.rs"]
mod slapd;
mod support;

use reqwest::Method;
use serde_json::json;
use slapd::{BASE, OLD, SERVICE, SERVICE_PASSWORD, Slapd};
use std::time::Duration;
use support::ldap::{self, recovery};

fn section(url: &str, tls: &str) -> String {
    format!(
        r#"
[directory]
kind = "openldap"
[directory.ldap]
url = "{url}"
{tls}
connect_timeout_seconds = 1
timeout_seconds = 1
bind_dn = "{SERVICE}"
base = "ou=people,{BASE}"
group_base = "ou=groups,{BASE}"
admin_groups = ["admins"]
default_policy = "cn=default,ou=policies,{BASE}"
"#
    )
}

impl ldap::Directory for Slapd {
    const PASSWORDS: [&'static str; 2] = [OLD, SERVICE_PASSWORD];

    fn stop(&mut self) {
        self.stop();
    }

    fn go_on(&mut self) {
        self.go_on();
    }

    fn opens(&self, password: &str) -> bool {
        self.opens("carol", password)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_ends_with_a_new_password_in_the_directory() {
    let mut slapd = Slapd::start();
    let tls = format!("starttls = true\nca_file = \"{}\"", slapd.ca_file().display());
    let (server, _folder) = ldap::start(&section(&slapd.url(), &tls), SERVICE_PASSWORD).await;
    let view = recovery(&mut slapd, &server, OLD, "in-history").await;
    assert_eq!(view["policy"]["min_length"], 12, "the directory's, shown before anything is typed");
    let told = view["policy"]["server_rules"].as_array().unwrap();
    assert!(told.contains(&json!({ "rule": "in-history", "number": 3 })), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_directory_is_unavailable_in_bounded_time() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let section = section(&format!("ldap://{}", listener.local_addr().unwrap()), "");
    let (server, _folder) = ldap::start(&section, SERVICE_PASSWORD).await;
    let start = json!({ "identifier": "carol", "intent": "reset" });
    for _ in 0..2 {
        let answer = server.ask(Method::POST, "/recovery", None, &start).await;
        assert_eq!(answer.status, 502, "{}", answer.text);
        assert!(answer.took < Duration::from_secs(3), "{:?}", answer.took);
    }
    assert_eq!(server.ready().await.status, 502);
    assert!(server.log().contains("no answer within 1000 ms"), "the log says what is wrong");
}
