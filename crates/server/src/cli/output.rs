//! Lines for people and scripts. What cannot be written (a closed pipe) ends the command.

use super::Trouble;
use std::io::{self, Write};

/// One line on the standard output.
pub(super) fn line(text: &str) -> Result<(), Trouble> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    Ok(out.flush()?)
}

/// What is wrong, on the standard error output.
pub(super) fn complain(sentence: &str) {
    // Where nobody listens, nobody can be told.
    let _ = writeln!(io::stderr().lock(), "sspr-server: {sentence}");
}
