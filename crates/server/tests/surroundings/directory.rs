//! The directory: OpenLDAP, and Samba for Active Directory.

use super::{
    samba::{self, Samba},
    setup::{Site, nobody},
    slapd::{BASE, SERVICE, Slapd},
};

async fn over_openldap(slapd: &Slapd) -> Site {
    let mut site = Site::new().await;
    site.append(&format!(
        r#"
[directory]
kind = "openldap"
[directory.ldap]
url = "{}"
ca_file = "{}"
bind_dn = "{SERVICE}"
bind_password_file = "ldap-password"
base = "ou=people,{BASE}"
group_base = "ou=groups,{BASE}"
default_policy = "cn=default,ou=policies,{BASE}"
connect_timeout_seconds = 2
timeout_seconds = 2
"#,
        slapd.tls_url(),
        slapd.ca_file().display()
    ));
    site
}

const LDAP: &str = "directory.ldap";

#[tokio::test(flavor = "multi_thread")]
async fn openldap_is_well_but_does_not_tell_its_rights() {
    let slapd = Slapd::start();
    let mut site = over_openldap(&slapd).await;
    let said = site.examine().await;
    said.warns_of("directory-rights-unknown");
    said.says("directory-ok", "");
    said.says("directory-policy-ok", "");
    site.set(LDAP, "default_policy", Some(&format!("\"cn=no,{BASE}\"")));
    site.examine().await.warns_of("directory-policy-unreadable");
}

#[tokio::test(flavor = "multi_thread")]
async fn openldap_is_asked_at_the_wrong_place() {
    let slapd = Slapd::start();
    let mut site = over_openldap(&slapd).await;
    site.set(LDAP, "filter", Some("\"(&(objectClass=device)(cn={identifier}))\""));
    site.examine().await.warns_of("directory-nobody");
    site.set(LDAP, "filter", None);
    site.set(LDAP, "base", Some(&format!("\"ou=no,{BASE}\"")));
    site.examine().await.is_broken_by("directory-base");
}

#[tokio::test(flavor = "multi_thread")]
async fn openldap_does_not_let_us_in() {
    let mut slapd = Slapd::start();
    let mut site = over_openldap(&slapd).await;
    site.secret("ldap-password", "wrong");
    site.examine().await.is_broken_by("directory-sign-in");
    site.secret("ldap-password", "Service-passphrase-1");
    site.set(LDAP, "ca_file", None);
    site.examine().await.is_broken_by("directory-unreachable");
    slapd.stop();
    site.examine().await.is_broken_by("directory-unreachable");
    site.set(LDAP, "url", Some(&format!("\"ldaps://{}\"", nobody())));
    site.examine().await.is_broken_by("directory-unreachable");
    site.set(LDAP, "bind_password_file", None);
    site.examine().await.is_broken_by("directory-config");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_tells_what_the_service_account_may_do_and_the_time() {
    let domain = Samba::start();
    let mut site = Site::new().await;
    site.append(&format!(
        r#"
[directory]
kind = "active-directory"
[directory.ldap]
url = "{}"
ca_file = "{}"
bind_dn = "{}"
bind_password_file = "ldap-password"
base = "OU=people,{}"
group_base = "OU=groups,{}"
"#,
        domain.tls_url(),
        domain.ca_file().display(),
        samba::SERVICE,
        samba::BASE,
        samba::BASE
    ));
    let said = site.examine().await;
    for code in ["directory-ok", "directory-rights-ok", "directory-policy-ok"] {
        said.says(code, "");
    }
    said.says("clock-ok", "the directory");
    assert!(said.of("warning").is_empty() && said.of("broken").is_empty(), "{:#?}", said.findings);
    // Nothing was delegated there.
    site.set(LDAP, "base", Some(&format!("\"CN=Users,{}\"", samba::BASE)));
    site.examine().await.is_broken_by("directory-rights-missing");
}
