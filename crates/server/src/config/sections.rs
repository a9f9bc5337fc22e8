//! The server's own sections of the configuration. Those of the rules are [`sspr_service::Settings`].
//!
//! What each key means stands in `sspr-server.example.toml`, which a test holds against these types.

use super::DatabaseUrl;
use ipnet::IpNet;
use serde::Deserialize;
use std::{net::SocketAddr, path::PathBuf};

/// `[server]`: sockets, files, limits.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerSection {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where `/metrics` is shown, if anywhere.
    pub metrics_listen: Option<SocketAddr>,
    /// Whether people reach us by HTTPS, which a proxy in front of us speaks; decides on the cookie's name and rights.
    pub https: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Other sites whose pages may call us.
    pub allowed_origins: Vec<String>,
    /// Files served at `/`.
    pub static_dir: Option<PathBuf>,
    /// Where `/.well-known/change-password` leads.
    pub change_password_page: String,
    /// The key that everything secret in the database is sealed with.
    pub secret_key_file: PathBuf,
    /// Seconds in which a request's headers must have come.
    pub header_timeout_seconds: u32,
    /// Seconds in which a request must be answered.
    pub request_timeout_seconds: u32,
    /// Seconds that running requests get when we stop.
    pub shutdown_seconds: u32,
    /// Connections that are open at most; further ones wait until one is closed.
    pub connections: u32,
    /// Connections from one address at most, proxies of ours excepted; further ones are closed.
    pub connections_per_address: u32,
    /// Password hashes computed at once; 0 is one for each processor.
    pub hashes_at_once: u32,
    /// Requests answered at once; further ones are refused as `overloaded`. 0 is 128 for each processor.
    pub requests_at_once: u32,
    /// Answers of a recovery and of the sign-in take a multiple of so many milliseconds; 0 lets them go at once.
    pub even_answer_ms: u32,
}

impl Default for ServerSection {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            metrics_listen: None,
            https: true,
            trusted_proxies: Vec::new(),
            allowed_origins: Vec::new(),
            static_dir: None,
            change_password_page: "/".into(),
            secret_key_file: "sspr-server.key".into(),
            header_timeout_seconds: 10,
            request_timeout_seconds: 30,
            shutdown_seconds: 30,
            connections: 4096,
            connections_per_address: 256,
            hashes_at_once: 0,
            requests_at_once: 0,
            even_answer_ms: 50,
        }
    }
}

/// `[database]`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseSection {
    /// The SQLite file, or the database on a PostgreSQL server.
    pub url: DatabaseUrl,
    /// File with the password in its first line.
    pub password_file: Option<PathBuf>,
    /// Connections that are open at most.
    pub connections: u32,
    /// Seconds between two clean-ups.
    pub sweep_seconds: u32,
}

impl Default for DatabaseSection {
    fn default() -> Self {
        Self {
            url: DatabaseUrl::Sqlite("sspr-server.sqlite".into()),
            password_file: None,
            connections: 8,
            sweep_seconds: 60,
        }
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One object in a line.
    Json,
}

/// `[log]`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSection {
    /// How lines look.
    pub format: LogFormat,
    /// What is logged, in the notation of `tracing_subscriber::EnvFilter`.
    pub filter: String,
}

impl Default for LogSection {
    fn default() -> Self {
        Self { format: LogFormat::Text, filter: "info".into() }
    }
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpTls {
    /// STARTTLS, or nothing is sent.
    #[default]
    Required,
    /// STARTTLS where the server offers it.
    Opportunistic,
    /// TLS from the first byte.
    Implicit,
    /// In clear.
    None,
}

/// `[smtp]`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SmtpSection {
    /// Name of the mail server; its certificate must carry it.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: SmtpTls,
    /// One more authority for its certificate, PEM.
    pub ca_file: Option<PathBuf>,
    /// User name, where the server wants one.
    pub username: Option<String>,
    /// File with the password in its first line.
    pub password_file: Option<PathBuf>,
    /// Sender of all mail.
    pub from: String,
    /// How we greet; the machine's name where absent.
    pub hello_name: Option<String>,
    /// Seconds until an answer must have come.
    pub timeout_seconds: u32,
}

impl Default for SmtpSection {
    fn default() -> Self {
        Self {
            host: "localhost".into(),
            port: 587,
            tls: SmtpTls::Required,
            ca_file: None,
            username: None,
            password_file: None,
            from: "sspr@localhost".into(),
            hello_name: None,
            timeout_seconds: 20,
        }
    }
}

