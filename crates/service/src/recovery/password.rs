//! The new password. The flow is claimed first, so that it sets one password and no more.

use super::record::Record;
use crate::{
    Caller, Failure, Service,
    directory::Account,
    fold::{after, fold},
    notify::Notice,
    password::change::nfc,
    store::FlowRow,
};
use sspr_core::{
    Secret,
    wire::{FlowState, RecoveryDone, SetPassword},
};

/// Seconds after which a last step that was begun and not ended may be done again.
const CLAIM_LEASE: u32 = 60;

impl Service {
    /// Sets the password of a flow that has passed every gate.
    pub async fn set_password(
        &self,
        caller: &Caller,
        token: &Secret,
        set: SetPassword,
    ) -> Result<RecoveryDone, Failure> {
        let (mut row, mut record, account) = self.proved(token, FlowState::SetPassword).await?;
        let new = nfc(&set.new_password);
        let broken = self.broken_rules(caller, &account, &new, None).await?;
        if !broken.is_empty() {
            return Err(Failure::PasswordRejected(broken));
        }
        self.claim_flow(&mut row, &mut record).await?;
        if let Err(error) = self.directory.set_password(&account.id, &new).await {
            self.give_back(&mut row, &mut record).await?;
            self.audit(caller, Some(&account.id), "reset_password", "failure", None).await?;
            return Err(error.into());
        }
        if set.end_other_sessions && self.settings.policy.end_other_sessions {
            self.store.delete_sessions(&account.id, None).await?;
        }
        self.finish(caller, &row, &record, &account, Notice::PasswordReset).await
    }

    /// A flow that waits for its last step, with its account.
    pub(super) async fn proved(
        &self,
        token: &Secret,
        state: FlowState,
    ) -> Result<(FlowRow, Record, Account), Failure> {
        let (row, record) = self.load(token).await?;
        // Whoever claimed it longer ago than that died on the way; the step may be done again.
        if record.claimed_at.is_some_and(|at| self.seconds_left(after(at, CLAIM_LEASE)) > 0) {
            return Err(Failure::WrongState(record.state));
        }
        if record.state != state || record.passed.len() < record.gates.into() {
            return Err(Failure::WrongState(record.state));
        }
        let id = record.account.as_deref().ok_or(Failure::FlowGone)?;
        let account = self.directory.account(id).await?.filter(|account| !account.disabled);
        let account = account.ok_or(Failure::FlowGone)?;
        Ok((row, record, account))
    }

    pub(super) async fn claim_flow(&self, row: &mut FlowRow, record: &mut Record) -> Result<(), Failure> {
        record.claimed_at = Some(self.clock.now());
        if self.save(row, record).await? { Ok(()) } else { Err(self.overtaken(&row.token_hash).await) }
    }

    pub(super) async fn give_back(&self, row: &mut FlowRow, record: &mut Record) -> Result<(), Failure> {
        record.claimed_at = None;
        self.save(row, record).await?;
        Ok(())
    }

    pub(super) async fn finish(
        &self,
        caller: &Caller,
        row: &FlowRow,
        record: &Record,
        account: &Account,
        notice: Notice,
    ) -> Result<RecoveryDone, Failure> {
        self.store.delete_flow(&row.id).await?;
        let names = [Some(&record.identifier), Some(&account.username), account.email.as_ref()];
        let names: Vec<String> = names.into_iter().flatten().map(|name| fold(name)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        self.clear_counters(&names, &record.subject).await?;
        let activity = if record.state == FlowState::Unlock { "unlock_account" } else { "reset_password" };
        self.audit(caller, Some(&account.id), activity, "success", None).await?;
        if self.settings.policy.notify_person {
            self.notify_account(caller, account, notice, None).await?;
        }
        if account.admin && self.settings.policy.notify_administrators {
            self.notify_administrators(account).await?;
        }
        Ok(RecoveryDone {
            state: FlowState::Done,
            intent: record.intent,
            identifier: account.username.clone(),
            sign_in: self.settings.organisation.sign_in.clone(),
        })
    }
}
