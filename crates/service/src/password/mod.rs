//! Passwords: hashing, the person's policy, and the change of a known one.

pub(crate) mod change;
mod hash;

pub(crate) use hash::Hasher;

use crate::{Person, Service, directory::Account};
use sspr_core::policy::{PasswordPolicy, personal_terms};

impl Service {
    /// The policy with a signed-in person's own terms.
    pub fn password_policy(&self, person: &Person) -> PasswordPolicy {
        self.policy_for(&person.account)
    }

    pub(crate) fn policy_for(&self, account: &Account) -> PasswordPolicy {
        let mut policy = self.settings.password.policy();
        let mut identifiers = vec![account.username.as_str()];
        identifiers.extend(account.email.as_deref());
        policy.personal_terms = personal_terms(&identifiers, account.display_name.as_deref());
        policy
    }
}
