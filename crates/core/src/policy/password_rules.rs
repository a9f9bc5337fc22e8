//! The `passwordrules` attribute, by which password managers generate what the policy takes.

use super::{AllowedCharacters, CharacterClass, PasswordPolicy};

impl PasswordPolicy {
    /// The policy in the language of Apple's `passwordrules`. The language cannot say "three of four", so every
    /// class that counts is required: only generators read it, and what they then make is taken all the more.
    pub fn password_rules(&self) -> String {
        let mut rules = String::new();
        let mut say = |name: &str, value: &str| {
            for part in [name, ": ", value, "; "] {
                rules.push_str(part);
            }
        };
        say("minlength", &self.min_length.to_string());
        say("maxlength", &self.max_length.to_string());
        let required = self.classes.iter().filter(|rule| rule.at_least > 0).flat_map(|rule| &rule.of);
        for class in required {
            say("required", if *class == CharacterClass::Symbol { "special" } else { class.word() });
        }
        if self.allowed == AllowedCharacters::PrintableAscii {
            say("allowed", "ascii-printable");
        }
        if let Some(max) = self.max_repeats {
            say("max-consecutive", &max.to_string());
        }
        rules.truncate(rules.trim_end().len());
        rules
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::PasswordPolicy;

    #[test]
    fn both_ready_policies_are_said() {
        assert_eq!(PasswordPolicy::nist().password_rules(), "minlength: 15; maxlength: 256;");
        assert_eq!(
            PasswordPolicy { max_repeats: Some(2), ..PasswordPolicy::composition() }.password_rules(),
            "minlength: 8; maxlength: 256; required: lower; required: upper; required: digit; required: special; \
             allowed: ascii-printable; max-consecutive: 2;"
        );
    }
}
