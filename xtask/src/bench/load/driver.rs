//! The program that does the resets (`xtask/load`), beside us: a job a line in, a report a line out.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::paths;
use crate::trouble::{Doing, Outcome, Trouble};

/// Waits for jobs.
pub(super) struct Driver {
    child: Child,
    input: Option<ChildStdin>,
    output: Lines<BufReader<ChildStdout>>,
    /// Where its mailbox takes mail.
    pub(super) smtp: u16,
}

/// What came of a job: `Report` of `xtask/load`.
pub(super) struct Report {
    pub(super) all: f64,
    pub(super) counted: f64,
    pub(super) used: u64,
    pub(super) failures: BTreeMap<String, u64>,
    /// Clock ticks of the driver and its mailbox.
    pub(super) ticks: f64,
    /// Milliseconds, in the order of [`STEPS`].
    pub(super) steps: [Vec<f64>; 5],
}

/// What [`Report::steps`] holds.
pub(super) const STEPS: [&str; 5] = ["ask", "mail", "verify", "password", "whole"];

impl Driver {
    pub(super) fn start() -> Outcome<Driver> {
        let program = paths::target().join("server").join("sspr-load");
        let mut command = Command::new(program);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .doing(|| "start sspr-load".to_owned())?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let output = output.ok_or_else(|| Trouble::new("sspr-load has no output"))?;
        let mut driver = Driver { child, input, output: BufReader::new(output).lines(), smtp: 0 };
        driver.smtp = driver.line()?.parse().doing(|| "read the port of sspr-load".to_owned())?;
        Ok(driver)
    }

    /// Does a job and waits for its end.
    pub(super) fn run(&mut self, job: &Value) -> Outcome<Report> {
        let input = self.input.as_mut().ok_or_else(|| Trouble::new("sspr-load takes nothing more"))?;
        writeln!(input, "{job}").doing(|| "speak to sspr-load".to_owned())?;
        let line = self.line()?;
        let report: Value = serde_json::from_str(&line).doing(|| "read what sspr-load says".to_owned())?;
        let number = |name: &str| report[name].as_f64().unwrap_or_default();
        let failures = report["failures"].as_object().into_iter().flatten();
        Ok(Report {
            all: number("all"),
            counted: number("counted"),
            used: report["used"].as_u64().unwrap_or_default(),
            failures: failures
                .map(|(why, times)| (why.clone(), times.as_u64().unwrap_or_default()))
                .collect(),
            ticks: number("ticks"),
            steps: STEPS.map(|step| crate::bench::numbers(&report["steps"][step])),
        })
    }

    fn line(&mut self) -> Outcome<String> {
        let said = self.output.next().and_then(Result::ok);
        said.ok_or_else(|| Trouble::new("sspr-load ended").advice("read what it said above"))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It ends with its input.
        drop(self.input.take());
        self.child.wait().ok();
    }
}
