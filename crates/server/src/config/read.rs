//! From the tree to the types. Each value is first tried alone, so that one mistake does not hide the next and each
//! is known by its key.

use super::{Config, lines::Lines, mistake::Mistake};
use serde::{Deserialize, de::DeserializeOwned};
use sspr_service::Settings;
use toml::{Table, Value};

/// Our own sections; every other one belongs to the rules.
const OWN: [&str; 10] = [
    "server",
    "database",
    "directory",
    "log",
    "smtp",
    "gateway",
    "revocation",
    "breached",
    "captcha",
    "identity",
];

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Own {
    server: super::ServerSection,
    database: super::DatabaseSection,
    directory: super::DirectorySection,
    log: super::LogSection,
    smtp: super::SmtpSection,
    gateway: super::GatewaySection,
    revocation: super::RevocationSection,
    breached: super::BreachedSection,
    captcha: super::CaptchaSection,
    identity: super::IdentitySection,
}

/// The configuration, or as much as is needed to say what is wrong with it.
pub(super) fn read(lines: &Lines) -> (Option<Config>, Vec<Mistake>) {
    let mut mistakes: Vec<Mistake> = Vec::new();
    for path in lines.leaves() {
        if let Err(error) = split(&lines.alone(&path)) {
            let lacks_neighbours = error.starts_with("missing field");
            let mistake = Mistake::new(path, error);
            let told =
                |told: &Mistake| told.message == mistake.message && same_section(&told.key, &mistake.key);
            if !lacks_neighbours && !mistakes.iter().any(told) {
                mistakes.push(mistake);
            }
        }
    }
    if !mistakes.is_empty() {
        return (None, mistakes);
    }
    match split(&lines.table) {
        Ok(config) => (Some(config), mistakes),
        Err(error) => (None, vec![Mistake::new(incomplete(lines).unwrap_or_default(), error)]),
    }
}

/// An unknown section is one mistake, however many keys are in it.
fn same_section(one: &str, other: &str) -> bool {
    let section = |key: &str| key.rsplit_once('.').map(|(section, _)| section.to_owned());
    section(one) == section(other)
}

/// The smallest table that does not do even as a whole.
fn incomplete(lines: &Lines) -> Option<String> {
    let mut around: Vec<String> = lines
        .leaves()
        .iter()
        .flat_map(|leaf| leaf.match_indices('.').map(|(at, _)| leaf[..at].to_owned()).collect::<Vec<_>>())
        .collect();
    around.sort_by_key(|path| std::cmp::Reverse(path.len()));
    around.into_iter().find(|path| split(&lines.alone(path)).is_err())
}

fn split(table: &Table) -> Result<Config, String> {
    let (own, rules): (Table, Table) =
        table.clone().into_iter().partition(|(section, _)| OWN.contains(&section.as_str()));
    let own: Own = convert(own)?;
    let settings: Settings = convert(rules)?;
    let Own { server, database, directory, log, smtp, gateway, revocation, breached, captcha, identity } =
        own;
    Ok(Config {
        server,
        database,
        directory,
        log,
        smtp,
        gateway,
        revocation,
        breached,
        captcha,
        identity,
        settings,
    })
}

fn convert<T: DeserializeOwned>(table: Table) -> Result<T, String> {
    T::deserialize(Value::Table(table)).map_err(|error| {
        let message = error.message().trim_end().to_owned();
        // At the top, serde lists the sections of the rules alone.
        if message.starts_with("unknown field") && message.contains("`policy`") {
            let own = OWN.map(|section| format!("`{section}`")).join(", ");
            return format!("{message}, {own}");
        }
        message
    })
}
