//! `sspr-server doctor` meets things that are really broken, and names each by its code.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../../directory-ldap/tests/support/slapd.rs"]
mod slapd;

use serde_json::Value;
use slapd::{BASE, SERVICE, SERVICE_PASSWORD, Slapd};
use sspr_mailbox::{Faults, Mailbox, Options};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
};
use tempfile::TempDir;

const PASSWORD: &str = "correct-horse-post";

/// A folder with a configuration and its secrets, and a mailbox that wants a password.
struct Site {
    folder: TempDir,
    mailbox: Mailbox,
}

/// What the program said of each thing, and whether something is broken.
struct Said {
    codes: Vec<String>,
    all: String,
    healthy: bool,
}

impl Said {
    fn has(&self, code: &str) -> bool {
        self.codes.iter().any(|it| it == code)
    }
}

impl Site {
    async fn new() -> Self {
        let credentials = Some(("post".to_owned(), PASSWORD.to_owned()));
        let mailbox = sspr_mailbox::start(Options { credentials, ..Options::default() }).await.unwrap();
        let site = Self { folder: tempfile::tempdir().unwrap(), mailbox };
        fs::write(site.folder.path().join("ca.pem"), site.mailbox.certificate_pem()).unwrap();
        site.secret("mail", PASSWORD);
        site.secret("ldap", SERVICE_PASSWORD);
        site.configure("");
        site
    }

