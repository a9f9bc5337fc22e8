//! Which characters may appear.

use super::AllowedCharacters;

/// Whether every character is allowed.
pub(super) fn all_allowed(allowed: AllowedCharacters, password: &str) -> bool {
    match allowed {
        AllowedCharacters::Any => !password.chars().any(char::is_control),
        AllowedCharacters::PrintableAscii => password.bytes().all(|byte| (0x20..=0x7E).contains(&byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::all_allowed;
    use crate::policy::AllowedCharacters::{Any, PrintableAscii};

    #[test]
    fn the_printable_ascii_characters_are_ninety_five() {
        let allowed =
            (0..=0x2FF).filter_map(char::from_u32).filter(|c| all_allowed(PrintableAscii, &c.to_string()));
        assert_eq!(allowed.count(), 95);
    }

    #[test]
    fn any_character_but_a_control_may_appear() {
        assert!(all_allowed(Any, "パスワード 🔑"));
        assert!(!all_allowed(Any, "pass\u{7}word"));
    }
}
