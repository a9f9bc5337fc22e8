//! The tables' history: the same steps for both databases, each in its own words. Listed here rather than by sqlx's macro,
//! which would have every driver compiled twice.

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// What the steps are called, the first of them version 1.
const NAMES: [&str; 4] = ["initial", "sealing key", "audit chain", "policy overlay"];

/// Their texts for one database.
macro_rules! texts {
    ($database:literal) => {
        [
            include_str!(concat!("../../migrations/", $database, "/0001_initial.sql")),
            include_str!(concat!("../../migrations/", $database, "/0002_sealing_key.sql")),
            include_str!(concat!("../../migrations/", $database, "/0004_audit_chain.sql")),
            include_str!(concat!("../../migrations/", $database, "/0005_policy_overlay.sql")),
        ]
    };
}

pub(super) fn sqlite() -> Migrator {
    migrator(texts!("sqlite"))
}

pub(super) fn postgres() -> Migrator {
    migrator(texts!("postgres"))
}

fn migrator(texts: [&'static str; NAMES.len()]) -> Migrator {
    let steps = (1..).zip(NAMES.into_iter().zip(texts));
    let steps = steps.map(|(version, (name, text))| {
        Migration::new(version, name.into(), MigrationType::Simple, text.into_sql_str(), false)
    });
    Migrator::with_migrations(steps.collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_file_is_listed() {
        for (database, listed) in [("sqlite", super::sqlite()), ("postgres", super::postgres())] {
            let folder = format!("{}/migrations/{database}", env!("CARGO_MANIFEST_DIR"));
            assert_eq!(std::fs::read_dir(folder).unwrap().count(), listed.iter().count(), "{database}");
        }
    }
}
