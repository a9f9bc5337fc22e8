//! `sspr-server doctor`.

use super::{Trouble, arguments::DoctorArguments, output};
use crate::{
    config::Config,
    doctor::{Code, Finding, Grade, examine},
};
use serde_json::json;

/// Prints each finding; fails where something is broken.
pub(super) async fn run(config: Result<Config, Trouble>, how: DoctorArguments) -> Result<(), Trouble> {
    let findings = match config.and_then(|config| how.serve.apply(config)) {
        Ok(config) => examine(&config, how.send_to.as_deref()).await,
        Err(trouble) => vec![Finding { code: Code::ConfigWrong, found: trouble.sentence }],
    };
    for finding in &findings {
        output::line(&if how.json { as_json(finding) } else { as_text(finding) })?;
    }
    match findings.iter().filter(|it| it.code.grade() == Grade::Broken).count() {
        0 => Ok(()),
        broken => Err(Trouble::failed(format_args!("broken: {broken}; docs/troubleshooting.md says more"))),
    }
}

fn as_json(finding: &Finding) -> String {
    let code = finding.code;
    let (grade, mend) = (code.grade(), code.mend());
    json!({ "code": code.word(), "grade": grade, "found": finding.found, "mend": mend }).to_string()
}

fn as_text(finding: &Finding) -> String {
    let code = finding.code;
    let grade = match code.grade() {
        Grade::Ok => "ok",
        Grade::Warning => "warning",
        Grade::Broken => "BROKEN",
    };
    let mut text = format!("{grade:<8}{}: {}", code.word(), finding.found);
    if !code.mend().is_empty() {
        text.push_str("\n        ");
        text.push_str(code.mend());
    }
    text
}
