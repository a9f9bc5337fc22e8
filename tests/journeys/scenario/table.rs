//! The table of systems and steps, filled by tests that run at the same time.

use anyhow::{Context, Result};
use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::Path,
    sync::{Mutex, OnceLock},
};

/// How a step ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Passed,
    /// The system cannot do it, and the widget does not offer it.
    Hidden,
    /// It can, and a recording of its own shows that (`tests/journeys/systems`).
    Elsewhere,
    Failed,
    /// An earlier one failed.
    NotReached,
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Hidden => "hidden",
            Self::Elsewhere => "own story",
            Self::Failed => "FAILED",
            Self::NotReached => "…",
        }
    }
}

type Columns = BTreeMap<&'static str, Vec<Outcome>>;

/// Adds a system's column and writes the table as it is then.
pub(super) fn fill<const N: usize>(
    system: &'static str,
    steps: [&'static str; N],
    outcomes: &[Outcome],
) -> Result<()> {
    static COLUMNS: OnceLock<Mutex<Columns>> = OnceLock::new();
    let mut columns = COLUMNS.get_or_init(Mutex::default).lock().expect("nobody panics with it");
    columns.insert(system, outcomes.to_vec());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tables");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("scenario.txt"), drawn(&columns, &steps)?).context("cannot write the table")
}

fn drawn(columns: &Columns, steps: &[&str]) -> Result<String> {
    let widest = steps.iter().map(|step| step.chars().count()).max().unwrap_or_default();
    let names: Vec<String> = columns.keys().map(|name| name.replace('_', " ")).collect();
    let mut text = format!("\n{:widest$}", "one scenario");
    let width = |name: &str| name.len().max(Outcome::Elsewhere.word().len());
    for name in &names {
        write!(text, "  {name:width$}", width = width(name))?;
    }
    for (row, step) in steps.iter().enumerate() {
        write!(text, "\n{step:widest$}")?;
        for (outcomes, name) in columns.values().zip(&names) {
            write!(text, "  {:width$}", outcomes[row].word(), width = width(name))?;
        }
    }
    let all = columns.values().flatten();
    let count = |outcome| all.clone().filter(|it| **it == outcome).count();
    let (passed, hidden) = (count(Outcome::Passed), count(Outcome::Hidden));
    let elsewhere = count(Outcome::Elsewhere);
    let failed = all.clone().count() - passed - hidden - elsewhere;
    writeln!(
        text,
        "\n{passed} passed, {hidden} hidden, {elsewhere} in stories of their own, {failed} failed"
    )?;
    Ok(text)
}
