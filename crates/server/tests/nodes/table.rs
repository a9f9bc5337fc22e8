//! What is to be, beside what is.

use std::fmt;

enum Line {
    Check { what: String, wanted: String, found: String, holds: bool },
    Told { what: String, found: String },
}

#[derive(Default)]
pub(crate) struct Table(Vec<Line>);

impl Table {
    /// What must be just so.
    pub(crate) fn equal(&mut self, what: &str, wanted: usize, found: usize) {
        let holds = wanted == found;
        self.0.push(Line::Check {
            what: what.into(),
            wanted: wanted.to_string(),
            found: found.to_string(),
            holds,
        });
    }

    /// What may be more or less, and is told.
    pub(crate) fn tell(&mut self, what: &str, found: impl fmt::Display) {
        self.0.push(Line::Told { what: what.into(), found: found.to_string() });
    }

    pub(crate) fn holds(&self) -> bool {
        self.0.iter().all(|line| matches!(line, Line::Told { .. } | Line::Check { holds: true, .. }))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<72} {:>8} {:>8}", "", "wanted", "found")?;
        for line in &self.0 {
            match line {
                Line::Check { what, wanted, found, holds } => {
                    let mark = if *holds { "" } else { "  WRONG" };
                    writeln!(f, "{what:<72} {wanted:>8} {found:>8}{mark}")?;
                }
                Line::Told { what, found } => writeln!(f, "{what:<72} {:>8} {found:>8}", "")?,
            }
        }
        Ok(())
    }
}
