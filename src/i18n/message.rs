//! A text and its key.

/// A text with `{name}` for what is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// Name in the language files.
    pub key: &'static str,
    /// English.
    pub en: &'static str,
}

/// A text whose form depends on a number, which is filled in as `{count}`. In the language files it is an object
/// of the plural categories that the language has (CLDR), or one text where it has but one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plural {
    /// Name in the language files.
    pub key: &'static str,
    /// English for one.
    pub one: &'static str,
    /// English for every other number.
    pub other: &'static str,
}

/// Fills the placeholders of a text; those without a value stay as they are.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(name, after)| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, after))
        });
        match value {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn placeholders_are_filled_wherever_the_language_puts_them() {
        assert_eq!(fill("{b} of {a}", &[("a", "2"), ("b", "1")]), "1 of 2");
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        assert_eq!(fill("{a}", &[("a", "{b}"), ("b", "x")]), "{b}");
    }

    #[test]
    fn unknown_and_unclosed_braces_stay() {
        assert_eq!(fill("{x} { {a", &[("a", "1")]), "{x} { {a");
    }
}
