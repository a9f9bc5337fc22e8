//! Passing a gate, once: whoever writes the flow first has it. The token is replaced.

use super::record::{Pending, Record};
use crate::{
    Caller, Failure, Service,
    audit::{Activity, ActivityResult, Detail},
    store::{Effects, FlowRow},
    token,
};
use sspr_core::{
    Secret,
    wire::{FlowState, FlowView, Intent},
};

/// Writes tried when an attempt of somebody else is written first; there are at most as many as tries.
const RETRIES: usize = 16;

impl Service {
    /// Passes the gate of the challenge that the record waits for; `refund` gives back the attempt that was counted
    /// for it. The flow is opened by `next` then. `None` where another challenge took its place meanwhile.
    pub(super) async fn pass_gate(
        &self,
        caller: &Caller,
        mut row: FlowRow,
        mut record: Record,
        refund: bool,
        next: &Secret,
    ) -> Result<Option<FlowView>, Failure> {
        let before = row.token_hash.clone();
        let id = record.challenge.as_ref().map(|it| it.id.clone());
        for _ in 0..RETRIES {
            let Pending { kind, target, .. } = record.challenge.take().ok_or(Failure::FlowGone)?;
            if record.account.is_none() || record.passed.contains(&kind.method()) {
                return Err(Failure::FlowGone);
            }
            record.wrong = record.wrong.saturating_sub(refund.into());
            record.passed.push(kind.method());
            record.state = match record.intent {
                _ if record.passed.len() < record.gates.into() => FlowState::Choose,
                Intent::Reset => FlowState::SetPassword,
                Intent::Unlock => FlowState::Unlock,
            };
            row.token_hash = token::hash(next);
            row.link_hash = None;
            let account = record.account.as_deref();
            let way = Some(Detail::Way(kind));
            let line = self.line(caller, account, Activity::VerifyChallenge, ActivityResult::Success, way)?;
            let effects = Effects { audit: Some(line), ..Effects::default() };
            if self.save_with(&mut row, &record, &effects).await? {
                self.keep_proved(account, target.as_deref()).await?;
                return self.view(&row, &record, Some(next.clone())).await.map(Some);
            }
            // The proof stands although somebody wrote an attempt meanwhile.
            (row, record) = self.load_by(&before).await?;
            if record.challenge.as_ref().map(|it| &it.id) != id.as_ref() {
                return Ok(None);
            }
        }
        Err(Failure::WrongState(record.state))
    }

    /// What the directory holds counts as proved once a code that was sent there came back.
    async fn keep_proved(&self, account: Option<&str>, method: Option<&str>) -> Result<(), Failure> {
        let (Some(account), Some(method)) = (account, method) else { return Ok(()) };
        if let Some(account) = self.directory.account(account).await? {
            self.keep_contact(&account, method, true).await?;
        }
        Ok(())
    }
}
