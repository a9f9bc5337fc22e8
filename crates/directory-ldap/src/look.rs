//! Looks at a directory without changing it, for an administrator who asks why something fails.

use crate::{
    connection::{open, within},
    entry::{first, values},
    people::LdapDirectory,
    pool::Pool,
};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use ldap3::{Ldap, Scope, SearchEntry, SearchOptions};
use sspr_service::directory::DirectoryError;

/// People looked at: one alone may be protected from the service account.
const PEOPLE: i32 = 5;

/// `noSuchObject`, `sizeLimitExceeded`.
const NO_SUCH_OBJECT: u32 = 32;
const SIZE_LIMIT: u32 = 4;

/// What an Active Directory tells, and others do not: what we may write.
const MAY_WRITE: &str = "allowedAttributesEffective";

/// Why nothing could be seen.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    /// No connection, or no TLS.
    #[error("{0}")]
    Unreachable(String),
    /// The service account was refused.
    #[error("it refused the service account with the LDAP result {0}")]
    SignIn(u32),
    /// It fails at a search.
    #[error("{0}")]
    Search(String),
}

/// What the service account may do to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    /// It may end locks, of at least one of those looked at.
    Unlocks,
    /// It may not, of none of them.
    Missing,
    /// The directory does not tell, or nobody was found.
    Unknown,
}

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The directory's clock, where it tells.
    pub time: Option<Timestamp>,
    /// Whether the base is there.
    pub base: bool,
    /// People found, of at most a few.
    pub people: usize,
    /// What may be done to them.
    pub rights: Rights,
    /// Whether the password policy can be read.
    pub policy: bool,
}

impl LdapDirectory {
    /// Signs in as the service account, on a connection of its own, and looks around.
    pub async fn look(&self) -> Result<Seen, LookError> {
        let pool = &self.0.pool;
        let settings = &pool.settings;
        let mut ldap = open(settings).await.map_err(|error| LookError::Unreachable(sentence(error)))?;
        let bind = ldap.simple_bind(&settings.bind_dn, settings.bind_password.expose());
        let bound = within(settings.connect_timeout, "cannot sign in", bind).await;
        match bound.map_err(|error| LookError::Unreachable(sentence(error)))?.rc {
            0 => {}
            code => return Err(LookError::SignIn(code)),
        }
        let seen = around(&mut ldap, pool).await;
        // Nothing is lost where the goodbye is.
        let _ = ldap.unbind().await;
        seen.map_err(LookError::Search)
    }
}

async fn around(ldap: &mut Ldap, pool: &Pool) -> Result<Seen, String> {
    let settings = &pool.settings;
    let all = "(objectClass=*)";
    let root = find(ldap, pool, "", Scope::Base, all, &["currentTime", "defaultNamingContext"]).await?;
    let root = root.into_iter().next();
    let time = root.as_ref().and_then(|root| first(root, "currentTime")).and_then(generalized);
    let base = !find(ldap, pool, &settings.base, Scope::Base, all, &["1.1"]).await?.is_empty();
    let anybody = settings.filter.replace("{identifier}", "*");
    let people = find(ldap, pool, &settings.base, Scope::Subtree, &anybody, &[MAY_WRITE]).await?;
    let told: Vec<_> = people.iter().map(|it| values(it, MAY_WRITE)).filter(|it| !it.is_empty()).collect();
    let unlocks = |names: &&[String]| names.iter().any(|name| name.eq_ignore_ascii_case("lockoutTime"));
    let domain = root.as_ref().and_then(|root| first(root, "defaultNamingContext"));
    let rights = match told.iter().any(unlocks) {
        true => Rights::Unlocks,
        // An Active Directory that tells nothing of anybody allows nothing.
        false if domain.is_some() && !people.is_empty() => Rights::Missing,
        false => Rights::Unknown,
    };
    let policy = match (&settings.default_policy, domain) {
        (Some(policy), _) => !find(ldap, pool, policy, Scope::Base, all, &["1.1"]).await?.is_empty(),
        (None, Some(domain)) => {
            let head = find(ldap, pool, domain, Scope::Base, all, &["minPwdLength"]).await?;
            head.iter().any(|head| first(head, "minPwdLength").is_some())
        }
        (None, None) => false,
    };
    Ok(Seen { time, base, people: people.len(), rights, policy })
}

async fn find(
    ldap: &mut Ldap,
    pool: &Pool,
    base: &str,
    scope: Scope,
    filter: &str,
    attributes: &[&str],
) -> Result<Vec<SearchEntry>, String> {
    let search = async {
        let options = SearchOptions::new().sizelimit(PEOPLE);
        let answer = ldap.with_search_options(options).search(base, scope, filter, attributes).await?;
        Ok((answer.0, answer.1))
    };
    let (entries, result) = within(pool.settings.timeout, "cannot search", search).await.map_err(sentence)?;
    match result.rc {
        0 | SIZE_LIMIT => {
            Ok(entries.into_iter().filter(|it| !it.is_ref()).map(SearchEntry::construct).collect())
        }
        NO_SUCH_OBJECT => Ok(Vec::new()),
        code => Err(format!("it answered a search with the LDAP result {code}")),
    }
}

fn sentence(error: DirectoryError) -> String {
    match error {
        DirectoryError::Unavailable(why) => why,
        other => other.to_string(),
    }
}

/// A time such as `20261123080000.0Z` (RFC 4517, 3.3.13), to the second.
fn generalized(text: &str) -> Option<Timestamp> {
    let digits = text.strip_suffix('Z')?.split('.').next()?;
    let time = DateTime::strptime("%Y%m%d%H%M%S", digits).ok()?;
    time.to_zoned(TimeZone::UTC).ok().map(|it| it.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_the_directory_is_read_and_nothing_else_taken_for_one() {
        let read = |text| generalized(text).map(|it| it.to_string());
        assert_eq!(read("20261123080102.0Z").as_deref(), Some("2026-11-23T08:01:02Z"));
        assert_eq!(read("20261123080102Z"), read("20261123080102.0Z"));
        for wrong in ["", "Z", "20261123", "20261323080102Z", "20261123080102+0100"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
