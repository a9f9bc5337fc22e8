//! The configuration: every mistake is told by its line, and what is taken holds together once nothing undeliverable is
//! offered.

use sspr_server::config::Config;
use std::path::Path;

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Config::parse(text, Path::new("fuzz.toml")) {
        Ok(config) => {
            assert!(config.mistakes().is_empty());
            config.warnings();
            assert!(config.deliverable().settings.mistakes().is_empty());
        }
        Err(mistakes) => {
            assert!(!mistakes.lines().is_empty());
            assert!(mistakes.lines().iter().all(|line| line.starts_with("fuzz.toml:")), "{mistakes}");
        }
    }
}
