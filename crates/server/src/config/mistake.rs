//! What is wrong with a configuration, for the person who wrote it.

use super::lines::{Lines, line_at};
use std::{fmt, io, path::Path};

/// One thing that is wrong, and what is allowed instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Such as `policy.gates`; empty for the file itself.
    pub key: String,
    /// What is wrong, and what is allowed.
    pub message: String,
}

impl Mistake {
    /// A mistake at a key.
    pub fn new(key: impl Into<String>, message: impl Into<String>) -> Self {
        Self { key: key.into(), message: message.into() }
    }
}

/// All that is wrong with a file, one line for each, `file:line: key: what`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(Vec<String>);

impl Mistakes {
    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self(vec![format!("cannot read the configuration {}: {error}", path.display())])
    }

    pub(super) fn syntax(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map_or(1, |span| line_at(text, span.start));
        Self(vec![format!("{}:{line}: {}", path.display(), error.message())])
    }

    pub(super) fn at_lines(path: &Path, mistakes: Vec<Mistake>, lines: &Lines) -> Self {
        let mut placed: Vec<_> = mistakes.into_iter().map(|it| (lines.line(&it.key), it)).collect();
        placed.sort_by_key(|(line, _)| *line);
        let path = path.display();
        Self(
            placed
                .into_iter()
                .map(|(line, it)| format!("{path}:{line}: {}: {}", it.key, it.message))
                .collect(),
        )
    }

    /// The lines.
    pub fn lines(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Mistakes {}
