//! Unlocking with the password kept.

use crate::{Caller, Failure, Service, revocation::AccountEvent};
use sspr_core::{
    Secret,
    wire::{FlowState, RecoveryDone},
};

impl Service {
    /// Unlocks the account of a flow that has passed every gate.
    pub async fn unlock(&self, caller: &Caller, token: &Secret) -> Result<RecoveryDone, Failure> {
        let next = self.next_token(caller, token, "unlock", &[])?;
        let came_to = self.unlock_by(caller, token, &next).await;
        self.or_as_finished(caller, &next, came_to).await
    }

    async fn unlock_by(
        &self,
        caller: &Caller,
        token: &Secret,
        next: &Secret,
    ) -> Result<RecoveryDone, Failure> {
        let (mut row, mut record, account) = self.proved(caller, token, FlowState::Unlock).await?;
        self.claim_flow(caller, &mut row, &mut record, &account).await?;
        if let Err(error) = self.directory.unlock(&account.id).await {
            self.give_back(&mut row, &mut record).await?;
            return Err(error.into());
        }
        self.finish(caller, (row, record), &account, (AccountEvent::AccountUnlocked, false), next).await
    }
}
