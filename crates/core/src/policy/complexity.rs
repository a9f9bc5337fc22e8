//! Active Directory's "Password must meet complexity requirements", in the words of our policy: three of five classes.
//! That the account name and the parts of the display name stay out is [`super::personal_terms`].

use super::{
    CharacterClass::{self, *},
    ClassRule, PasswordPolicy,
};

/// The classes that count.
const FIVE: [CharacterClass; 5] = [Lower, Upper, Digit, Symbol, OtherLetter];

/// How many of them there must be.
const AT_LEAST: u8 = 3;

/// The characters that count as symbols; neither the space nor signs of currencies do.
const SYMBOLS: &str = "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/";

impl PasswordPolicy {
    /// Makes the policy refuse what lacks Active Directory's complexity, and whether it could be said beside what the
    /// policy asks already. Only Active Directory's symbols count from then on.
    pub fn require_complexity(&mut self) -> bool {
        let (enough, replaced) = match &self.classes {
            None => (true, true),
            Some(ours) => {
                let known = ours.of.iter().all(|class| FIVE.contains(class));
                let left_out = FIVE.iter().filter(|class| !ours.of.contains(class)).count();
                let stricter = known && ours.at_least >= AT_LEAST;
                let laxer = known && usize::from(ours.at_least) + left_out <= usize::from(AT_LEAST);
                (stricter || laxer, laxer && !stricter)
            }
        };
        if replaced {
            self.classes = Some(ClassRule { at_least: AT_LEAST, of: FIVE.to_vec() });
        }
        let counts = |c: &char| SYMBOLS.contains(*c);
        let symbols = self.symbols.take();
        self.symbols =
            Some(symbols.map_or_else(|| SYMBOLS.into(), |ours| ours.chars().filter(counts).collect()));
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Known, Rule, violations};

    fn asking(at_least: u8, of: &[CharacterClass]) -> PasswordPolicy {
        let classes = Some(ClassRule { at_least, of: of.to_vec() });
        PasswordPolicy { min_length: 0, classes, ..PasswordPolicy::nist() }
    }

    fn lacks(policy: &PasswordPolicy, password: &str) -> bool {
        violations(policy, password, Known::default()).iter().any(|it| it.rule == Rule::CharacterClasses)
    }

    #[test]
    fn three_of_five_classes_are_asked_and_neither_space_nor_euro_is_a_symbol() {
        let mut policy = PasswordPolicy { min_length: 0, ..PasswordPolicy::nist() };
        assert!(policy.require_complexity());
        for good in ["aB3", "aB_", "a3\\", "日a1", "ÄßΔ1"] {
            assert!(!lacks(&policy, good), "{good}");
        }
        for bad in ["aB", "aB ", "aB€", "a1 2€"] {
            assert!(lacks(&policy, bad), "{bad}");
        }
    }

    #[test]
    fn what_is_stricter_already_stays_and_what_is_laxer_is_replaced() {
        let mut composition = PasswordPolicy::composition();
        assert!(composition.require_complexity());
        assert_eq!(composition.classes, PasswordPolicy::composition().classes);
        let mut two_of_four = asking(2, &CharacterClass::FOUR);
        assert!(two_of_four.require_complexity());
        assert!(lacks(&two_of_four, "aB") && !lacks(&two_of_four, "aB3"));
    }

    #[test]
    fn what_cannot_be_said_at_once_is_left_to_the_directory() {
        for (at_least, of) in [(2, &[Letter, NonLetter][..]), (2, &[Lower, Digit])] {
            let mut policy = asking(at_least, of);
            assert!(!policy.require_complexity());
            assert_eq!(policy.classes, asking(at_least, of).classes);
        }
    }

    #[test]
    fn symbols_of_the_organisation_count_only_where_both_count_them() {
        let mut policy = PasswordPolicy { symbols: Some("!€".into()), ..PasswordPolicy::nist() };
        assert!(policy.require_complexity());
        assert_eq!(policy.symbols.as_deref(), Some("!"));
    }
}
