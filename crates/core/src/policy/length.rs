//! Length, in Unicode code points: one code point is one character (NIST SP 800-63B-4 §3.1.1.2).

/// Characters of a password.
pub(super) fn length(password: &str) -> u32 {
    u32::try_from(password.chars().count()).unwrap_or(u32::MAX)
}
