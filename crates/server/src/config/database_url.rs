//! Where the database is: a file, or a PostgreSQL server.

use reqwest::Url;
use serde::Deserialize;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sspr_core::Secret;
use std::{
    fmt,
    net::IpAddr,
    path::{Path, PathBuf},
    str::FromStr,
};

const FORMS: &str = "write it like `sqlite:sspr-server.sqlite` or `postgres://sspr@db.example.org/sspr`";

/// What may stand behind the `?`. Anything else would be passed over without a word.
const PARAMETERS: [&str; 12] = [
    "application_name",
    "dbname",
    "host",
    "options",
    "password",
    "port",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
    "user",
];

/// `database.url`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Secret")]
pub enum DatabaseUrl {
    /// `sqlite:` and the path of a file.
    Sqlite(PathBuf),
    /// `postgres:`, as libpq takes it.
    Postgres(PostgresUrl),
}

impl DatabaseUrl {
    /// The same as somebody types it, who may leave `sqlite:` out.
    pub(crate) fn typed(text: String) -> Result<Self, String> {
        let (scheme, rest) = text.split_once(':').unwrap_or_default();
        if rest.starts_with("//") || ["sqlite", "postgres", "postgresql"].contains(&scheme) {
            return Self::try_from(Secret::new(text));
        }
        Ok(Self::Sqlite(text.into()))
    }

    /// Makes a file relative to a folder.
    pub(super) fn resolve(&mut self, folder: &Path) {
        if let Self::Sqlite(path) = self {
            *path = folder.join(&*path);
        }
    }
}

/// No error repeats the address: it may hold a password.
impl TryFrom<Secret> for DatabaseUrl {
    type Error = String;

    fn try_from(url: Secret) -> Result<Self, String> {
        match url.expose().split_once(':') {
            Some(("sqlite", path)) => match path.strip_prefix("//").unwrap_or(path) {
                "" => Err(format!("names no file; {FORMS}")),
                path => Ok(Self::Sqlite(path.into())),
            },
            Some(("postgres" | "postgresql", _)) => PostgresUrl::new(url).map(Self::Postgres),
            _ => Err(format!("begins with neither `sqlite:` nor `postgres:`; {FORMS}")),
        }
    }
}

/// The address of a database on a PostgreSQL server, checked. Printed, it shows neither user nor password.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrl {
    text: Secret,
    place: String,
    /// Whether it says itself how the connection is protected.
    chooses_tls: bool,
}

impl PostgresUrl {
    fn new(text: Secret) -> Result<Self, String> {
        let url = Url::parse(text.expose()).map_err(|error| format!("is no address ({error}); {FORMS}"))?;
        if let Some((name, _)) = url.query_pairs().find(|(name, _)| !PARAMETERS.contains(&&**name)) {
            return Err(format!("has the unknown parameter `{name}`; known are {}", PARAMETERS.join(", ")));
        }
        let options = PgConnectOptions::from_str(text.expose()).map_err(|error| error.to_string())?;
        let Some(database) = options.get_database() else {
            return Err(format!("names no database; {FORMS}"));
        };
        let place = match options.get_socket() {
            Some(folder) => format!("{database} in {}", folder.display()),
            None => format!("{database} at {}:{}", options.get_host(), options.get_port()),
        };
        let chooses_tls = url.query_pairs().any(|(name, _)| name == "sslmode");
        Ok(Self { place, chooses_tls, text })
    }

    /// The database's name and its server's.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// How to connect; `password` goes before one in the address. Beyond this machine, the server has to prove its name by
    /// a certificate unless the address says otherwise: what is sealed is a small part of what goes over the line.
    pub fn options(&self, password: Option<&Secret>) -> sqlx::Result<PgConnectOptions> {
        let mut options = PgConnectOptions::from_str(self.text.expose())?;
        if let Some(password) = password {
            options = options.password(password.expose());
        }
        if !self.chooses_tls && !is_here(&options) {
            options = options.ssl_mode(PgSslMode::VerifyFull);
        }
        if options.get_application_name().is_none() {
            options = options.application_name("sspr-server");
        }
        Ok(options)
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresUrl({})", self.place)
    }
}

fn is_here(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Result<DatabaseUrl, String> {
        DatabaseUrl::try_from(Secret::new(url))
    }

    fn postgres(url: &str) -> PostgresUrl {
        match parse(url) {
            Ok(DatabaseUrl::Postgres(url)) => url,
            other => panic!("{other:?}"),
        }
    }

    fn tls(url: &str) -> String {
        format!("{:?}", postgres(url).options(None).unwrap().get_ssl_mode())
    }

    #[test]
    fn a_file_may_be_relative_or_not_and_typed_without_its_scheme() {
        for (url, path) in
            [("sqlite:a.sqlite", "a.sqlite"), ("sqlite:/var/a", "/var/a"), ("sqlite:///var/a", "/var/a")]
        {
            assert_eq!(parse(url), Ok(DatabaseUrl::Sqlite(path.into())));
            assert_eq!(DatabaseUrl::typed(url.into()), parse(url));
        }
        assert_eq!(DatabaseUrl::typed("c:a?b".into()), Ok(DatabaseUrl::Sqlite("c:a?b".into())));
        assert!(parse("a.sqlite").is_err());
        assert!(parse("sqlite:").is_err());
    }

    #[test]
    fn what_cannot_be_used_is_refused_without_repeating_the_password() {
        for (url, why) in [
            ("postgres://sspr:hunter2@db.example.org", "names no database"),
            ("postgres://sspr:hunter2@db.example.org:many/sspr", "invalid port"),
            ("postgres://sspr:hunter2@db.example.org/sspr?sslmod=require", "unknown parameter `sslmod`"),
            ("postgres://sspr:hunter2@db.example.org/sspr?sslmode=sure", "sure"),
            ("mysql://sspr:hunter2@db.example.org/sspr", "neither `sqlite:` nor `postgres:`"),
        ] {
            for error in [parse(url).unwrap_err(), DatabaseUrl::typed(url.into()).unwrap_err()] {
                assert!(error.contains(why), "{error}");
                assert!(!error.contains("hunter2"), "{error}");
            }
        }
    }

    #[test]
    fn printed_it_shows_the_place_and_no_password() {
        let url = postgres("postgresql://sspr:hunter2@db.example.org:6432/reset");
        assert_eq!(format!("{url:?}"), "PostgresUrl(reset at db.example.org:6432)");
        let url = postgres("postgres://sspr@localhost/reset?host=/run/postgresql&password=hunter2");
        assert_eq!(format!("{url:?}"), "PostgresUrl(reset in /run/postgresql)");
    }

    #[test]
    fn beyond_this_machine_the_server_proves_its_name_unless_the_address_says_otherwise() {
        assert_eq!(tls("postgres://sspr@db.example.org/sspr"), "VerifyFull");
        assert_eq!(tls("postgres://sspr@192.0.2.7/sspr"), "VerifyFull");
        assert_eq!(tls("postgres://sspr@db.example.org/sspr?sslmode=require"), "Require");
        for here in ["localhost", "127.0.0.1", "[::1]", "%2Frun%2Fpostgresql"] {
            assert_eq!(tls(&format!("postgres://sspr@{here}/sspr")), "Prefer", "{here}");
        }
    }
}
