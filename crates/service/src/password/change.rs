//! The change of a known password by the person who is signed in.

use crate::{
    Caller, Failure, Person, Service,
    audit::{Activity, ActivityResult, Detail, Reason},
    notify::Notice,
    revocation::AccountEvent,
};
use sspr_core::{
    Secret,
    policy::{Rule, Violation},
    wire::{ChangePassword, PasswordChanged},
};
use unicode_normalization::UnicodeNormalization;

/// NFC, as the policy and the hash expect it.
pub fn nfc(password: &Secret) -> Secret {
    Secret::new(password.expose().nfc().collect::<String>())
}

impl Service {
    /// Replaces a known password. A wrong current one counts towards the lock.
    pub async fn change_password(
        &self,
        caller: &Caller,
        person: &Person,
        change: ChangePassword,
    ) -> Result<PasswordChanged, Failure> {
        if !self.settings.policy.change {
            return Err(Failure::NotAllowed);
        }
        let id = person.account.id.as_str();
        let (current, new) = (nfc(&change.current_password), nfc(&change.new_password));
        if !self.directory.verify_password(id, &current).await? {
            let why = Some(Detail::Reason(Reason::CurrentPassword));
            self.audit(caller, Some(id), Activity::ChangePassword, ActivityResult::Failure, why).await?;
            return Err(Failure::CurrentPasswordIncorrect);
        }
        let mut broken = self.broken_rules(caller, &person.account, &new, Some(&current)).await?;
        broken.extend(self.too_young(person));
        if !broken.is_empty() {
            let why = Some(Detail::Reason(Reason::PasswordPolicy));
            self.audit(caller, Some(id), Activity::ChangePassword, ActivityResult::Failure, why).await?;
            return Err(Failure::PasswordRejected(broken));
        }
        if let Err(error) = self.directory.set_password(id, &new).await {
            let why = Some(Detail::Reason(Reason::of_directory(&error)));
            self.audit(caller, Some(id), Activity::ChangePassword, ActivityResult::Failure, why).await?;
            return Err(error.into());
        }
        let own = person.session.as_ref().map(|session| session.token_hash.as_slice());
        let mut ended_sessions = 0;
        let end = change.end_other_sessions && self.settings.policy.end_other_sessions;
        if let Some(message) = self.revocation_of(&person.account, AccountEvent::PasswordChanged, end)? {
            self.store.push_message(&message).await?;
        }
        if end {
            ended_sessions = self.store.delete_sessions(id, own).await?;
        }
        self.audit(caller, Some(id), Activity::ChangePassword, ActivityResult::Success, None).await?;
        if self.settings.policy.notify_person {
            self.notify_account(caller, &person.account, Notice::PasswordChanged, None).await?;
        }
        Ok(PasswordChanged { signed_in: true, ended_sessions })
    }

    /// A reset is not held to the least age: whoever lost a password cannot wait.
    fn too_young(&self, person: &Person) -> Option<Violation> {
        let hours = i64::from(self.settings.password.min_age_hours);
        let age = self.clock.now().duration_since(person.account.password_changed_at?).as_hours();
        let left = u32::try_from(hours - age).ok().filter(|&left| left > 0)?;
        Some(Violation::new(Rule::TooYoung, left))
    }
}
