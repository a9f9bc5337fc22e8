//! Proving a method that was added.

use crate::{
    Caller, Failure, Person, Service,
    audit::{Activity, ActivityResult, Detail},
    code,
    method_data::MethodData,
    notify::Notice,
    store::MethodRow,
    totp,
};
use sspr_core::wire::{MethodKind, MethodList, VerifyMethod};
use subtle::ConstantTimeEq;

impl Service {
    /// Takes the code of an unverified method. Too many wrong ones remove it.
    pub async fn verify_method(
        &self,
        caller: &Caller,
        person: &Person,
        id: &str,
        verify: VerifyMethod,
    ) -> Result<MethodList, Failure> {
        self.require_fresh(person)?;
        let (now, typed) = (self.clock.now(), code::normalise(&verify.code));
        let judge = |row: &mut MethodRow, rows: &[MethodRow]| {
            if row.verified {
                return Err(Failure::MethodNotFound);
            }
            let mut data = MethodData::open(&self.key, row)?;
            let mut pending = data.pending.clone().ok_or(Failure::MethodNotFound)?;
            let right = match (row.kind, data.totp.as_deref()) {
                (MethodKind::Totp, Some(secret)) => {
                    data.used_step = totp::matching_step(secret, typed.expose(), now.as_second(), None);
                    data.used_step.is_some()
                }
                _ => bool::from(pending.code_hash.ct_eq(&self.code_hash(&row.id, typed.expose())?)),
            };
            let right = right && pending.expires_at > now;
            if right {
                data.pending = None;
                row.verified = true;
                row.primary = !rows.iter().any(|row| row.primary);
                row.confirmed_at = Some(now);
            } else {
                pending.wrong = pending.wrong.saturating_add(1);
                data.pending = Some(pending.clone());
            }
            row.sealed = data.seal(&self.key, &row.id)?;
            Ok((right, pending.wrong))
        };
        let (row, (right, wrong)) = self.change_method(person, id, judge).await?;
        let account = &person.account;
        let result = if right { ActivityResult::Success } else { ActivityResult::Failure };
        let kind = Some(Detail::Kind(row.kind));
        self.audit(caller, Some(&account.id), Activity::VerifyMethod, result, kind).await?;
        if !right {
            let attempts_left = self.settings.limits.tries.saturating_sub(wrong);
            if attempts_left == 0 {
                self.store.delete_method(&account.id, &row.id).await?;
            }
            return Err(Failure::CodeIncorrect { attempts_left });
        }
        self.notify_account(caller, account, Notice::MethodsChanged, Some(&row.id)).await?;
        self.methods(caller, person).await
    }
}
