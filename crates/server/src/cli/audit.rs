//! `sspr-server audit`.

use super::{
    Trouble,
    arguments::{AuditArguments, AuditCommand, Format},
    output,
};
use crate::{backend::Backend, clock::SystemClock, config::Config, directory, store::SqlStore};
use jiff::{SignedDuration, Timestamp};
use sspr_service::{
    Clock, Directory, LocalDirectory, Store,
    audit::Head,
    store::{AuditFilter, AuditRow, LoggedRow},
};
use std::{
    io::{self, BufWriter, Write},
    sync::Arc,
};

/// Lines read at a time.
const PAGE: u32 = 1000;

pub(super) async fn run(config: Config, arguments: AuditArguments) -> Result<(), Trouble> {
    let AuditArguments { command, account, limit, json } = arguments;
    match command {
        None => show(config, account, limit, json).await,
        Some(AuditCommand::Verify { head }) => verify(config, head).await,
        Some(AuditCommand::Export { format, since, until, account }) => {
            export(config, format, since, until, account).await
        }
        Some(AuditCommand::Prune { keep_days }) => prune(config, keep_days).await,
    }
}

async fn show(config: Config, account: Option<String>, limit: u32, json: bool) -> Result<(), Trouble> {
    let store = SqlStore::open(&config.database).await?;
    let account = find_if_named(&config, &store, account).await?;
    for row in store.audit(account.as_deref(), limit).await? {
        output::line(&if json { serde_json::to_string(&row)? } else { text(&row) })?;
    }
    store.close().await;
    Ok(())
}

async fn verify(config: Config, head: Option<Head>) -> Result<(), Trouble> {
    let backend = Backend::open(&config).await?;
    let verdict = backend.service.verify_audit(head.as_ref()).await?;
    backend.store.close().await;
    output::line(&format!(
        "{} lines in the chain, {} wait to be linked, {} older than the chain; forgotten up to line {}",
        verdict.linked, verdict.waiting, verdict.unproved, verdict.forgotten
    ))?;
    if let Some(head) = &verdict.head {
        output::line(&format!("head {head}"))?;
    }
    if verdict.holds() {
        return output::line("the audit log is as it was written");
    }
    for fault in &verdict.faults {
        output::line(&fault.to_string())?;
    }
    Err(Trouble::failed(format_args!(
        "the audit log is not as it was written: {} faults; keep a copy of the database before anything else",
        verdict.faults_in_all
    )))
}

async fn export(
    config: Config,
    format: Format,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    account: Option<String>,
) -> Result<(), Trouble> {
    let store = SqlStore::open(&config.database).await?;
    let account = find_if_named(&config, &store, account).await?;
    let filter = AuditFilter { since, until, account, waiting: false };
    let mut out = BufWriter::new(io::stdout());
    if format == Format::Csv {
        writeln!(out, "id,seq,at,activity,result,account,detail,address,request_id\r")?;
    }
    let mut after = 0;
    loop {
        let page = store.audit_lines(after, &filter, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for row in &page {
            match format {
                Format::Csv => writeln!(out, "{}\r", csv(row))?,
                Format::Jsonl => writeln!(out, "{}", json(row)?)?,
            }
        }
    }
    out.flush()?;
    store.close().await;
    Ok(())
}

async fn prune(config: Config, keep_days: u32) -> Result<(), Trouble> {
    let backend = Backend::open(&config).await?;
    let age = SignedDuration::from_hours(i64::from(keep_days) * 24);
    let before = SystemClock.now().saturating_sub(age)?;
    let gone = backend.service.prune_audit(before).await?;
    backend.store.close().await;
    output::line(&format!("{gone} lines are forgotten; `audit verify` goes on from the checkpoint"))
}

/// The line with its place.
fn json(row: &LoggedRow) -> Result<String, Trouble> {
    let mut value = serde_json::to_value(&row.row)?;
    if let Some(object) = value.as_object_mut() {
        object.insert("id".into(), row.id.into());
        object.insert("seq".into(), row.seq.into());
    }
    Ok(value.to_string())
}

fn csv(row: &LoggedRow) -> String {
    let AuditRow { at, activity, result, account, detail, address, request_id, .. } = &row.row;
    let text = |text: &Option<String>| cell(text.as_deref().unwrap_or_default());
    let seq = row.seq.map(|seq| seq.to_string()).unwrap_or_default();
    let cells = [row.id.to_string(), seq, at.to_string(), cell(activity), cell(result)];
    let more = [text(account), text(detail), text(address), text(request_id)];
    cells.into_iter().chain(more).collect::<Vec<_>>().join(",")
}

/// A value that no spreadsheet runs: what begins like a formula gets an apostrophe in front (OWASP, CSV injection).
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n', '\'']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

async fn find_if_named(
    config: &Config,
    store: &SqlStore,
    identifier: Option<String>,
) -> Result<Option<String>, Trouble> {
    match identifier {
        Some(identifier) => find(config, store, &identifier).await.map(Some),
        None => Ok(None),
    }
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

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula_or_breaks_its_line() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(cell(formula), format!("\"'{formula}\""));
        }
        assert_eq!(cell("a,\"b\"\nc"), "\"a,\"\"b\"\"\nc\"");
        assert_eq!(cell("email+totp"), "email+totp");
    }
}
