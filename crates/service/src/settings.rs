//! What an administrator decides: the policy of self-service reset. Defaults and ranges from Microsoft's SSPR.

/// Everything the rules depend on. The server reads it from `[policy]`, `[password]`, `[limits]` … of its file.
#[derive(Clone, Debug, Default)]
pub struct Settings {}
