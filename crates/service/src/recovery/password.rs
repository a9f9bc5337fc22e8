//! The new password. The flow is claimed first, so that it sets one password and no more; its end, the line in the audit
//! log and the notices are one write, so that none is without the others.

use super::record::Record;
use crate::{
    Caller, Failure, Service,
    audit::{Activity, ActivityResult, Detail, Reason},
    directory::Account,
    fold::{after, fold},
    notify::Notice,
    password::change::nfc,
    revocation::AccountEvent,
    store::{Effects, FlowRow, MessageRow},
    token,
};
use sspr_core::{
    Secret,
    wire::{FlowState, RecoveryDone, SetPassword},
};

impl Service {
    /// Sets the password of a flow that has passed every gate.
    pub async fn set_password(
        &self,
        caller: &Caller,
        token: &Secret,
        set: SetPassword,
    ) -> Result<RecoveryDone, Failure> {
        let new = nfc(&set.new_password);
        let next = self.next_token(caller, token, "password", &[new.expose().as_bytes()])?;
        let came_to = self.set(caller, token, &new, set.end_other_sessions, &next).await;
        self.or_as_finished(caller, &next, came_to).await
    }

    async fn set(
        &self,
        caller: &Caller,
        token: &Secret,
        new: &Secret,
        end_other_sessions: bool,
        next: &Secret,
    ) -> Result<RecoveryDone, Failure> {
        let (mut row, mut record, account) = self.proved(caller, token, FlowState::SetPassword).await?;
        let broken = self.broken_rules(caller, &account, new, None).await?;
        if !broken.is_empty() {
            let why = Some(Detail::Reason(Reason::PasswordPolicy));
            let id = Some(account.id.as_str());
            self.audit(caller, id, Activity::ResetPassword, ActivityResult::Failure, why).await?;
            return Err(Failure::PasswordRejected(broken));
        }
        // Whoever died on the way may have set it; a directory would refuse the same again.
        let died = record.claimed_at.is_some();
        self.claim_flow(caller, &mut row, &mut record, &account).await?;
        let set = match died && self.directory.verify_password(&account.id, new).await? {
            true => Ok(()),
            false => self.directory.set_password(&account.id, new).await,
        };
        if let Err(error) = set {
            self.give_back(&mut row, &mut record).await?;
            let why = Some(Detail::Reason(Reason::of_directory(&error)));
            let id = Some(account.id.as_str());
            self.audit(caller, id, Activity::ResetPassword, ActivityResult::Failure, why).await?;
            return Err(error.into());
        }
        let end = end_other_sessions && self.settings.policy.end_other_sessions;
        if end {
            self.store.delete_sessions(&account.id, None).await?;
        }
        let event = (AccountEvent::PasswordReset, end);
        self.finish(caller, (row, record), &account, event, next).await
    }

    /// A flow that waits for its last step, with its account.
    pub(super) async fn proved(
        &self,
        caller: &Caller,
        token: &Secret,
        state: FlowState,
    ) -> Result<(FlowRow, Record, Account), Failure> {
        let (row, record) = self.load(token).await?;
        // Whoever claimed it longer ago than that died on the way; the step may be done again. A repetition only runs
        // once that is so.
        let again = record.claimed_by.is_some() && record.claimed_by == self.mark(caller)?;
        if !again && record.claimed_at.is_some_and(|at| self.seconds_left(after(at, self.request_life)) > 0) {
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

    pub(super) async fn claim_flow(
        &self,
        caller: &Caller,
        row: &mut FlowRow,
        record: &mut Record,
        account: &Account,
    ) -> Result<(), Failure> {
        // Whoever claimed it before may have died after the password was set.
        if record.claimed_at.is_none() {
            record.changed_before = account.password_changed_at;
        }
        (record.claimed_at, record.claimed_by) = (Some(self.clock.now()), self.mark(caller)?);
        if self.save(row, record).await? { Ok(()) } else { Err(self.overtaken(&row.token_hash).await) }
    }

    pub(super) async fn give_back(&self, row: &mut FlowRow, record: &mut Record) -> Result<(), Failure> {
        (record.claimed_at, record.claimed_by) = (None, None);
        self.save(row, record).await?;
        Ok(())
    }

    /// Who is told that a recovery came to its end, and whether other sessions are to end.
    pub(super) async fn notices_of_end(
        &self,
        caller: &Caller,
        account: &Account,
        (event, end_other_sessions): (AccountEvent, bool),
    ) -> Result<Vec<MessageRow>, Failure> {
        let notice = match event {
            AccountEvent::AccountUnlocked => Notice::Unlocked,
            _ => Notice::PasswordReset,
        };
        let mut messages = Vec::from_iter(self.revocation_of(account, event, end_other_sessions)?);
        if self.settings.policy.notify_person {
            messages.extend(self.notices_to_account(caller, account, notice, None).await?);
        }
        if account.admin && self.settings.policy.notify_administrators {
            messages.extend(self.notices_to_administrators(account).await?);
        }
        Ok(messages)
    }

    /// Ends a flow. A repetition of the request finds by `next` that it did.
    pub(super) async fn finish(
        &self,
        caller: &Caller,
        (mut row, mut record): (FlowRow, Record),
        account: &Account,
        event: (AccountEvent, bool),
        next: &Secret,
    ) -> Result<RecoveryDone, Failure> {
        let names = [Some(&record.identifier), Some(&account.username), account.email.as_ref()];
        let names: Vec<String> = names.into_iter().flatten().map(|name| fold(name)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        self.clear_counters(&names, &record.subject).await?;
        let messages = self.notices_of_end(caller, account, event).await?;
        let unlocks = record.state == FlowState::Unlock;
        let activity = if unlocks { Activity::UnlockAccount } else { Activity::ResetPassword };
        let by = Some(Detail::Kinds(record.passed.clone()));
        let line = self.line(caller, Some(&account.id), activity, ActivityResult::Success, by)?;
        let before = std::mem::replace(&mut row.token_hash, token::hash(next));
        record.state = FlowState::Done;
        if !self.save_with(&mut row, &record, &Effects { messages, audit: Some(line) }).await? {
            return Err(self.overtaken(&before).await);
        }
        Ok(self.done(&record))
    }
}
