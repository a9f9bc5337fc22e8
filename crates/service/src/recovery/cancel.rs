//! The end of a flow that came to nothing: given up, or left lying.

use super::record::Record;
use crate::{
    Caller, Failure, Service,
    audit::{Activity, ActivityResult, Detail, Stage},
    fold::before,
    notify::Notice,
    store::{AuditRow, Effects},
};
use sspr_core::{
    Secret,
    wire::{FlowState, Intent},
};

impl Service {
    /// Ends a flow; its tokens are dead.
    pub async fn cancel_recovery(&self, caller: &Caller, token: &Secret) -> Result<(), Failure> {
        let (row, record) = self.load(token).await?;
        let audit = match stopped(&record) {
            Some(stage) => {
                let (activity, result) = (Activity::CancelRecovery, ActivityResult::Cancelled);
                Some(self.stop_line(caller, &record, activity, result, stage)?)
            }
            None => None,
        };
        if self.store.end_flow(&row, &Effects { audit, ..Effects::default() }).await? {
            Ok(())
        } else {
            Err(self.overtaken(&row.token_hash).await)
        }
    }

    /// Forgets up to `limit` flows whose time is over, and says how many. Of each that did not come to its end, the audit
    /// log says where it stopped.
    pub(crate) async fn sweep_flows(&self, limit: u32) -> Result<u32, Failure> {
        let mut gone = 0;
        for row in self.store.flows_over(self.clock.now(), limit).await? {
            // One that does not open, such as a newer version's, has nothing to tell.
            let effects = match self.open_sealed(&row) {
                Ok(record) => self.left_lying(&record).await?,
                Err(_) => Effects::default(),
            };
            gone += u32::from(self.store.end_flow(&row, &effects).await?);
        }
        Ok(gone)
    }

    async fn left_lying(&self, record: &Record) -> Result<Effects, Failure> {
        let Some(stage) = stopped(record) else { return Ok(Effects::default()) };
        let caller = Caller::default();
        if let Some(effects) = self.set_by_a_dead_process(record).await? {
            return Ok(effects);
        }
        let (activity, result) = (Activity::AbandonRecovery, ActivityResult::Abandoned);
        let audit = Some(self.stop_line(&caller, record, activity, result, stage)?);
        Ok(Effects { audit, ..Effects::default() })
    }

    /// What is still to be written and told of a password that was set by a process that died before it could, when
    /// nobody repeated the request.
    async fn set_by_a_dead_process(&self, record: &Record) -> Result<Option<Effects>, Failure> {
        let (Some(since), Some(id), FlowState::SetPassword) =
            (record.claimed_at, record.account.as_deref(), record.state)
        else {
            return Ok(None);
        };
        // Directories keep whole seconds.
        let since = before(since, 1);
        let account = self.directory.account(id).await?;
        let Some(account) = account.filter(|it| it.password_changed_at.is_some_and(|at| at >= since)) else {
            return Ok(None);
        };
        let caller = Caller::default();
        let by = Some(Detail::Kinds(record.passed.clone()));
        let line = self.line(&caller, Some(id), Activity::ResetPassword, ActivityResult::Success, by)?;
        let messages = self.notices_of_end(&caller, &account, Notice::PasswordReset).await?;
        Ok(Some(Effects { messages, audit: Some(line) }))
    }

    fn stop_line(
        &self,
        caller: &Caller,
        record: &Record,
        activity: Activity,
        result: ActivityResult,
        stage: Stage,
    ) -> Result<AuditRow, Failure> {
        self.line(caller, record.account.as_deref(), activity, result, Some(Detail::Stopped(stage)))
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
