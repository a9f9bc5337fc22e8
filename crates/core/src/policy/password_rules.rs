//! The `passwordrules` attribute, by which password managers generate what the policy takes.

use super::{AllowedCharacters, CharacterClass, PasswordPolicy, characters, classes};

impl PasswordPolicy {
    /// The policy in the language of Apple's `passwordrules`. The language cannot say "three of four", so every
    /// class that counts is required: only generators read it, and what they then make is taken all the more. Where
    /// the policy lists characters, classes are spelt out. The two ends, terms and runs cannot be said.
    pub fn password_rules(&self) -> String {
        let mut rules = String::new();
        let mut say = |name: &str, value: &str| {
            for part in [name, ": ", value, "; "] {
                rules.push_str(part);
            }
        };
        say("minlength", &self.min_length.to_string());
        // Generators make ASCII, of which every unit counts the same.
        let most = [self.max_utf16, self.max_bytes].into_iter().flatten().fold(self.max_length, u32::min);
        say("maxlength", &most.to_string());
        let listed = self.symbols.is_some()
            || self.allowed_characters.is_some()
            || self.forbidden_characters.is_some()
            || self.class_counts.iter().any(|count| count.max == Some(0));
        for class in CharacterClass::ALL {
            let of_several =
                self.classes.as_ref().is_some_and(|rule| rule.at_least > 0 && rule.of.contains(class));
            let alone = self
                .class_counts
                .iter()
                .any(|count| count.class == *class && count.min > Some(0) && count.max != Some(0));
            if of_several || alone {
                let value = if listed { self.spelt_out(Some(*class)) } else { word(*class).to_owned() };
                if !value.is_empty() {
                    say("required", &value);
                }
            }
        }
        let spelt_out = if listed { self.spelt_out(None) } else { String::new() };
        if !spelt_out.is_empty() {
            say("allowed", &spelt_out);
        } else if self.allowed == AllowedCharacters::PrintableAscii {
            say("allowed", "ascii-printable");
        }
        if let Some(max) = self.max_repeats.filter(|max| *max > 0) {
            say("max-consecutive", &max.to_string());
        }
        rules.truncate(rules.trim_end().len());
        rules
    }

    /// The printable ASCII characters that may appear, all or of one class, as `[...]`; empty where there are none.
    /// In the brackets a hyphen comes first and a closing bracket last.
    fn spelt_out(&self, class: Option<CharacterClass>) -> String {
        let may_appear = |c: char| {
            let barred = self
                .class_counts
                .iter()
                .any(|count| count.max == Some(0) && classes::is_of(self, count.class, c));
            !barred
                && !characters::left_out(self, c)
                && class.is_none_or(|class| classes::is_of(self, class, c))
        };
        let mut set = String::from("[");
        if may_appear('-') {
            set.push('-');
        }
        set.extend((' '..='~').filter(|c| *c != '-' && *c != ']' && may_appear(*c)));
        if may_appear(']') {
            set.push(']');
        }
        if set.len() == 1 {
            return String::new();
        }
        set.push(']');
        set
    }
}

/// How the language names a class; empty where it cannot. Several after a comma are any of them.
fn word(class: CharacterClass) -> &'static str {
    match class {
        CharacterClass::Symbol => "special",
        CharacterClass::OtherLetter => "",
        CharacterClass::Letter => "lower, upper",
        CharacterClass::NonLetter => "digit, special",
        cased => cased.word(),
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::{CharacterClass::*, ClassCount, PasswordPolicy};

    #[test]
    fn both_ready_policies_are_said() {
        assert_eq!(PasswordPolicy::nist().password_rules(), "minlength: 15; maxlength: 256;");
        assert_eq!(
            PasswordPolicy { max_repeats: Some(2), ..PasswordPolicy::composition() }.password_rules(),
            "minlength: 8; maxlength: 256; required: lower; required: upper; required: digit; required: special; \
             allowed: ascii-printable; max-consecutive: 2;"
        );
    }

    #[test]
    fn the_least_of_the_most_lengths_is_said() {
        let policy = PasswordPolicy { max_bytes: Some(72), max_utf16: Some(127), ..PasswordPolicy::nist() };
        assert_eq!(policy.password_rules(), "minlength: 15; maxlength: 72;");
    }

    #[test]
    fn a_class_that_must_appear_is_required_and_one_that_must_not_is_left_out() {
        let count = |class, min, max| ClassCount { class, min, max };
        let policy = PasswordPolicy {
            class_counts: vec![count(Digit, Some(2), None), count(Letter, Some(1), None)],
            ..PasswordPolicy::nist()
        };
        assert_eq!(
            policy.password_rules(),
            "minlength: 15; maxlength: 256; required: digit; required: lower, upper;"
        );
        let policy = PasswordPolicy {
            class_counts: vec![
                count(Digit, Some(6), None),
                count(NonLetter, None, None),
                count(Letter, None, Some(0)),
                count(Symbol, None, Some(0)),
            ],
            ..PasswordPolicy::nist()
        };
        assert_eq!(
            policy.password_rules(),
            "minlength: 15; maxlength: 256; required: [0123456789]; allowed: [0123456789];"
        );
    }

    #[test]
    fn lists_of_characters_are_spelt_out_with_hyphen_first_and_bracket_last() {
        let policy = PasswordPolicy {
            class_counts: vec![ClassCount { class: Symbol, min: Some(1), max: None }],
            symbols: Some("]-!<".into()),
            allowed_characters: Some("ab-]!<".into()),
            forbidden_characters: Some("<".into()),
            ..PasswordPolicy::nist()
        };
        assert_eq!(
            policy.password_rules(),
            "minlength: 15; maxlength: 256; required: [-!]]; allowed: [-!ab]];"
        );
    }
}
