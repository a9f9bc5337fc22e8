//! `sspr-server audit`.

use super::{Trouble, arguments::AuditArguments, output};
use crate::{config::Config, store::SqlStore};
use sspr_service::{
    Store,
    store::{AccountRow, AuditRow},
};

pub(super) async fn show(config: Config, which: AuditArguments) -> Result<(), Trouble> {
    let store = SqlStore::open_sqlite(&config.database.path).await?;
    let account = match &which.account {
        Some(identifier) => Some(find(&store, identifier).await?.id),
        None => None,
    };
    for row in store.audit(account.as_deref(), which.limit).await? {
        output::line(&if which.json { serde_json::to_string(&row)? } else { text(&row) })?;
    }
    store.close().await;
    Ok(())
}

async fn find(store: &SqlStore, identifier: &str) -> Result<AccountRow, Trouble> {
    let account = store.account_by_identifier(&sspr_service::directory::fold(identifier)).await?;
    account.ok_or_else(|| Trouble::usage(format_args!("there is no account `{identifier}`")))
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
