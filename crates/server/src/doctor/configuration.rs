//! What the configuration says that does not work so. Its mistakes are found when it is read.

use super::{Code, Finding};
use crate::config::Config;

pub(super) fn findings(config: &Config) -> Vec<Finding> {
    let warnings = config.warnings();
    if warnings.is_empty() {
        return vec![Finding::new(Code::ConfigOk, "The configuration is correct.")];
    }
    let say = |it: crate::config::Mistake| {
        Finding::new(Code::ConfigWarning, format_args!("{}: {}.", it.key, it.message))
    };
    warnings.into_iter().map(say).collect()
}
