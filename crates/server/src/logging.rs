//! Where log lines go and how they look.

use crate::config::{LogFormat, LogSection};
use tracing_subscriber::{EnvFilter, filter::ParseError};

/// Starts logging to the standard error output. `SSPR_LOG` overrides `log.filter`.
pub(crate) fn start(section: &LogSection) -> Result<(), ParseError> {
    let filter = std::env::var("SSPR_LOG").unwrap_or_else(|_| section.filter.clone());
    let lines =
        tracing_subscriber::fmt().with_env_filter(EnvFilter::try_new(filter)?).with_writer(std::io::stderr);
    // Only an earlier start in the same process can make `try_init` fail, and then there is a log already.
    let _ = match section.format {
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
        LogFormat::Text => lines.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init(),
    };
    Ok(())
}
