//! Which characters may appear: at all, by the organisation's lists, and at the two ends.

use super::{AllowedCharacters, PasswordPolicy};

/// Where the first character stands that may not appear at all.
pub(super) fn forbidden(allowed: AllowedCharacters, password: &[char]) -> Option<usize> {
    password.iter().position(|c| match allowed {
        AllowedCharacters::Any => c.is_control(),
        AllowedCharacters::PrintableAscii => !(' '..='~').contains(c),
    })
}

/// Whether the organisation's lists leave a character out.
pub(super) fn left_out(policy: &PasswordPolicy, c: char) -> bool {
    let only = policy.allowed_characters.as_ref().is_some_and(|only| !has(only, c));
    only || policy.forbidden_characters.as_ref().is_some_and(|list| has(list, c))
}

/// Whether a list has a character. `str::contains` would bring a search for texts along, two kilobytes of module.
pub(super) fn has(list: &str, c: char) -> bool {
    list.chars().any(|known| known == c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use AllowedCharacters::{Any, PrintableAscii};

    #[test]
    fn the_printable_ascii_characters_are_ninety_five() {
        let allowed =
            (0..=0x2FF).filter_map(char::from_u32).filter(|c| forbidden(PrintableAscii, &[*c]).is_none());
        assert_eq!(allowed.count(), 95);
    }

    #[test]
    fn any_character_but_a_control_may_appear() {
        assert_eq!(forbidden(Any, &['パ', ' ', '🔑']), None);
        assert_eq!(forbidden(Any, &['p', '\u{7}']), Some(1));
    }

    #[test]
    fn a_list_says_what_may_appear_and_another_what_may_not() {
        let policy = PasswordPolicy {
            allowed_characters: Some("abc<".into()),
            forbidden_characters: Some("<>".into()),
            ..PasswordPolicy::nist()
        };
        assert_eq!(['a', 'd', '<', '>'].map(|c| left_out(&policy, c)), [false, true, true, true]);
    }
}