/// `[gateway]`: text messages and calls.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GatewaySection {
    /// Where messages are posted to.
    pub url: Option<String>,
    /// File with the bearer token in its first line.
    pub token_file: Option<PathBuf>,
    /// One more authority for its certificate, PEM.
    pub ca_file: Option<PathBuf>,
    /// Seconds until an answer must have come.
    pub timeout_seconds: u32,
}

impl Default for GatewaySection {
    fn default() -> Self {
        Self { url: None, token_file: None, ca_file: None, timeout_seconds: 15 }
    }
}

/// `[revocation]`: the identity provider that is told of what happens to accounts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RevocationSection {
    /// Where events are posted to.
    pub url: Option<String>,
    /// File with the secret that signs them in its first line.
    pub secret_file: Option<PathBuf>,
    /// One more authority for its certificate, PEM.
    pub ca_file: Option<PathBuf>,
    /// Seconds until an answer must have come.
    pub timeout_seconds: u32,
}

impl Default for RevocationSection {
    fn default() -> Self {
        Self { url: None, secret_file: None, ca_file: None, timeout_seconds: 15 }
    }
}

/// `[breached]`: the list of leaked passwords.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BreachedSection {
    /// The list's address, to whose end five digits are put.
    pub url: Option<String>,
    /// Where browsers ask; through us where absent.
    pub browser_url: Option<String>,
    /// One more authority for its certificate, PEM.
    pub ca_file: Option<PathBuf>,
    /// Seconds until an answer must have come.
    pub timeout_seconds: u32,
}

impl Default for BreachedSection {
    fn default() -> Self {
        Self { url: None, browser_url: None, ca_file: None, timeout_seconds: 3 }
    }
}

/// What a start asks for besides the identifier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaptchaKind {
    /// Nothing.
    #[default]
    None,
    /// Work of the browser.
    ProofOfWork,
    /// What another service judges.
    External,
}

/// `[captcha]`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CaptchaSection {
    /// What a start asks for.
    pub kind: CaptchaKind,
    /// Zero bits of each of the sixteen puzzles.
    pub difficulty: u32,
    /// Seconds that a challenge is good for.
    pub life_seconds: u32,
    /// The other service's name, as the page's script knows it.
    pub provider: String,
    /// Its public key for this site.
    pub site_key: String,
    /// Where it judges answers.
    pub verify_url: Option<String>,
    /// File with our secret at it in its first line.
    pub secret_file: Option<PathBuf>,
    /// One more authority for its certificate, PEM.
    pub ca_file: Option<PathBuf>,
    /// Seconds until it must have judged.
    pub timeout_seconds: u32,
}

impl Default for CaptchaSection {
    fn default() -> Self {
        Self {
            kind: CaptchaKind::None,
            difficulty: 13,
            life_seconds: 600,
            provider: String::new(),
            site_key: String::new(),
            verify_url: None,
            secret_file: None,
            ca_file: None,
            timeout_seconds: 5,
        }
    }
}

/// `[identity]`: who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IdentitySection {
    /// Whether we sign people in ourselves.
    pub own_sign_in: bool,
    /// A reverse proxy that does.
    pub header: Option<HeaderSection>,
    /// Bearer tokens of an identity provider.
    pub token: Option<TokenSection>,
}

impl Default for IdentitySection {
    fn default() -> Self {
        Self { own_sign_in: true, header: None, token: None }
    }
}

/// `[identity.header]`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeaderSection {
    /// Name of the header that carries the identifier.
    pub name: String,
    /// Name of a header with the time of the sign-in, in seconds since 1970.
    #[serde(default)]
    pub authenticated_at: Option<String>,
    /// Addresses of the proxy.
    pub from: Vec<IpNet>,
}

/// `[identity.token]`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenSection {
    /// The expected `iss`.
    pub issuer: String,
    /// The expected `aud`.
    pub audience: String,
    /// The claim that holds the user name or address.
    #[serde(default = "sub")]
    pub identifier_claim: String,
    /// Keys, as a file.
    #[serde(default)]
    pub jwks_file: Option<PathBuf>,
    /// Keys, as an address.
    #[serde(default)]
    pub jwks_url: Option<String>,
    /// One more authority for the certificate of `jwks_url`, PEM.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

fn sub() -> String {
    "sub".into()
}
