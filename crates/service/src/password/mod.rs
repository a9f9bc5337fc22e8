//! Passwords: hashing, the person's policy, and the change of a known one.

pub(crate) mod change;
mod hash;

pub(crate) use hash::Hasher;

use crate::{Caller, Failure, Person, Service, directory::Account};
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
