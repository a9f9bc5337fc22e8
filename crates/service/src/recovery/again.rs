//! A request that comes again because its first process died: what was done then is found and answered, not done twice.
//!
//! A step replaces the flow's token. Where the request has a key of its own ([`Caller::key`]), the new token follows from
//! the old one, that key and what was proved, so whoever sends the very same request again is led to the same token,
//! and nobody else can compute it. Nothing is kept for it.

use super::record::Record;
use crate::{Caller, Failure, Service, store::FlowRow, token};
use sspr_core::{
    Secret,
    wire::{FlowState, FlowView, RecoveryDone, VerifyChallenge},
};

impl Service {
    /// The token that replaces another at a step, by what proves the right to that step.
    pub(super) fn next_token(
        &self,
        caller: &Caller,
        token: &Secret,
        step: &str,
        proof: &[&[u8]],
    ) -> Result<Secret, Failure> {
        let Some(key) = &caller.key else { return token::token() };
        let mut parts: Vec<&[u8]> = vec![step.as_bytes(), token.expose().as_bytes(), key.as_bytes()];
        parts.extend(proof);
        Ok(token::from_bytes(&self.key.hash("next-token", &parts)?))
    }

    /// The same for the step that an answer to a challenge takes.
    pub(super) fn token_after_answer(
        &self,
        caller: &Caller,
        token: &Secret,
        answer: &VerifyChallenge,
    ) -> Result<Secret, Failure> {
        let mut proof = vec![answer.challenge.as_bytes()];
        proof.extend(answer.code.as_ref().map(|code| code.expose().as_bytes()));
        for it in &answer.answers {
            proof.extend([it.question.as_bytes(), it.answer.expose().as_bytes()]);
        }
        self.next_token(caller, token, "verify", &proof)
    }

    /// What a step came to; where its flow is gone because the same request took the step before, the flow as it left it.
    pub(super) async fn or_as_left(
        &self,
        caller: &Caller,
        next: &Secret,
        came_to: Result<FlowView, Failure>,
    ) -> Result<FlowView, Failure> {
        match came_to {
            Err(Failure::FlowGone) => {
                let (row, record) = self.left_by(caller, next).await?;
                self.view(&row, &record, Some(next.clone())).await
            }
            other => other,
        }
    }

    /// The same for the last step, after which there is nothing left but to say that it was taken.
    pub(super) async fn or_as_finished(
        &self,
        caller: &Caller,
        next: &Secret,
        came_to: Result<RecoveryDone, Failure>,
    ) -> Result<RecoveryDone, Failure> {
        match came_to {
            Err(Failure::FlowGone) => Ok(self.done(&self.left_by(caller, next).await?.1)),
            other => other,
        }
    }

    async fn left_by(&self, caller: &Caller, next: &Secret) -> Result<(FlowRow, Record), Failure> {
        // Without a key, the token is a new one.
        if caller.key.is_none() { Err(Failure::FlowGone) } else { self.load(next).await }
    }

    /// Names a request and its repetitions in what is kept; `None` where it has no key.
    pub(super) fn mark(&self, caller: &Caller) -> Result<Option<Vec<u8>>, Failure> {
        caller.key.as_ref().map(|key| self.key.hash("request", &[key.as_bytes()])).transpose()
    }

    pub(super) fn done(&self, record: &Record) -> RecoveryDone {
        RecoveryDone {
            state: FlowState::Done,
            intent: record.intent,
            identifier: record.username.clone(),
            sign_in: self.settings.organisation.sign_in.clone(),
        }
    }
}
