//! Who may recover, and by which methods.

use crate::{Service, directory::Account, settings::Enabled, store::MethodRow};
use sspr_core::wire::{ChallengeKind, MethodKind};
use std::collections::BTreeSet;

impl Service {
    /// Whether the policy covers this account; administrators always, where it covers anybody.
    pub(crate) fn in_scope(&self, account: &Account) -> bool {
        let policy = &self.settings.policy;
        match policy.enabled {
            Enabled::None => false,
            Enabled::Everyone => true,
            Enabled::Selected => account.admin || account.groups.iter().any(|it| policy.groups.contains(it)),
        }
    }

    /// Proofs that this account needs; administrators always two.
    pub(crate) fn gates_for(&self, account: &Account) -> u8 {
        if account.admin { 2 } else { self.settings.policy.gates }
    }

    /// Ways that this account may use; administrators never questions.
    pub(crate) fn kinds_for(&self, admin: bool) -> Vec<ChallengeKind> {
        let kinds = self.settings.policy.recovery_methods.iter().copied();
        kinds.filter(|&kind| !(admin && kind == ChallengeKind::Questions)).collect()
    }

    /// Different kinds that are proved and allowed.
    pub(crate) fn usable_kinds(&self, admin: bool, methods: &[MethodRow]) -> BTreeSet<MethodKind> {
        let allowed: Vec<MethodKind> = self.kinds_for(admin).into_iter().map(ChallengeKind::method).collect();
        methods.iter().filter(|it| it.verified && allowed.contains(&it.kind)).map(|it| it.kind).collect()
    }
}
