//! The answer to a challenge.

use super::record::{Pending, Record};
use crate::{
    Caller, Failure, Service, code,
    method_data::{MethodData, printed_hash},
    password::Hasher,
    questions,
    store::{FlowRow, MethodRow},
    token, totp,
};
use sspr_core::{
    Secret,
    wire::{ChallengeKind, FlowState, FlowView, Intent, VerifyChallenge},
};
use subtle::ConstantTimeEq;

impl Service {
    /// Judges an answer. A wrong one is counted before it is answered; a right one is spent.
    pub async fn verify_challenge(
        &self,
        caller: &Caller,
        token: &Secret,
        answer: VerifyChallenge,
    ) -> Result<FlowView, Failure> {
        let (mut row, mut record) = self.load(token).await?;
        self.refuse_blocked(&record.identifier).await?;
        let pending = record.challenge.clone().filter(|_| record.state == FlowState::Challenge);
        let pending = pending.ok_or(Failure::WrongState(record.state))?;
        let methods = self.store.methods(record.account.as_deref().unwrap_or_default()).await?;
        let target = methods.into_iter().find(|it| Some(&it.id) == pending.target.as_ref() && it.verified);
        // The attempt is written first, so that requests at once cannot share one.
        record.wrong = record.wrong.saturating_add(1);
        if !self.save(&mut row, &record).await? {
            return Err(Failure::FlowGone);
        }
        let right = self.judge(&pending, target, &answer).await?;
        if right && pending.id == answer.challenge && self.seconds_left(pending.expires_at) > 0 {
            record.wrong -= 1;
            return self.pass_gate(caller, row, record).await;
        }
        self.count_failed_proof(&record.identifier).await?;
        let account = record.account.as_deref();
        self.audit(caller, account, "verify_challenge", "failure", Some(pending.kind.word())).await?;
        let attempts_left = self.settings.limits.tries.saturating_sub(record.wrong);
        if attempts_left == 0 {
            self.store.delete_flow(&row.id).await?;
            return Err(Failure::FlowGone);
        }
        Err(Failure::CodeIncorrect { attempts_left })
    }

    /// Whether the answer is right. What can be used once is used up here.
    async fn judge(
        &self,
        pending: &Pending,
        target: Option<MethodRow>,
        answer: &VerifyChallenge,
    ) -> Result<bool, Failure> {
        let typed = code::normalise(answer.code.as_ref().unwrap_or(&Secret::default()));
        let Some(mut row) = target else {
            self.code_hash(&pending.id, typed.expose())?;
            if pending.kind == ChallengeKind::Questions {
                self.judge_answers(pending, None, answer)?;
            }
            return Ok(false);
        };
        let mut data = MethodData::open(&self.key, &row)?;
        let right = match pending.kind {
            ChallengeKind::Email | ChallengeKind::Sms | ChallengeKind::Voice => {
                let hash = self.code_hash(&pending.id, typed.expose())?;
                return Ok(pending.code_hash.as_ref().is_some_and(|kept| bool::from(kept.ct_eq(&hash))));
            }
            ChallengeKind::Questions => return self.judge_answers(pending, Some(&data), answer),
            ChallengeKind::Totp => {
                let now = self.clock.now().as_second();
                let secret = data.totp.as_deref().unwrap_or_default();
                let step = totp::matching_step(secret, typed.expose(), now, data.used_step);
                data.used_step = step.or(data.used_step);
                step.is_some()
            }
            ChallengeKind::RecoveryCode => {
                let hash = printed_hash(&self.key, &row.account, typed.expose())?;
                let before = data.codes.len();
                data.codes.retain(|kept| !bool::from(kept.ct_eq(&hash)));
                data.codes.len() < before
            }
        };
        if !right {
            return Ok(false);
        }
        row.sealed = data.seal(&self.key, &row.id)?;
        row.last_used_at = Some(self.clock.now());
        Ok(self.store.update_method(&row).await?)
    }

    /// Hashes as many answers as were asked for, whatever came.
    fn judge_answers(
        &self,
        pending: &Pending,
        data: Option<&MethodData>,
        answer: &VerifyChallenge,
    ) -> Result<bool, Failure> {
        let hasher = Hasher::new(self.settings.password.hashing);
        let nothing = Secret::default();
        let mut right = !pending.questions.is_empty();
        for question in &pending.questions {
            let typed = answer.answers.iter().find(|it| &it.question == question);
            let typed = typed.map_or(&nothing, |it| &it.answer);
            let kept = data.and_then(|data| data.answers.iter().find(|it| &it.question == question));
            let kept = kept.map(|it| it.hash.as_str());
            right &= questions::matches(&self.key, &hasher, kept, question, typed)?;
        }
        Ok(right)
    }

    /// Passes the gate, once: whoever writes the flow first has it. The token is replaced.
    pub(super) async fn pass_gate(
        &self,
        caller: &Caller,
        mut row: FlowRow,
        mut record: Record,
    ) -> Result<FlowView, Failure> {
        let kind = record.challenge.take().ok_or(Failure::FlowGone)?.kind;
        if record.account.is_none() || record.passed.contains(&kind.method()) {
            return Err(Failure::FlowGone);
        }
        record.passed.push(kind.method());
        record.state = match record.intent {
            _ if record.passed.len() < record.gates.into() => FlowState::Choose,
            Intent::Reset => FlowState::SetPassword,
            Intent::Unlock => FlowState::Unlock,
        };
        let token = token::token()?;
        row.token_hash = token::hash(&token);
        row.link_hash = None;
        if !self.save(&mut row, &record).await? {
            return Err(Failure::FlowGone);
        }
        let account = record.account.as_deref();
        self.audit(caller, account, "verify_challenge", "success", Some(kind.word())).await?;
        self.view(&row, &record, Some(token)).await
    }
}
