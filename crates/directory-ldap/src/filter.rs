//! Search filters with values that people typed.

/// Longest identifier that is searched for, in bytes.
const LONGEST: usize = 320;

/// A value as it may stand in a filter (RFC 4515): all but ASCII letters and digits become `\xx`.
pub(crate) fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("\\{byte:02x}"));
        }
    }
    escaped
}

/// The configured filter for what was typed; `None` for what nobody is called. Samba reads a name only up to a NUL.
pub(crate) fn for_identifier(template: &str, identifier: &str) -> Option<String> {
    let identifier = identifier.trim();
    let fits =
        !identifier.is_empty() && identifier.len() <= LONGEST && !identifier.contains(char::is_control);
    fits.then(|| template.replace("{identifier}", &escape(identifier)))
}

/// One attribute with one value.
pub(crate) fn equals(attribute: &str, value: &str) -> String {
    format!("({attribute}={})", escape(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_typed_can_end_the_value() {
        let filter = for_identifier("(uid={identifier})", "*)(uid=*))(|(uid=*").unwrap_or_default();
        assert_eq!(filter, r"(uid=\2a\29\28uid\3d\2a\29\29\28\7c\28uid\3d\2a)");
    }

    #[test]
    fn nul_and_other_scripts_are_written_byte_by_byte() {
        assert_eq!(escape("a\0\\é"), r"a\00\5c\c3\a9");
    }

    #[test]
    fn nobody_is_called_nothing_a_page_of_text_or_by_control_characters() {
        for typed in [" \t", &"x".repeat(321), "alice\0", "al\nice"] {
            assert_eq!(for_identifier("(uid={identifier})", typed), None);
        }
    }

    proptest! {
        #[test]
        fn an_escaped_value_reads_back_and_has_no_character_of_the_grammar(value: String) {
            let escaped = escape(&value);
            prop_assert!(!escaped.contains(['(', ')', '*', '\0', '&', '|', '=']));
            let read = ldap3::ldap_unescape(escaped.as_str()).map(|it| it.into_owned());
            prop_assert_eq!(read.ok(), Some(value));
        }
    }
}
