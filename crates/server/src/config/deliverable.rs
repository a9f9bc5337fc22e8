//! What is offered must reach people: text messages and calls need a gateway.

use super::{Config, Mistake};
use sspr_core::wire::ChallengeKind;

impl Config {
    /// Methods that reach people here, whether the policy names them or not.
    pub fn deliverable_methods(&self) -> Vec<ChallengeKind> {
        let spoken = |kind: &ChallengeKind| matches!(kind, ChallengeKind::Sms | ChallengeKind::Voice);
        let all = ChallengeKind::ALL.iter().copied();
        all.filter(|kind| self.gateway.url.is_some() || !spoken(kind)).collect()
    }

    /// Methods that the policy names and that nothing delivers here.
    fn undeliverable(&self) -> Vec<ChallengeKind> {
        let delivered = self.deliverable_methods();
        let named = self.settings.policy.recovery_methods.iter().copied();
        named.filter(|kind| !delivered.contains(kind)).collect()
    }

    /// What works otherwise than the file says, for the administrator.
    pub fn warnings(&self) -> Vec<Mistake> {
        let missing = self.undeliverable();
        if missing.is_empty() {
            return Vec::new();
        }
        let words: Vec<&str> = missing.iter().map(|kind| kind.word()).collect();
        let what = format!(
            "{} cannot be delivered without gateway.url, so nobody is offered it; set gateway.url, or leave it out",
            words.join(" and ")
        );
        vec![Mistake::new("policy.recovery_methods", what)]
    }

    /// The same without the methods that cannot be delivered: a choice that leads nowhere is not offered.
    #[must_use]
    pub fn deliverable(mut self) -> Self {
        let missing = self.undeliverable();
        self.settings.policy.recovery_methods.retain(|kind| !missing.contains(kind));
        self
    }
}
