//! Naming, preferring and removing methods.

use super::add::LONGEST_LABEL;
use crate::{Caller, Failure, Person, Service, notify::Notice};
use sspr_core::wire::{MethodList, UpdateMethod};

impl Service {
    /// Names a method or makes it the default.
    pub async fn update_method(
        &self,
        caller: &Caller,
        person: &Person,
        id: &str,
        update: UpdateMethod,
    ) -> Result<MethodList, Failure> {
        self.require_fresh(person)?;
        let mut row = self.own_method(person, id).await?;
        if let Some(label) = update.label {
            if label.chars().count() > LONGEST_LABEL {
                return Err(Failure::ValueRejected { pointer: "/label" });
            }
            row.label = Some(label).filter(|label| !label.trim().is_empty());
        }
        if update.primary == Some(true) {
            if !row.verified {
                return Err(Failure::ValueRejected { pointer: "/primary" });
            }
            for mut other in self.store.methods(&person.account.id).await? {
                if other.primary && other.id != row.id {
                    other.primary = false;
                    self.store.update_method(&other).await?;
                }
            }
            row.primary = true;
        }
        if !self.store.update_method(&row).await? {
            return Err(Failure::RateLimited { retry_after: 1 });
        }
        self.audit(caller, Some(&person.account.id), "update_method", "success", None).await?;
        self.methods(caller, person).await
    }

    /// Removes a method, unless the policy's number would no longer be reached.
    pub async fn remove_method(
        &self,
        caller: &Caller,
        person: &Person,
        id: &str,
    ) -> Result<MethodList, Failure> {
        self.require_fresh(person)?;
        let account = &person.account;
        let row = self.own_method(person, id).await?;
        let rows = self.store.methods(&account.id).await?;
        if !self.removable(account.admin, &row, &rows) {
            return Err(Failure::LastMethod);
        }
        if row.verified {
            // Before it goes, so that its own address hears of it too.
            self.notify_account(account, Notice::MethodsChanged, None).await?;
        }
        self.store.delete_method(&account.id, id).await?;
        if row.primary
            && let Some(mut next) = rows.into_iter().find(|it| it.id != id && it.verified)
        {
            next.primary = true;
            self.store.update_method(&next).await?;
        }
        self.audit(caller, Some(&account.id), "remove_method", "success", Some(row.kind.word())).await?;
        self.methods(caller, person).await
    }
}
