//! A flow as its person sees it.

use super::record::Record;
use crate::{Failure, Service, fold::after, mask::mask, method_data::MethodData, questions, store::FlowRow};
use sspr_core::{
    Secret,
    wire::{Challenge, ChallengeKind, CodeFormat, FlowState, FlowView, MethodKind, MethodOption},
};

impl Service {
    /// Ways to pass the present gate: the policy's before the first proof, the person's own after it.
    pub(super) async fn options(&self, record: &Record) -> Result<Vec<MethodOption>, Failure> {
        if record.passed.is_empty() {
            let kinds = self.settings.policy.recovery_methods.iter();
            let number = |kind| self.asks_for_number(kind);
            let option = |&kind: &ChallengeKind| MethodOption {
                id: kind.word().into(),
                kind,
                masked: None,
                number: number(kind),
            };
            return Ok(kinds.map(option).collect());
        }
        let Some(account) = &record.account else { return Ok(Vec::new()) };
        let account = self.directory.account(account).await?.ok_or(Failure::FlowGone)?;
        let methods = self.usable_methods(Some(&account)).await?;
        let mut options = Vec::new();
        for kind in
            self.kinds_for(account.admin).into_iter().filter(|it| !record.passed.contains(&it.method()))
        {
            // Which address gets the code matters; which app or sheet it is read from does not.
            let most = if kind.is_sent() { usize::MAX } else { 1 };
            let fitting = methods.iter().filter(|row| row.verified && row.kind == kind.method());
            for row in fitting.take(most) {
                let value = MethodData::open(&self.key, row)?.value;
                let id = format!("{}:{}", kind.word(), row.id);
                let masked = value.map(|value| mask(row.kind, &value));
                options.push(MethodOption { id, kind, masked, number: self.asks_for_number(kind) });
            }
        }
        Ok(options)
    }

    pub(super) async fn view(
        &self,
        row: &FlowRow,
        record: &Record,
        token: Option<Secret>,
    ) -> Result<FlowView, Failure> {
        let proved = !record.passed.is_empty();
        let open = matches!(record.state, FlowState::Choose | FlowState::Challenge);
        let gates = if proved { record.gates } else { self.settings.policy.gates };
        let passed = u8::try_from(record.passed.len()).unwrap_or(u8::MAX);
        let policy = match (&record.account, record.state) {
            (Some(id), FlowState::SetPassword) => {
                self.directory.account(id).await?.map(|account| self.policy_for(&account))
            }
            _ => None,
        };
        Ok(FlowView {
            flow: token,
            intent: record.intent,
            state: record.state,
            expires_in: self.seconds_left(row.expires_at),
            gate: passed.saturating_add(1).min(gates),
            gates,
            methods: if open { self.options(record).await? } else { Vec::new() },
            challenge: self.challenge_view(record),
            policy,
            identifier: (!open).then(|| record.username.clone()),
        })
    }

    fn challenge_view(&self, record: &Record) -> Option<Challenge> {
        let limits = &self.settings.limits;
        let pending = record.challenge.as_ref().filter(|_| record.state == FlowState::Challenge)?;
        let code = match pending.kind.method() {
            MethodKind::Email | MethodKind::Phone => Some(CodeFormat::digits(limits.code_length)),
            MethodKind::Totp => Some(CodeFormat::digits(6)),
            MethodKind::RecoveryCodes => Some(CodeFormat::digits(10)),
            MethodKind::Questions => None,
        };
        let resend = after(pending.sent_at, limits.resend_after);
        Some(Challenge {
            id: pending.id.clone(),
            kind: pending.kind,
            method: pending.option.clone(),
            masked: pending.masked.clone(),
            code,
            resend_in: if pending.kind.is_sent() { self.seconds_left(resend) } else { 0 },
            expires_in: self.seconds_left(pending.expires_at),
            attempts_left: limits.tries.saturating_sub(record.wrong),
            questions: pending.questions.iter().map(|id| questions::question(id, &record.locale)).collect(),
        })
    }
}
