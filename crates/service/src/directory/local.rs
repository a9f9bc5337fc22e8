//! Accounts in our own store: Argon2id, a history, and a lock that grows.

use super::{Account, Directory, DirectoryError, DirectoryRules, SignInOutcome};
use crate::{
    Clock, Failure, Settings, Store,
    fold::{after, fold},
    password::Hasher,
    settings::Lockout,
    store::{AccountRow, StoreError},
};
use async_trait::async_trait;
use sspr_core::{
    Secret,
    policy::{Rule, Violation},
};
use std::sync::Arc;

/// Writes tried when another write of the same account comes first.
const RETRIES: usize = 8;

/// The directory of the reference server.
#[derive(Clone)]
pub struct LocalDirectory {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    lockout: Lockout,
    history: usize,
    hasher: Hasher,
}

fn broken(error: impl std::fmt::Display) -> DirectoryError {
    DirectoryError::Unavailable(error.to_string())
}

impl From<StoreError> for DirectoryError {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl LocalDirectory {
    /// Over a store; the settings say how costly hashes are and when wrong passwords lock.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, settings: &Settings) -> Self {
        Self {
            store,
            clock,
            lockout: settings.lockout,
            history: settings.password.history.into(),
            hasher: Hasher::new(settings.password.hashing),
        }
    }

    fn view(&self, row: AccountRow) -> Account {
        let locked = row.locked_until.is_some_and(|until| until > self.clock.now());
        Account {
            id: row.id,
            username: row.username,
            email: row.email,
            display_name: row.display_name,
            locale: row.locale,
            groups: row.groups,
            admin: row.admin,
            disabled: row.disabled,
            locked,
            password_changed_at: row.password_changed_at,
            // The settings say it all.
            rules: DirectoryRules::default(),
            // People register theirs, or an import does.
            contacts: Vec::new(),
        }
    }

    /// Changes a row, again where another write came first.
    async fn change(&self, id: &str, change: impl Fn(&mut AccountRow)) -> Result<(), DirectoryError> {
        for _ in 0..RETRIES {
            let mut row = self.store.account(id).await?.ok_or(DirectoryError::NoSuchAccount)?;
            change(&mut row);
            if self.store.update_account(&row).await? {
                return Ok(());
            }
        }
        Err(broken("an account changes all the time"))
    }

    fn count_failure(&self, row: &mut AccountRow) {
        row.failed_sign_ins = row.failed_sign_ins.saturating_add(1);
        if let Some(beyond) = row.failed_sign_ins.checked_sub(self.lockout.threshold) {
            let seconds = self.lockout.seconds.saturating_mul(2_u32.saturating_pow(beyond));
            row.locked_until = Some(after(self.clock.now(), seconds.min(self.lockout.max_seconds)));
        }
    }

    /// Whether the password is right and the account may be used.
    async fn check(&self, row: Option<AccountRow>, password: &Secret) -> Result<bool, DirectoryError> {
        let kept = row.as_ref().and_then(|row| row.password_hash.as_deref());
        let right = self.hasher.verify(kept, password).map_err(broken)?;
        let Some(row) = row else { return Ok(false) };
        let locked = row.locked_until.is_some_and(|until| until > self.clock.now());
        if row.disabled || locked {
            return Ok(false);
        }
        if !right {
            self.change(&row.id, |row| self.count_failure(row)).await?;
        } else if row.failed_sign_ins > 0 || row.locked_until.is_some() {
            self.change(&row.id, forget_failures).await?;
        }
        Ok(right)
    }
}

fn forget_failures(row: &mut AccountRow) {
    row.failed_sign_ins = 0;
    row.locked_until = None;
}

#[async_trait]
impl Directory for LocalDirectory {
    async fn find(&self, identifier: &str) -> Result<Option<Account>, DirectoryError> {
        let row = self.store.account_by_identifier(&fold(identifier)).await?;
        Ok(row.map(|row| self.view(row)))
    }

    async fn account(&self, id: &str) -> Result<Option<Account>, DirectoryError> {
        Ok(self.store.account(id).await?.map(|row| self.view(row)))
    }

    async fn sign_in(&self, identifier: &str, password: &Secret) -> Result<SignInOutcome, DirectoryError> {
        let row = self.store.account_by_identifier(&fold(identifier)).await?;
        if self.check(row.clone(), password).await?
            && let Some(row) = row
        {
            return Ok(SignInOutcome::Accepted(self.view(AccountRow { locked_until: None, ..row })));
        }
        Ok(SignInOutcome::Refused)
    }

    async fn verify_password(&self, id: &str, password: &Secret) -> Result<bool, DirectoryError> {
        let row = self.store.account(id).await?;
        self.check(row, password).await
    }

    async fn set_password(&self, id: &str, password: &Secret) -> Result<(), DirectoryError> {
        let row = self.store.account(id).await?.ok_or(DirectoryError::NoSuchAccount)?;
        let used = |kept: Option<&str>| -> Result<bool, Failure> {
            kept.map_or(Ok(false), |kept| self.hasher.verify(Some(kept), password))
        };
        if used(row.password_hash.as_deref()).map_err(broken)? {
            let violation = Violation::new(Rule::SameAsCurrent, 0);
            return Err(DirectoryError::Refused(vec![violation]));
        }
        for kept in row.password_history.iter().take(self.history) {
            if used(Some(kept)).map_err(broken)? {
                let number = u32::try_from(self.history).unwrap_or(u32::MAX);
                return Err(DirectoryError::Refused(vec![Violation::new(Rule::InHistory, number)]));
            }
        }
        let hash = self.hasher.hash(password).map_err(broken)?;
        let now = self.clock.now();
        self.change(id, |row| {
            forget_failures(row);
            if let Some(old) = row.password_hash.replace(hash.clone()) {
                row.password_history.insert(0, old);
                row.password_history.truncate(self.history);
            }
            row.password_changed_at = Some(now);
        })
        .await
    }

    async fn unlock(&self, id: &str) -> Result<(), DirectoryError> {
        self.change(id, forget_failures).await
    }

    async fn administrators(&self) -> Result<Vec<Account>, DirectoryError> {
        Ok(self.store.administrators().await?.into_iter().map(|row| self.view(row)).collect())
    }

    async fn people(&self, after: &str, limit: u32) -> Result<Option<Vec<Account>>, DirectoryError> {
        let rows = self.store.accounts(after, limit).await?;
        Ok(Some(rows.into_iter().map(|row| self.view(row)).collect()))
    }
}
