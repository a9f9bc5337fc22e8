//! The server with its accounts in Active Directory: a whole recovery over HTTP, and a controller that goes and comes back.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../../directory-ldap/tests/support/samba.rs"]
mod samba;
mod support;

use samba::{BASE, OLD, SERVICE, SERVICE_PASSWORD, Samba};
use serde_json::json;
use support::ldap::{self, recovery};

impl ldap::Directory for Samba {
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
async fn a_recovery_ends_with_a_new_password_in_the_domain() {
    let mut samba = Samba::start();
    let section = format!(
        r#"
[directory]
kind = "active-directory"
[directory.ldap]
url = "{}"
ca_file = "{}"
bind_dn = "{SERVICE}"
base = "OU=people,{BASE}"
group_base = "OU=groups,{BASE}"
admin_groups = ["admins"]
"#,
        samba.tls_url(),
        samba.ca_file().display()
    );
    let (server, _folder) = ldap::start(&section, SERVICE_PASSWORD).await;
    let view = recovery(&mut samba, &server, "Sh0rt-Pier!", "min-length").await;
    let policy = &view["policy"];
    assert_eq!(policy["min_length"], 12, "the domain's, shown before anything is typed");
    assert_eq!(policy["classes"]["at_least"], 3);
    assert_eq!(policy["max_utf16"], 256);
    let told: Vec<_> = policy["server_rules"].as_array().unwrap().iter().map(|it| &it["rule"]).collect();
    assert!(!told.contains(&&json!("in-history")), "the domain does not hold a reset to it: {told:?}");
    assert!(policy["personal_terms"].as_array().unwrap().contains(&json!("carol")));
}
