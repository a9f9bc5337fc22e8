use std::fmt;
use std::path::PathBuf;

/// Why a command cannot go on: one sentence, what to do about it, and where to read more.
#[derive(Debug)]
pub(crate) struct Trouble {
    sentence: String,
    advice: Option<String>,
    log: Option<PathBuf>,
}

/// What every step returns.
pub(crate) type Outcome<T = ()> = Result<T, Trouble>;

impl Trouble {
    /// `sentence` says what is wrong, without a full stop.
    pub(crate) fn new(sentence: impl Into<String>) -> Trouble {
        Trouble { sentence: sentence.into(), advice: None, log: None }
    }

    /// Adds what to do about it, without a full stop.
    pub(crate) fn advice(mut self, advice: impl Into<String>) -> Trouble {
        self.advice = Some(advice.into());
        self
    }

    /// Adds the file that holds the whole output.
    pub(crate) fn log(mut self, log: PathBuf) -> Trouble {
        self.log = Some(log);
        self
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.", self.sentence)?;
        if let Some(advice) = &self.advice {
            write!(f, "\n  What to do: {advice}.")?;
        }
        if let Some(log) = &self.log {
            write!(f, "\n  Its whole output: {}", log.display())?;
        }
        Ok(())
    }
}

impl std::error::Error for Trouble {}

/// Turns an error of the system into a sentence about what was being done.
pub(crate) trait Doing<T> {
    /// `what` goes on after “Cannot”.
    fn doing(self, what: impl FnOnce() -> String) -> Outcome<T>;
}

impl<T, E: fmt::Display> Doing<T> for Result<T, E> {
    fn doing(self, what: impl FnOnce() -> String) -> Outcome<T> {
        self.map_err(|error| Trouble::new(format!("Cannot {}: {error}", what())))
    }
}
