//! Whether the database answers, is up to date, can be written to and is sealed by our key.

use super::{Code, Finding, clock::Clocks};
use crate::{
    config::{Config, DatabaseUrl, KeyFile},
    store::{Inspection, inspect},
};

pub(super) async fn findings(config: &Config, clocks: &mut Clocks) -> Vec<Finding> {
    let place = match &config.database.url {
        DatabaseUrl::Sqlite(path) => path.display().to_string(),
        DatabaseUrl::Postgres(url) => url.place().to_owned(),
    };
    let seen = match inspect(&config.database).await {
        Ok(seen) => seen,
        Err(error) => return vec![Finding::new(Code::DatabaseUnreachable, error), key(config, None)],
    };
    if let Some(time) = seen.time {
        clocks.told("the database", time);
    }
    vec![state(&seen, &place), key(config, Some(&seen))]
}

fn state(seen: &Inspection, place: &str) -> Finding {
    let (code, what) = if seen.applied.is_empty() {
        (Code::DatabaseNew, "is not there yet, or is empty")
    } else if seen.applied.iter().any(|version| !seen.known.contains(version)) {
        (Code::DatabaseNewer, "was brought up to date by a newer version of this program")
    } else if !seen.writable {
        (Code::DatabaseReadOnly, "can be read and not written to")
    } else if seen.applied.len() < seen.known.len() {
        (Code::DatabaseOld, "is older than this program")
    } else {
        (Code::DatabaseOk, "is up to date and can be written to")
    };
    Finding::new(code, format_args!("The database {place} {what}."))
}

/// Compares the key file with the key that the database was first used with, and tries what is sealed.
fn key(config: &Config, seen: Option<&Inspection>) -> Finding {
    let path = &config.server.secret_key_file;
    let first = seen.and_then(|seen| seen.fingerprint.as_deref());
    let key = match KeyFile::load(path) {
        Ok(file) => file.key(),
        Err(_) if first.is_none() && !path.exists() => {
            return Finding::new(Code::KeyNew, format_args!("There is no key file {} yet.", path.display()));
        }
        Err(error) => return Finding::new(Code::KeyUnreadable, error),
    };
    let found = match (first, key.fingerprint()) {
        (_, Err(failure)) => return Finding::new(Code::KeyUnreadable, failure),
        (Some(first), Ok(ours)) if first != ours => {
            let found = "The database is sealed by another key than that of the key file.";
            return Finding::new(Code::KeyOther, found);
        }
        (Some(_), Ok(_)) => "The key file is the one that the database is sealed by.",
        (None, Ok(_)) => "The key file can be read; no database is sealed by it yet.",
    };
    let sealed = seen.map_or(&[][..], |seen| &seen.sealed);
    let closed = sealed.iter().filter(|(what, id, row)| key.reseal(*what, id, row).is_err()).count();
    if closed > 0 {
        let found = format_args!("{closed} of the {} sealed rows that were tried do not open.", sealed.len());
        return Finding::new(Code::KeyRows, found);
    }
    Finding::new(Code::KeyOk, found)
}
