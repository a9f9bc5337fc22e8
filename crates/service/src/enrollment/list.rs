//! The list of methods, confirming it and putting registration off.

use crate::{
    Caller, Failure, Person, Service,
    audit::{Activity, ActivityResult},
    fold::after,
    mask::mask,
    method_data::MethodData,
    questions,
    store::MethodRow,
    throttle::DAY,
};
use sspr_core::wire::{
    ChallengeKind, CodeFormat, MethodKind, MethodList, MethodView, Offer, OfferRefusal, QuestionPool,
};

/// Kinds, strongest first.
const STRENGTH: [MethodKind; 5] = [
    MethodKind::Totp,
    MethodKind::RecoveryCodes,
    MethodKind::Phone,
    MethodKind::Email,
    MethodKind::Questions,
];

impl Service {
    /// The person's methods and what they may add.
    pub async fn methods(&self, caller: &Caller, person: &Person) -> Result<MethodList, Failure> {
        let (policy, account, now) = (&self.settings.policy, &person.account, self.clock.now());
        let kept = self.store.methods(&account.id).await?;
        let mut rows = self.with_contacts(account, kept.clone())?;
        rows.sort_by_key(|row| STRENGTH.iter().position(|&kind| kind == row.kind));
        let required = self.gates_for(account);
        let usable = self.usable_kinds(account.admin, &rows);
        let registered = u8::try_from(usable.len()).unwrap_or(u8::MAX);
        let missing = policy.registration_required && self.in_scope(account) && registered < required;
        let skipped = self.store.registration_skipped_at(&account.id).await?;
        let until = skipped.map(|at| after(at, policy.skip_days.saturating_mul(DAY)));
        let days = until.map_or(policy.skip_days, |until| {
            u32::try_from(until.duration_since(now).as_secs().max(0)).unwrap_or(0).div_ceil(DAY)
        });
        let age = i64::from(policy.reconfirm_days) * i64::from(DAY);
        let stale =
            |row: &MethodRow| now.duration_since(row.confirmed_at.unwrap_or(row.created_at)).as_secs() >= age;
        let allowed = self.kinds_for(account.admin);
        let mut methods = Vec::new();
        for row in &rows {
            let verified = kept.iter().any(|it| it.id == row.id && it.verified);
            methods.push(MethodView { verified, ..self.method_view(account.admin, row, &rows)? });
        }
        let with_questions = allowed.contains(&ChallengeKind::Questions);
        Ok(MethodList {
            methods,
            offers: STRENGTH.iter().map(|&kind| self.offer(kind, &allowed, &kept)).collect(),
            required,
            registered,
            registration_due: missing && (skipped.is_none() || days == 0),
            skip_days_left: (missing && days > 0).then_some(days),
            confirm_due: age > 0 && kept.iter().any(|row| row.verified && stale(row)),
            questions: with_questions.then(|| QuestionPool {
                register: policy.questions_to_register,
                min_answer: questions::MIN_ANSWER,
                max_answer: questions::MAX_ANSWER,
                questions: questions::QUESTIONS
                    .iter()
                    .map(|id| questions::question(id, &caller.locale))
                    .collect(),
            }),
            code: CodeFormat::digits(self.settings.limits.code_length),
        })
    }

    pub(super) fn offer(&self, kind: MethodKind, allowed: &[ChallengeKind], rows: &[MethodRow]) -> Offer {
        let policy = &self.settings.policy;
        let most = match kind {
            MethodKind::Email => policy.max_emails,
            MethodKind::Phone => policy.max_phones,
            MethodKind::Totp => policy.max_totp,
            // Adding replaces.
            MethodKind::RecoveryCodes | MethodKind::Questions => u8::MAX,
        };
        let refused = if !allowed.iter().any(|it| it.method() == kind) {
            Some(OfferRefusal::Policy)
        } else if rows.iter().filter(|row| row.kind == kind).count() >= most.into() {
            Some(OfferRefusal::Limit)
        } else {
            None
        };
        let voice = kind == MethodKind::Phone && allowed.contains(&ChallengeKind::Voice);
        Offer { kind, refused, voice }
    }

    /// Whether the policy's number is still reached without this method.
    pub(super) fn removable(&self, admin: bool, row: &MethodRow, rows: &[MethodRow]) -> bool {
        let rest: Vec<MethodRow> = rows.iter().filter(|it| it.id != row.id).cloned().collect();
        let required = if admin { 2 } else { self.settings.policy.gates };
        let (with, without) = (self.usable_kinds(admin, rows).len(), self.usable_kinds(admin, &rest).len());
        without == with || without >= required.into()
    }

    pub(super) fn method_view(
        &self,
        admin: bool,
        row: &MethodRow,
        rows: &[MethodRow],
    ) -> Result<MethodView, Failure> {
        let data = MethodData::open(&self.key, row)?;
        let left = u32::try_from(data.codes.len()).unwrap_or(u32::MAX);
        Ok(MethodView {
            id: row.id.clone(),
            kind: row.kind,
            masked: data.value.as_ref().map(|value| mask(row.kind, value)),
            label: row.label.clone(),
            verified: row.verified,
            primary: row.primary,
            created_at: row.created_at.to_string(),
            last_used_at: row.last_used_at.map(|at| at.to_string()),
            removable: !data.directory && self.removable(admin, row, rows),
            left: (row.kind == MethodKind::RecoveryCodes).then_some(left),
        })
    }

    /// The person says that all methods are still right.
    pub async fn confirm_contacts(&self, caller: &Caller, person: &Person) -> Result<MethodList, Failure> {
        for mut row in self.store.methods(&person.account.id).await? {
            row.confirmed_at = Some(self.clock.now());
            self.store.update_method(&row).await?;
        }
        let account = Some(person.account.id.as_str());
        self.audit(caller, account, Activity::ConfirmContacts, ActivityResult::Success, None).await?;
        self.methods(caller, person).await
    }

    /// The person puts registration off, for as long as the policy lets them.
    pub async fn skip_registration(&self, caller: &Caller, person: &Person) -> Result<MethodList, Failure> {
        let list = self.methods(caller, person).await?;
        if list.registration_due && list.skip_days_left.is_none() {
            return Err(Failure::PolicyForbids);
        }
        self.store.skip_registration(&person.account.id, self.clock.now()).await?;
        let account = Some(person.account.id.as_str());
        self.audit(caller, account, Activity::SkipRegistration, ActivityResult::Success, None).await?;
        self.methods(caller, person).await
    }
}
