//! Search filters and names of an OpenLDAP directory, through the running server. Filters alone: `directory-ldap/src/filter.rs`.

use crate::{
    slapd::{BASE, OLD, SERVICE, SERVICE_PASSWORD, Slapd},
    support::ldap,
    table::Attack,
};
use reqwest::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_typed_changes_the_question_to_the_directory() {
    let attack =
        Attack::new("injection", "LDAP: filter and name characters in the identifier, wildcard sign-in");
    let slapd = Slapd::start();
    let section = format!(
        "[directory]\nkind = \"openldap\"\n[directory.ldap]\nurl = \"{}\"\nstarttls = true\nca_file = \"{}\"\n\
         bind_dn = \"{SERVICE}\"\nbase = \"ou=people,{BASE}\"",
        slapd.url(),
        slapd.ca_file().display()
    );
    let (server, _folder) = ldap::start(&section, SERVICE_PASSWORD).await;
    let sign_in = async |name: &str| {
        let body = json!({ "identifier": name, "password": OLD });
        server.ask(Method::POST, "/session", None, &body).await.status.as_u16()
    };
    assert_eq!(sign_in("carol").await, 200);
    let typed = [
        "*",
        "car*",
        "*)(uid=*",
        "carol)(objectClass=*",
        "carol)(|(uid=*",
        "*))(&(uid=carol",
        "carol\\2a",
        "\\63arol",
        "carol\0",
        "uid=carol",
        "carol,ou=people",
        "carol#",
        "carol+cn=x",
        "(carol)",
        "ca\u{a}rol",
        "!carol",
        "&",
        "|",
    ];
    let mut shapes = std::collections::BTreeSet::new();
    for name in typed {
        assert_eq!(sign_in(name).await, 401, "{name:?}");
        let start = json!({ "identifier": name, "intent": "reset" });
        let started = server.ask(Method::POST, "/recovery", None, &start).await;
        shapes.insert((started.status.as_u16(), started.text.len()));
    }
    let start = json!({ "identifier": "carol", "intent": "reset" });
    let started = server.ask(Method::POST, "/recovery", None, &start).await;
    shapes.insert((started.status.as_u16(), started.text.len()));
    assert_eq!(shapes.len(), 1, "{shapes:?}");
    assert_eq!(server.ready().await.status, 200);
    attack.held(format!("{} forms: nobody, and no fault of the directory", typed.len()));
}
