//! Changing a method's row when others may change it at the same time.

use crate::{
    Failure, Person, Service,
    store::{MethodRow, StoreError},
};

/// Writes tried when another write of the same row comes first.
const RETRIES: usize = 8;

impl Service {
    /// The person's own method.
    pub(super) async fn own_method(&self, person: &Person, id: &str) -> Result<MethodRow, Failure> {
        let rows = self.store.methods(&person.account.id).await?;
        rows.into_iter().find(|row| row.id == id).ok_or(Failure::MethodNotFound)
    }

    /// Changes the person's own method, again from what is there now where another write came first. The change is
    /// given the row and all rows of the account, and what it returns comes with the written row.
    pub(super) async fn change_method<T: Send>(
        &self,
        person: &Person,
        id: &str,
        change: impl Fn(&mut MethodRow, &[MethodRow]) -> Result<T, Failure> + Send + Sync,
    ) -> Result<(MethodRow, T), Failure> {
        for _ in 0..RETRIES {
            let rows = self.store.methods(&person.account.id).await?;
            let mut row = rows.iter().find(|row| row.id == id).cloned().ok_or(Failure::MethodNotFound)?;
            let outcome = change(&mut row, &rows)?;
            if self.store.update_method(&row).await? {
                row.version += 1;
                return Ok((row, outcome));
            }
        }
        Err(StoreError("a method changes all the time".into()).into())
    }
}
