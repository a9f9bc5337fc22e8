//! A list of leaked passwords for development, in the range format (`sspr_core::policy::breached`).

/// Five digits of a SHA-1 and the rest.
#[rustfmt::skip]
const LEAKED: [(&str, &str); 4] = [
    ("5BAA6", "1E4C9B93F3F0682250B6CF8331B7EE68FD8"), // password
    ("7E8B0", "A3433F1210A9699D85420E363A1B162ECAC"), // Summer2024!
    ("49EFE", "F5F70D47ADC2DB2EB397FBEF5F7BC560E29"), // Password123!
    ("6157A", "04ED2C5842835DB1E0D4CFD6F83147170EA"), // Welcome2024!
];

/// The answer for five digits: what is known of them, and padding.
pub(crate) fn range(prefix: &str) -> String {
    let known = LEAKED.iter().filter(|(begin, _)| begin.eq_ignore_ascii_case(prefix));
    let mut lines: String = known.map(|(_, rest)| format!("{rest}:1\r\n")).collect();
    lines.push_str(&format!("{}:0\r\n", "0".repeat(35)));
    lines
}
