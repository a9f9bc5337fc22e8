//! Whether an answer is right. What can be used once is used up here.

use super::record::Pending;
use crate::{
    Failure, Service, code,
    method_data::{MethodData, printed_hash},
    questions,
    store::MethodRow,
    totp,
};
use sspr_core::{
    Secret,
    wire::{ChallengeKind, VerifyChallenge},
};
use subtle::ConstantTimeEq;

/// Judgements tried when another write of the same method comes first.
const RETRIES: usize = 4;

enum Verdict {
    Wrong,
    Right,
    /// Right if this row can be written: it no longer takes the same answer.
    RightOnce(MethodRow),
}

impl Service {
    /// Judges an answer. Of several requests with the same one-time answer, one is told that it is right.
    pub(super) async fn judge(
        &self,
        account: Option<&str>,
        pending: &Pending,
        answer: &VerifyChallenge,
    ) -> Result<bool, Failure> {
        for _ in 0..RETRIES {
            let account = self.directory.account(account.unwrap_or_default()).await?;
            let mut rows = self.usable_methods(account.as_ref()).await?;
            rows.retain(|row| row.verified && pending.may_be_answered_by(row));
            let real = !rows.is_empty();
            if !real {
                rows.push(self.decoy(pending.kind.method())?);
            }
            match self.verdict(pending, rows, answer).await? {
                Verdict::Wrong => return Ok(false),
                _ if !real => return Ok(false),
                Verdict::Right => return Ok(true),
                Verdict::RightOnce(row) if self.store.update_method(&row).await? => return Ok(true),
                Verdict::RightOnce(_) => {}
            }
        }
        Ok(false)
    }

    async fn verdict(
        &self,
        pending: &Pending,
        rows: Vec<MethodRow>,
        answer: &VerifyChallenge,
    ) -> Result<Verdict, Failure> {
        let typed = code::normalise(answer.code.as_ref().unwrap_or(&Secret::default()));
        for mut row in rows {
            let mut data = MethodData::open(&self.key, &row)?;
            let spent = match pending.kind {
                ChallengeKind::Email | ChallengeKind::Sms | ChallengeKind::Voice => {
                    let hash = self.code_hash(&pending.id, typed.expose())?;
                    let right = pending.code_hash.as_ref().is_some_and(|kept| bool::from(kept.ct_eq(&hash)));
                    return Ok(if right { Verdict::Right } else { Verdict::Wrong });
                }
                ChallengeKind::Questions => {
                    let right = self.judge_answers(pending, &data, answer).await?;
                    return Ok(if right { Verdict::Right } else { Verdict::Wrong });
                }
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
            if spent {
                row.sealed = data.seal(&self.key, &row.id)?;
                row.last_used_at = Some(self.clock.now());
                return Ok(Verdict::RightOnce(row));
            }
        }
        Ok(Verdict::Wrong)
    }

    /// Hashes as many answers as were asked for, whatever came.
    async fn judge_answers(
        &self,
        pending: &Pending,
        data: &MethodData,
        answer: &VerifyChallenge,
    ) -> Result<bool, Failure> {
        let nothing = Secret::default();
        let mut pairs: Vec<(Option<String>, Secret)> = Vec::new();
        for question in &pending.questions {
            let typed = answer.answers.iter().find(|it| &it.question == question);
            let typed = questions::keyed(&self.key, question, typed.map_or(&nothing, |it| &it.answer))?;
            let kept = data.answers.iter().find(|it| &it.question == question);
            pairs.push((kept.map(|it| it.hash.clone()), typed));
        }
        self.hashing(move |hasher| {
            let mut right = !pairs.is_empty();
            for (kept, typed) in &pairs {
                right &= hasher.verify(kept.as_deref(), typed)?;
            }
            Ok(right)
        })
        .await
    }
}
