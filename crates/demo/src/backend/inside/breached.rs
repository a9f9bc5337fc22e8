//! The few passwords that count as leaked in the page.

use async_trait::async_trait;
use sspr_service::breached::{BreachedList, ListUnavailable};

/// Five digits of a SHA-1 and the rest.
#[rustfmt::skip]
const LEAKED: [(&str, &str); 3] = [
    ("7E8B0", "A3433F1210A9699D85420E363A1B162ECAC"), // Summer2024!
    ("49EFE", "F5F70D47ADC2DB2EB397FBEF5F7BC560E29"), // Password123!
    ("6157A", "04ED2C5842835DB1E0D4CFD6F83147170EA"), // Welcome2024!
];

/// The list.
pub(super) struct FewPasswords;

#[async_trait]
impl BreachedList for FewPasswords {
    async fn range(&self, prefix: &str) -> Result<String, ListUnavailable> {
        let known = LEAKED.iter().filter(|(begin, _)| begin.eq_ignore_ascii_case(prefix));
        let lines: String = known.map(|(_, rest)| format!("{rest}:1\r\n")).collect();
        Ok(format!("{lines}{}:0\r\n", "0".repeat(35)))
    }
}
