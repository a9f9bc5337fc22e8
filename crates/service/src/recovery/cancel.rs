//! The end of a flow that came to nothing: given up, or left lying.

use super::record::Record;
use crate::{
    Caller, Failure, Service,
    audit::{Activity, ActivityResult, Detail, Stage},
    fold::after,
    revocation::AccountEvent,
    store::Effects,
};
use sspr_core::{
    Secret,
    wire::{FlowState, Intent},
};

impl Service {
    /// Ends a flow; its tokens are dead. Not while its last step is being carried out, which would go on unseen.
    pub async fn cancel_recovery(&self, caller: &Caller, token: &Secret) -> Result<(), Failure> {
        loop {
            let (row, record) = self.load(token).await?;
            if self.is_carried_out(&record) {
                return Err(Failure::WrongState(record.state));
            }
            let how = (Activity::CancelRecovery, ActivityResult::Cancelled);
            let effects = self.came_to_nothing(caller, &record, how).await?;
            // Where somebody wrote it since it was read, it is read again.
            if self.store.end_flow(&row, &effects).await? {
                return Ok(());
            }
        }
    }

    /// Forgets up to `limit` flows whose time is over, and says how many. Of each that did not come to its end, the audit
    /// log says where it stopped.
    pub(crate) async fn sweep_flows(&self, limit: u32) -> Result<u32, Failure> {
        let mut gone = 0;
        for row in self.store.flows_over(self.clock.now(), limit).await? {
            let effects = match self.open_sealed(&row) {
                Ok(record) if self.is_carried_out(&record) => continue,
                Ok(record) => {
                    let how = (Activity::AbandonRecovery, ActivityResult::Abandoned);
                    // While a directory does not answer, it waits for the next sweep, and keeps nothing else waiting.
                    match self.came_to_nothing(&Caller::default(), &record, how).await {
                        Ok(effects) => effects,
                        Err(_) => continue,
                    }
                }
                // One that does not open, such as a newer version's, has nothing to tell.
                Err(_) => Effects::default(),
            };
            gone += u32::from(self.store.end_flow(&row, &effects).await?);
        }
        Ok(gone)
    }

    /// What is to be written of a flow that ends before its last step; nothing where it came to its end.
    async fn came_to_nothing(
        &self,
        caller: &Caller,
        record: &Record,
        (activity, result): (Activity, ActivityResult),
    ) -> Result<Effects, Failure> {
        let Some(stage) = stopped(record) else { return Ok(Effects::default()) };
        if let Some(effects) = self.set_by_a_dead_process(caller, record).await? {
            return Ok(effects);
        }
        let (account, stage) = (record.account.as_deref(), Some(Detail::Stopped(stage)));
        let audit = Some(self.line(caller, account, activity, result, stage)?);
        Ok(Effects { audit, ..Effects::default() })
    }

    /// Whether a process may still be at the last step.
    fn is_carried_out(&self, record: &Record) -> bool {
        let unfinished = record.state != FlowState::Done;
        unfinished && record.claimed_at.is_some_and(|at| self.seconds_left(after(at, self.request_life)) > 0)
    }

    /// What is still to be written and told of a password that was set by a process that died before it could, when
    /// nobody repeated the request.
    async fn set_by_a_dead_process(
        &self,
        caller: &Caller,
        record: &Record,
    ) -> Result<Option<Effects>, Failure> {
        let (Some(_), Some(id), FlowState::SetPassword) =
            (record.claimed_at, record.account.as_deref(), record.state)
        else {
            return Ok(None);
        };
        // Not by the time of the claim: two resets may follow each other within the second that a directory keeps.
        let account = self.directory.account(id).await?;
        let Some(account) = account.filter(|it| it.password_changed_at > record.changed_before) else {
            return Ok(None);
        };
        // Nobody knows any more what the person wished for their other sessions.
        let event = (AccountEvent::PasswordReset, self.settings.policy.end_other_sessions);
        let by = Some(Detail::Kinds(record.passed.clone()));
        let line = self.line(caller, Some(id), Activity::ResetPassword, ActivityResult::Success, by)?;
        let messages = self.notices_of_end(caller, &account, event).await?;
        Ok(Some(Effects { messages, audit: Some(line) }))
    }
}

/// Where a flow stands; `None` where it came to its end.
fn stopped(record: &Record) -> Option<Stage> {
    match (record.state, &record.challenge, record.passed.last()) {
        (FlowState::Done, ..) => None,
        (FlowState::Challenge, Some(pending), _) => Some(Stage::During(pending.kind)),
        (FlowState::Choose | FlowState::Challenge, _, Some(&kind)) => Some(Stage::After(kind)),
        (FlowState::Choose | FlowState::Challenge, _, None) => Some(Stage::BeforeChoosing),
        _ if record.intent == Intent::Unlock => Some(Stage::BeforeUnlock),
        _ => Some(Stage::BeforeNewPassword),
    }
}
