//! Patterns: a password line, then the pattern.

use sspr_core::policy::pattern::Pattern;

/// Characters of a password that are looked at; a policy allows no more than 1024.
const LONGEST: usize = 1024;

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (password, pattern) = text.split_once('\n').unwrap_or(("", text));
    let password: Vec<char> = password.chars().take(LONGEST).collect();
    let Ok(read) = Pattern::read(pattern) else { return };
    let found = read.is_in(&password);
    if pattern.chars().all(char::is_alphanumeric) {
        let password: String = password.iter().collect();
        assert_eq!(found, password.contains(pattern), "letters and digits stand for themselves");
    }
    let Ok(whole) = Pattern::read(&format!("^(?:{pattern})$")) else { return };
    assert!(found || !whole.is_in(&password), "what the whole is, is in it");
}