    fn secret(&self, name: &str, secret: &str) {
        let path = self.folder.path().join(name);
        fs::write(&path, format!("{secret}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn configure(&self, more: &str) {
        let (smtp, http) = (self.mailbox.smtp_address().port(), self.mailbox.http_address());
        let text = format!(
            r#"
[smtp]
port = {smtp}
ca_file = "ca.pem"
username = "post"
password_file = "mail"
timeout_seconds = 5
[gateway]
url = "http://{http}/gateway"
{more}
"#
        );
        fs::write(self.folder.path().join("sspr-server.toml"), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> std::process::Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sspr-server"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command.output().unwrap()
    }

    /// Makes the database and its key, as a first start does.
    fn begin(&self) {
        let people = self.folder.path().join("people.json");
        fs::write(&people, "[]").unwrap();
        let made = self.run(&["user", "import", "people.json"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }

    fn doctor(&self, more: &[&str]) -> Said {
        let output = self.run(&[&["doctor", "--json"], more].concat());
        let all = String::from_utf8(output.stdout).unwrap();
        let codes = all.lines().map(|line| {
            let finding: Value = serde_json::from_str(line).unwrap();
            finding["code"].as_str().unwrap().to_owned()
        });
        for secret in [PASSWORD, SERVICE_PASSWORD] {
            assert!(!all.contains(secret), "{all}");
        }
        Said { codes: codes.collect(), healthy: output.status.code() == Some(0), all }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_first_start_nothing_is_made_and_nothing_is_broken() {
    let site = Site::new().await;
    let said = site.doctor(&[]);
    assert!(said.healthy && said.has("database-new") && said.has("key-new"), "{}", said.all);
    for file in ["sspr-server.sqlite", "sspr-server.key"] {
        assert!(!site.folder.path().join(file).exists(), "{file}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_healthy_server_is_called_healthy_and_mail_is_sent_only_where_asked() {
    let site = Site::new().await;
    site.begin();
    let said = site.doctor(&[]);
    assert!(said.healthy, "{}", said.all);
    for code in ["config-ok", "database-ok", "key-ok", "mail-ok", "gateway-ok", "directory-local", "clock-ok"]
    {
        assert!(said.has(code), "{code}: {}", said.all);
    }
    assert!(site.mailbox.messages().is_empty());
    let said = site.doctor(&["--send-to", "admin@example.org"]);
    assert!(said.healthy && said.has("mail-sent"), "{}", said.all);
    assert_eq!(site.mailbox.messages().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_configuration_is_named_with_its_line() {
    let site = Site::new().await;
    site.configure("[policy]\ngates = 7");
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("config-wrong") && said.all.contains("policy.gates"), "{}", said.all);
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_is_refused_unreachable_or_without_trust() {
    let site = Site::new().await;
    site.secret("mail", "wrong");
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("mail-sign-in"), "{}", said.all);
    site.secret("mail", PASSWORD);
    site.mailbox.set_faults(Faults { refuse: true, gateway_status: None, ..Faults::default() });
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("mail-unreachable"), "{}", said.all);
    site.mailbox.set_faults(Faults::default());
    let config = site.folder.path().join("sspr-server.toml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text.replace("ca_file = \"ca.pem\"\n", "")).unwrap();
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("mail-tls"), "{}", said.all);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_not_there_is_named() {
    let site = Site::new().await;
    let config = site.folder.path().join("sspr-server.toml");
    let text = fs::read_to_string(&config).unwrap();
    let here = format!("http://{}/gateway", site.mailbox.http_address());
    fs::write(&config, text.replace(&here, "http://127.0.0.1:1/gateway")).unwrap();
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("gateway-unreachable"), "{}", said.all);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_a_lost_key_and_a_file_that_is_no_database_are_told_apart() {
    let site = Site::new().await;
    site.begin();
    site.secret("sspr-server.key", &"ab".repeat(32));
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("key-other"), "{}", said.all);
    fs::remove_file(site.folder.path().join("sspr-server.key")).unwrap();
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("key-unreadable"), "{}", said.all);
    assert!(!site.folder.path().join("sspr-server.key").exists());
    site.configure("[database]\nurl = \"sqlite:ca.pem\"");
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("database-unreachable"), "{}", said.all);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_server_that_is_not_there_is_named_without_its_password() {
    let site = Site::new().await;
    site.configure("[database]\nurl = \"postgres://sspr:hunter2@127.0.0.1:1/reset\"");
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("database-unreachable"), "{}", said.all);
    assert!(!said.all.contains("hunter2"), "{}", said.all);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_is_looked_at_and_each_fault_has_its_code() {
    let slapd = Slapd::start();
    let site = Site::new().await;
    let section = |url: &str, base: &str| {
        format!(
            "[directory]\nkind = \"openldap\"\n[directory.ldap]\nurl = \"{url}\"\nbind_dn = \"{SERVICE}\"\n\
             bind_password_file = \"ldap\"\nbase = \"{base}\"\n\
             default_policy = \"cn=default,ou=policies,{BASE}\"\n{}",
            if url == slapd.url() {
                format!("starttls = true\nca_file = \"{}\"", slapd.ca_file().display())
            } else {
                String::new()
            }
        )
    };
    let people = format!("ou=people,{BASE}");
    site.configure(&section(&slapd.url(), &people));
    let said = site.doctor(&[]);
    for code in ["directory-ok", "directory-rights-unknown"] {
        assert!(said.healthy && said.has(code), "{code}: {}", said.all);
    }
    site.configure(&section(&slapd.url(), &format!("ou=nowhere,{BASE}")));
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("directory-base"), "{}", said.all);
    site.configure(&section(&slapd.url(), &people));
    site.secret("ldap", "wrong");
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("directory-sign-in"), "{}", said.all);
    site.configure(&section("ldap://127.0.0.1:1", &people));
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("directory-unreachable"), "{}", said.all);
}

/// A server that answers everything with the same JSON; gives its origin.
async fn answering(json: &'static str) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let app =
        axum::Router::new().fallback(move || async move { ([("content-type", "application/json")], json) });
    tokio::spawn(async move { axum::serve(listener, app).await });
    origin
}

/// Nobody listens there.
const NOWHERE: &str = "http://127.0.0.1:1";

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_provider_that_is_told_of_resets_is_asked_whether_it_is_there() {
    let site = Site::new().await;
    site.secret("revocation", &"QUJD".repeat(8));
    let section = |url: &str| format!("[revocation]\nurl = \"{url}/hook\"\nsecret_file = \"revocation\"");
    assert!(site.doctor(&[]).has("revocation-none"));
    site.configure(&section(&answering("{}").await));
    let said = site.doctor(&[]);
    assert!(said.healthy && said.has("revocation-ok"), "{}", said.all);
    site.configure(&section(NOWHERE));
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("revocation-unreachable"), "{}", said.all);
    site.secret("revocation", "short");
    let said = site.doctor(&[]);
    assert!(!said.healthy && said.has("revocation-config"), "{}", said.all);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_leaked_passwords_is_asked_for_the_commonest() {
    let site = Site::new().await;
    let section = |url: &str| format!("[breached]\nurl = \"{url}\"");
    assert!(site.doctor(&[]).has("breached-none"));
    site.configure(&section(&format!("http://{}/breached/range/", site.mailbox.http_address())));
    let said = site.doctor(&[]);
    assert!(said.healthy && said.has("breached-ok"), "{}", said.all);
    // Without the list people still get through: a warning.
    for (url, code) in [
        (answering("{}").await, "breached-odd"),
        (answering("0018A45C4D1DEF81644B54AB7F969B88D65:3").await, "breached-odd"),
        (NOWHERE.to_owned(), "breached-unreachable"),
    ] {
        site.configure(&section(&format!("{url}/range/")));
        let said = site.doctor(&[]);
        assert!(said.healthy && said.has(code), "{code}: {}", said.all);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_judges_captchas_has_to_refuse_nonsense() {
    let site = Site::new().await;
    site.secret("captcha", "0x4AAA-secret");
    assert!(site.doctor(&[]).has("captcha-own"));
    for (url, code, healthy) in [
        (answering(r#"{"success":false}"#).await, "captcha-ok", true),
        (answering(r#"{"success":true}"#).await, "captcha-passes", true),
        (answering("[]").await, "captcha-unreachable", false),
        (NOWHERE.to_owned(), "captcha-unreachable", false),
    ] {
        site.configure(&format!(
            "[captcha]\nkind = \"external\"\nprovider = \"turnstile\"\nsite_key = \"k\"\n\
             verify_url = \"{url}/siteverify\"\nsecret_file = \"captcha\""
        ));
        let said = site.doctor(&[]);
        assert!(said.healthy == healthy && said.has(code), "{code}: {}", said.all);
        assert!(!said.all.contains("0x4AAA"), "{}", said.all);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_of_tokens_are_read() {
    let site = Site::new().await;
    assert!(site.doctor(&[]).has("identity-none"));
    let key = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"1","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
    for (url, code, healthy) in [
        (answering(key).await, "identity-ok", true),
        (answering(r#"{"keys":[]}"#).await, "identity-keys", false),
        (answering("no JSON").await, "identity-keys", false),
        (NOWHERE.to_owned(), "identity-keys", false),
    ] {
        site.configure(&format!(
            "[identity.token]\nissuer = \"https://id.example.org\"\naudience = \"sspr\"\njwks_url = \"{url}/keys?key=hidden\""
        ));
        let said = site.doctor(&[]);
        assert!(said.healthy == healthy && said.has(code), "{code}: {}", said.all);
        assert!(!said.all.contains("hidden"), "{}", said.all);
    }
}
