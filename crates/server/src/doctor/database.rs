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
    vec![state(&seen, &place), key(config, seen.fingerprint.as_deref())]
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

/// Compares the key file with the key that the database was first used with.
fn key(config: &Config, first: Option<&[u8]>) -> Finding {
    let path = &config.server.secret_key_file;
    let file = match KeyFile::load(path) {
        Ok(file) => file,
        Err(_) if first.is_none() && !path.exists() => {
            return Finding::new(Code::KeyNew, format_args!("There is no key file {} yet.", path.display()));
        }
        Err(error) => return Finding::new(Code::KeyUnreadable, error),
    };
    match (first, file.key().fingerprint()) {
        (_, Err(failure)) => Finding::new(Code::KeyUnreadable, failure),
        (Some(first), Ok(ours)) if first != ours => {
            Finding::new(Code::KeyOther, "The database is sealed by another key than that of the key file.")
        }
        (Some(_), Ok(_)) => {
            Finding::new(Code::KeyOk, "The key file is the one that the database is sealed by.")
        }
        (None, Ok(_)) => {
            Finding::new(Code::KeyOk, "The key file can be read; no database is sealed by it yet.")
        }
    }
}
