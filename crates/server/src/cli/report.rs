//! `sspr-server report`.

use super::{Trouble, arguments::ReportArguments, output};
use crate::{backend::Backend, config::Config};
use serde_json::json;
use sspr_service::reports::{ActivityReport, Count, PeopleReport};

pub(super) async fn show(config: Config, which: ReportArguments) -> Result<(), Trouble> {
    let backend = Backend::open(&config).await?;
    let people = backend.service.people_report(which.people).await?;
    let activity = backend.service.activity_report(which.days).await?;
    backend.store.close().await;
    if which.json {
        return output::line(&serde_json::to_string_pretty(
            &json!({ "people": people, "activity": activity }),
        )?);
    }
    show_people(&people)?;
    show_activity(&activity)
}

fn show_people(report: &PeopleReport) -> Result<(), Trouble> {
    let of = match (report.everybody, report.cut_off) {
        (_, true) => "people (more were not looked at; see --people)",
        (true, false) => "people",
        (false, false) => "people who registered something here (the directory lists nobody)",
    };
    number(of, report.people)?;
    number("  registered: hold as many kinds of methods as a reset takes", report.registered)?;
    number("  enabled: the policy covers them", report.enabled)?;
    number("  capable: both", report.capable)?;
    for (kind, count) in &report.by_method {
        number(&format!("  enabled and hold {kind}"), *count)?;
    }
    Ok(())
}

fn show_activity(report: &ActivityReport) -> Result<(), Trouble> {
    output::line("")?;
    let cut_off = if report.cut_off { " (the oldest are left out, there is too much)" } else { "" };
    output::line(&format!("in {} days{cut_off}", report.days))?;
    number("recoveries begun", report.started)?;
    number("passwords reset", report.resets)?;
    number("accounts unlocked", report.unlocks)?;
    number("methods registered", report.registrations)?;
    number("passwords changed", report.changes)?;
    for (title, counts) in [
        ("resets and unlocks by method", &report.by_method),
        ("failures by reason", &report.failures),
        ("left unfinished", &report.stopped),
        ("wrong codes and answers", &report.wrong_proofs),
    ] {
        if !counts.is_empty() {
            output::line(title)?;
        }
        for Count { word, count } in counts {
            number(&format!("  {word}"), *count)?;
        }
    }
    Ok(())
}

fn number(what: &str, count: u64) -> Result<(), Trouble> {
    output::line(&format!("{what:<66} {count:>8}"))
}
