//! `sspr-server audit`.

use super::{Trouble, arguments::AuditArguments, output};
use crate::{clock::SystemClock, config::Config, directory, store::SqlStore};
use sspr_service::{Directory, LocalDirectory, Store, store::AuditRow};
use std::sync::Arc;

pub(super) async fn show(config: Config, which: AuditArguments) -> Result<(), Trouble> {
    let store = SqlStore::open(&config.database).await?;
    let account = match &which.account {
        Some(identifier) => Some(find(&config, &store, identifier).await?),
        None => None,
    };
    for row in store.audit(account.as_deref(), which.limit).await? {
        output::line(&if which.json { serde_json::to_string(&row)? } else { text(&row) })?;
    }
    store.close().await;
    Ok(())
}

async fn find(config: &Config, store: &SqlStore, identifier: &str) -> Result<String, Trouble> {
    let found = match directory::ldap(config)? {
        Some(ldap) => ldap.find(identifier).await?,
        None => {
            let store = Arc::new(store.clone());
            LocalDirectory::new(store, Arc::new(SystemClock), &config.settings).find(identifier).await?
        }
    };
    match found {
        Some(account) => Ok(account.id),
        None => Err(Trouble::usage(format_args!("there is no account `{identifier}`"))),
    }
}

/// Time, activity, result, then what is known, in columns.
fn text(row: &AuditRow) -> String {
    let AuditRow { at, activity, result, .. } = row;
    let mut line = format!("{at:.0} {activity:<24} {result:<9}");
    let more = [("account", &row.account), ("address", &row.address), ("request", &row.request_id)];
    for (name, value) in more {
        if let Some(value) = value {
            line.push_str(&format!(" {name}={value}"));
        }
    }
    if let Some(detail) = &row.detail {
        line.push_str(&format!(" {detail}"));
    }
    line
}
