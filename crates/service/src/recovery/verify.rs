//! The answer to a challenge.

use super::record::Record;
use crate::{
    Caller, Failure, Service,
    audit::{Activity, ActivityResult, Detail, Reason},
    store::Effects,
    throttle::Reserved,
    token,
};
use sspr_core::{
    Secret,
    wire::{FlowState, FlowView, VerifyChallenge},
};

impl Service {
    /// Judges an answer. A wrong one is counted before it is answered; a right one is spent. An answer to a
    /// challenge that was replaced or is over is wrong and spends nothing.
    pub async fn verify_challenge(
        &self,
        caller: &Caller,
        token: &Secret,
        answer: VerifyChallenge,
    ) -> Result<FlowView, Failure> {
        let next = self.token_after_answer(caller, token, &answer)?;
        let came_to = self.answer(caller, token, answer, &next).await;
        self.or_as_left(caller, &next, came_to).await
    }

    async fn answer(
        &self,
        caller: &Caller,
        token: &Secret,
        answer: VerifyChallenge,
        next: &Secret,
    ) -> Result<FlowView, Failure> {
        let (mut row, mut record) = self.load(token).await?;
        self.refuse_blocked(&record.identifier).await?;
        let pending = record.challenge.clone().filter(|_| record.state == FlowState::Challenge);
        let pending = pending.ok_or(Failure::WrongState(record.state))?;
        let tries = self.settings.limits.tries;
        // The last try may be judged at this moment; there is no further one.
        if record.wrong >= tries {
            return Err(Failure::FlowGone);
        }
        // The attempt is written first, so that requests at once cannot share one.
        record.wrong += 1;
        if !self.save(&mut row, &record).await? {
            return Err(self.overtaken(&token::hash(token)).await);
        }
        // So is the failure that it may turn out to be, for requests at once in other flows.
        let reserved = self.reserve_proof(&record.identifier, &record.subject).await?;
        // After too many failures under another name of the account no answer is right any more, without a word.
        let judged = record.account.as_deref().filter(|_| !reserved.blocked);
        let stands = pending.id == answer.challenge && self.seconds_left(pending.expires_at) > 0;
        let mut attempts_left = tries.saturating_sub(record.wrong);
        let right = match stands {
            true => self.judge(judged, &pending, &answer).await,
            false => Ok(false),
        };
        if !matches!(right, Ok(false)) {
            self.take_back(&reserved).await?;
        }
        if right? {
            if let Some(view) = self.pass_gate(caller, row.clone(), record.clone(), true, next).await? {
                return Ok(view);
            }
            // Another challenge took its place while it was judged.
            attempts_left = attempts_left.max(1);
        } else {
            self.note_last_failure(caller, &record, &reserved).await?;
        }
        let (account, way) = (record.account.as_deref(), Some(Detail::Way(pending.kind)));
        self.audit(caller, account, Activity::VerifyChallenge, ActivityResult::Failure, way).await?;
        if attempts_left == 0 {
            let why = Some(Detail::Reason(Reason::Tries));
            let line = self.line(caller, account, Activity::BlockRecovery, ActivityResult::Blocked, why)?;
            let effects = Effects { audit: Some(line), ..Effects::default() };
            while !self.store.end_flow(&row, &effects).await? {
                // Somebody wrote it since it was read, or ended it.
                (row, _) = self.load_by(&token::hash(token)).await?;
            }
            return Err(Failure::FlowGone);
        }
        Err(Failure::CodeIncorrect { attempts_left })
    }

    /// The failure that reaches the limit is a line of its own.
    async fn note_last_failure(
        &self,
        caller: &Caller,
        record: &Record,
        reserved: &Reserved,
    ) -> Result<(), Failure> {
        if reserved.last {
            let (account, why) = (record.account.as_deref(), Some(Detail::Reason(Reason::FailedProofs)));
            self.audit(caller, account, Activity::BlockRecovery, ActivityResult::Blocked, why).await?;
        }
        Ok(())
    }
}
