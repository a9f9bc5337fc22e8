//! Passwords: hashing, the person's policy, and the change of a known one.

pub(crate) mod change;
mod hash;

pub(crate) use hash::Hasher;

use crate::{
    Caller, Failure, Person, Service,
    directory::{Account, DirectoryRules},
};
use jiff::{Timestamp, tz::TimeZone};
use sspr_core::{
    Secret,
    policy::{Known, PasswordPolicy, PersonalMatch, Rule, ServerRule, Violation, personal_terms, violations},
    strength::Estimator,
};

impl Service {
    /// The policy with a signed-in person's own terms.
    pub fn password_policy(&self, person: &Person) -> PasswordPolicy {
        self.policy_for(&person.account)
    }

    pub(crate) fn policy_for(&self, account: &Account) -> PasswordPolicy {
        let mut policy = self.common_policy();
        let mut identifiers = vec![account.username.as_str()];
        identifiers.extend(account.email.as_deref());
        let matching = policy.personal_match.unwrap_or(PersonalMatch::Folded);
        policy.personal_terms = personal_terms(matching, &identifiers, account.display_name.as_deref());
        add_rules(&mut policy, account.rules);
        policy
    }

    /// The policy without anybody's own terms.
    pub(crate) fn common_policy(&self) -> PasswordPolicy {
        let mut policy = self.settings.password.policy();
        if let Some(check) = &self.breached {
            policy.server_rules.push(ServerRule { rule: Rule::Breached, number: 0 });
            policy.breached_range = Some(check.browser_address().to_owned());
        }
        policy
    }

    /// The rules that a new password for an account breaks, as far as the policy and the list of leaked passwords can
    /// tell; that list is asked for what is good otherwise. The current password is known in a change. Both are in NFC.
    pub(crate) async fn broken_rules(
        &self,
        caller: &Caller,
        account: &Account,
        new: &Secret,
        current: Option<&Secret>,
    ) -> Result<Vec<Violation>, Failure> {
        let mut broken = broken_rules(&self.policy_for(account), new, current, self.clock.now());
        if broken.is_empty() && self.is_breached(caller, account, new).await? {
            broken.push(Violation::new(Rule::Breached, 0));
        }
        Ok(broken)
    }
}

/// Makes a policy at least as strict as the directory is.
fn add_rules(policy: &mut PasswordPolicy, rules: DirectoryRules) {
    policy.min_length = policy.min_length.max(rules.min_length.unwrap_or(0));
    policy.max_utf16 = policy.max_utf16.into_iter().chain(rules.max_utf16).min();
    policy.max_bytes = policy.max_bytes.into_iter().chain(rules.max_bytes).min();
    let untold = rules.complexity && !policy.require_complexity();
    for (rule, number, asked) in [
        (Rule::InHistory, rules.history, rules.history > 0),
        (Rule::TooYoung, rules.min_age_hours, rules.min_age_hours > 0),
        (Rule::Policy, 0, rules.quality || untold),
    ] {
        match policy.server_rules.iter_mut().find(|it| it.rule == rule) {
            Some(ours) => ours.number = ours.number.max(number),
            None if asked => policy.server_rules.push(ServerRule { rule, number }),
            None => {}
        }
    }
}

/// The rules that a new password breaks. Its strength is estimated only where the policy asks for one. Both passwords
/// are in NFC.
pub fn broken_rules(
    policy: &PasswordPolicy,
    new: &Secret,
    current: Option<&Secret>,
    now: Timestamp,
) -> Vec<Violation> {
    let strength = policy.min_strength.map(|_| strength(policy, new, now));
    violations(policy, new.expose(), Known { current: current.map(Secret::expose), strength, breached: None })
}

fn strength(policy: &PasswordPolicy, new: &Secret, now: Timestamp) -> u8 {
    let this_year = u16::try_from(now.to_zoned(TimeZone::UTC).year()).unwrap_or_default();
    let inputs: Vec<&str> =
        policy.personal_terms.iter().chain(&policy.banned_terms).map(String::as_str).collect();
    let mut estimator = Estimator::new(this_year);
    #[cfg(feature = "full-words")]
    estimator.set_words(sspr_core::strength::Words::full());
    estimator.set_inputs(&inputs);
    estimator.estimate(new.expose()).score
}

#[cfg(test)]
mod tests {
    use super::*;
    use sspr_core::policy::{CharacterClass, ClassRule};

    #[test]
    fn the_stricter_of_both_policies_holds() {
        let mut policy = PasswordPolicy { min_length: 15, max_bytes: Some(72), ..PasswordPolicy::nist() };
        policy.server_rules = vec![ServerRule { rule: Rule::InHistory, number: 3 }];
        let rules =
            DirectoryRules { min_length: Some(12), max_bytes: Some(64), history: 5, ..Default::default() };
        add_rules(&mut policy, rules);
        assert_eq!((policy.min_length, policy.max_bytes), (15, Some(64)));
        assert_eq!(policy.server_rules, [ServerRule { rule: Rule::InHistory, number: 5 }]);

        let rules =
            DirectoryRules { min_length: Some(20), quality: true, min_age_hours: 24, ..Default::default() };
        add_rules(&mut policy, rules);
        assert_eq!(policy.min_length, 20);
        assert!(policy.server_rules.contains(&ServerRule { rule: Rule::TooYoung, number: 24 }));
        assert!(policy.server_rules.contains(&ServerRule { rule: Rule::Policy, number: 0 }));
    }

    #[test]
    fn complexity_is_said_by_classes_where_it_can_be_and_else_left_to_the_directory() {
        let rules = DirectoryRules { complexity: true, max_utf16: Some(256), ..Default::default() };
        let mut policy = PasswordPolicy::nist();
        add_rules(&mut policy, rules);
        assert_eq!(
            (policy.classes.as_ref().map(|rule| rule.at_least), policy.max_utf16),
            (Some(3), Some(256))
        );
        assert!(policy.server_rules.is_empty());

        let ours = ClassRule { at_least: 2, of: vec![CharacterClass::Letter, CharacterClass::NonLetter] };
        let mut policy = PasswordPolicy { classes: Some(ours.clone()), ..PasswordPolicy::nist() };
        add_rules(&mut policy, rules);
        assert_eq!(policy.classes, Some(ours));
        assert_eq!(policy.server_rules, [ServerRule { rule: Rule::Policy, number: 0 }]);
    }
}
