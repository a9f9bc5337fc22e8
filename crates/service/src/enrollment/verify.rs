//! Proving a method that was added.

use crate::{
    Caller, Failure, Person, Service, code, method_data::MethodData, notify::Notice, store::MethodRow, totp,
};
use sspr_core::wire::{MethodKind, MethodList, VerifyMethod};
use subtle::ConstantTimeEq;

impl Service {
    pub(super) async fn own_method(&self, person: &Person, id: &str) -> Result<MethodRow, Failure> {
        let rows = self.store.methods(&person.account.id).await?;
        rows.into_iter().find(|row| row.id == id).ok_or(Failure::MethodNotFound)
    }

    /// Takes the code of an unverified method. Too many wrong ones remove it.
    pub async fn verify_method(
        &self,
        caller: &Caller,
        person: &Person,
        id: &str,
        verify: VerifyMethod,
    ) -> Result<MethodList, Failure> {
        self.require_fresh(person)?;
        let mut row = self.own_method(person, id).await?;
        if row.verified {
            return Err(Failure::MethodNotFound);
        }
        let mut data = MethodData::open(&self.key, &row)?;
        let mut pending = data.pending.clone().ok_or(Failure::MethodNotFound)?;
        let (now, typed) = (self.clock.now(), code::normalise(&verify.code));
        let right = match (row.kind, data.totp.as_deref()) {
            (MethodKind::Totp, Some(secret)) => {
                data.used_step = totp::matching_step(secret, typed.expose(), now.as_second(), None);
                data.used_step.is_some()
            }
            _ => bool::from(pending.code_hash.ct_eq(&self.code_hash(&row.id, typed.expose())?)),
        };
        let right = right && pending.expires_at > now;
        let account = &person.account;
        if right {
            let rows = self.store.methods(&account.id).await?;
            data.pending = None;
            row.verified = true;
            row.primary = !rows.iter().any(|row| row.primary);
            row.confirmed_at = Some(now);
        } else {
            pending.wrong = pending.wrong.saturating_add(1);
            data.pending = Some(pending.clone());
        }
        row.sealed = data.seal(&self.key, &row.id)?;
        if !self.store.update_method(&row).await? {
            return Err(Failure::RateLimited { retry_after: 1 });
        }
        let result = if right { "success" } else { "failure" };
        self.audit(caller, Some(&account.id), "verify_method", result, Some(row.kind.word())).await?;
        if !right {
            let attempts_left = self.settings.limits.tries.saturating_sub(pending.wrong);
            if attempts_left == 0 {
                self.store.delete_method(&account.id, &row.id).await?;
            }
            return Err(Failure::CodeIncorrect { attempts_left });
        }
        self.notify_account(account, Notice::MethodsChanged, Some(&row.id)).await?;
        self.methods(caller, person).await
    }
}
