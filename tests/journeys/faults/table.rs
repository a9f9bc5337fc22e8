//! The table of steps and faults.

use super::{
    cases::{Case, STEPS, meaningless},
    kinds::FAULTS,
};
use anyhow::{Context, Result};
use std::{fmt::Write, fs, path::Path};

/// How a case ended: what was wrong, or how the fault showed.
pub(super) struct Ended {
    pub(super) wrong: Option<String>,
    /// The step was done in spite of the fault.
    pub(super) passed: bool,
}

/// Writes the table that the check of the journeys prints; `beside` is said below it.
pub(super) fn write(cases: &[Case], ended: &[Ended], beside: &str) -> Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tables");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("faults.txt"), drawn(cases, ended, beside)?).context("cannot write the table")
}

fn drawn(cases: &[Case], ended: &[Ended], beside: &str) -> Result<String> {
    let mut text = String::from("\nfaults in the browser (columns are steps)\n");
    for (at, (step, _)) in STEPS.iter().enumerate() {
        writeln!(text, "  {} {step}", letter(at))?;
    }
    let widest = FAULTS.iter().map(|(fault, ..)| fault.len()).max().unwrap_or_default();
    write!(text, "\n{:widest$} ", "")?;
    for at in 0..STEPS.len() {
        write!(text, " {}", letter(at))?;
    }
    let (mut green, mut red, mut none) = (0, 0, 0);
    for (fault, ..) in FAULTS {
        write!(text, "\n{fault:widest$} ")?;
        for (step, _) in STEPS {
            let of_cell: Vec<_> =
                cases.iter().zip(ended).filter(|(it, _)| it.step == *step && it.fault == *fault).collect();
            let sign = if of_cell.is_empty() {
                anyhow::ensure!(meaningless(step, fault).is_some(), "{step} × {fault} was skipped");
                none += 1;
                "·"
            } else if of_cell.iter().any(|(_, it)| it.wrong.is_some()) {
                red += 1;
                "✗"
            } else {
                green += 1;
                if of_cell.iter().all(|(_, it)| it.passed) { "✓" } else { "↻" }
            };
            write!(text, " {sign}")?;
        }
    }
    writeln!(text, "\n✓ done in spite of it   ↻ said so, kept what was typed, and went on when it was over")?;
    writeln!(text, "· has no meaning, {none} cells: {}", super::cases::WHY)?;
    writeln!(text, "{} cases, {green} green, {red} red, 0 skipped{beside}", green + red)?;
    Ok(text)
}

fn letter(at: usize) -> char {
    char::from_u32(if at < 26 { 'A' as u32 + at as u32 } else { 'a' as u32 + at as u32 - 26 }).unwrap_or('?')
}

/// The guide `docs/faults.md`.
pub(super) fn guide() -> String {
    let mut text = String::from(include_str!("guide.md"));
    text += "\n## The faults\n\n| fault | what happens |\n| --- | --- |\n";
    for (fault, _, what) in FAULTS {
        text += &format!("| {fault} | {what} |\n");
    }
    text += "\n## The steps\n\n| step | the call or file that the fault meets |\n| --- | --- |\n";
    for (step, call) in STEPS {
        text += &format!("| {step} | `{call}` |\n");
    }
    let none = STEPS
        .iter()
        .flat_map(|(step, _)| FAULTS.iter().map(move |(fault, ..)| (step, fault)))
        .filter(|(step, fault)| meaningless(step, fault).is_some())
        .count();
    let cells = STEPS.len() * FAULTS.len();
    text += &format!(
        "\n{} steps × {} faults are {cells} cells: {} cases, and {none} that have no meaning: {}.\n",
        STEPS.len(),
        FAULTS.len(),
        cells - none,
        super::cases::WHY
    );
    text
}
