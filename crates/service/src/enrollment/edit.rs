//! Naming, preferring and removing methods.

use super::add::is_label;
use crate::{
    Caller, Failure, Person, Service,
    audit::{Activity, ActivityResult, Detail},
    method_data::MethodData,
    notify::Notice,
    store::MethodRow,
};
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
        if !update.label.as_deref().is_none_or(is_label) {
            return Err(Failure::ValueRejected { pointer: "/label" });
        }
        let preferred = update.primary == Some(true);
        let change = |row: &mut MethodRow, _: &[MethodRow]| {
            if let Some(label) = &update.label {
                row.label = Some(label.clone()).filter(|label| !label.trim().is_empty());
            }
            if preferred && !row.verified {
                return Err(Failure::ValueRejected { pointer: "/primary" });
            }
            row.primary |= preferred;
            Ok(())
        };
        self.change_method(person, id, change).await?;
        if preferred {
            for other in self.store.methods(&person.account.id).await? {
                if other.primary && other.id != id {
                    self.set_primary(person, &other.id, false).await?;
                }
            }
        }
        let account = Some(person.account.id.as_str());
        self.audit(caller, account, Activity::UpdateMethod, ActivityResult::Success, None).await?;
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
        if MethodData::open(&self.key, &row)?.directory {
            return Err(Failure::PolicyForbids);
        }
        let rows = self.usable_methods(Some(account)).await?;
        if !self.removable(account.admin, &row, &rows) {
            return Err(Failure::LastMethod);
        }
        if row.verified {
            // Before it goes, so that its own address hears of it too.
            self.notify_account(caller, account, Notice::MethodsChanged, None).await?;
        }
        self.store.delete_method(&account.id, id).await?;
        if row.primary
            && let Some(next) = rows.iter().find(|it| it.id != id && it.verified)
        {
            self.set_primary(person, &next.id, true).await?;
        }
        let kind = Some(Detail::Kind(row.kind));
        self.audit(caller, Some(&account.id), Activity::RemoveMethod, ActivityResult::Success, kind).await?;
        self.methods(caller, person).await
    }

    /// Marks a method as the default or not; one that is gone meanwhile needs no mark.
    async fn set_primary(&self, person: &Person, id: &str, primary: bool) -> Result<(), Failure> {
        let change = |row: &mut MethodRow, _: &[MethodRow]| {
            row.primary = primary;
            Ok(())
        };
        match self.change_method(person, id, change).await {
            Ok(_) | Err(Failure::MethodNotFound) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
