//! The machine: how busy it is, and what it runs.

use std::fs;
use std::process::Command;
use std::thread;

use super::processes::ticks_per_second;
use crate::process;
use crate::tools::Tools;
use crate::trouble::{Doing, Outcome, Trouble};

/// Times of all processors together since the machine's start, in clock ticks.
#[derive(Clone, Copy)]
pub(super) struct Busy {
    used: f64,
    all: f64,
}

/// What happened between two looks.
pub(super) struct Shares {
    /// Share of all processors that was used.
    pub(super) used: f64,
    /// Seconds of all processors together.
    pub(super) seconds: f64,
}

impl Busy {
    /// The first line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal, and guests, who are counted
    /// before.
    pub(super) fn now() -> Outcome<Busy> {
        let text = fs::read_to_string("/proc/stat").doing(|| "read /proc/stat".to_owned())?;
        let line = text.lines().next().unwrap_or_default();
        let times: Vec<f64> =
            line.split_whitespace().skip(1).take(8).filter_map(|it| it.parse().ok()).collect();
        let [.., idle, wait, _, _, _] = times[..] else {
            return Err(Trouble::new("/proc/stat does not tell the processors' times"));
        };
        let all = times.iter().sum();
        Ok(Busy { used: all - idle - wait, all })
    }

    pub(super) fn since(self, before: Busy) -> Outcome<Shares> {
        let all = self.all - before.all;
        Ok(Shares { used: (self.used - before.used) / all, seconds: all / ticks_per_second()? })
    }
}

/// What took part, in a line.
pub(super) fn versions(postgres: &str) -> String {
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        processor.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("an unknown processor");
    let model = model.trim_start_matches([' ', '\t', ':']);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let node = process::output(Command::new("node").arg("--version")).unwrap_or_default();
    let python = process::output(Command::new("python3").arg("--version")).unwrap_or_default();
    format!(
        "{cores} cores of {model}; sspr-server {}, {}, {python}, Node.js {node}, PostgreSQL {postgres}",
        env!("CARGO_PKG_VERSION"),
        Tools::under_load().join(", "),
    )
}
