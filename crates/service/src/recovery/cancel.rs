//! Giving a flow up.

use crate::{Caller, Failure, Service};
use sspr_core::Secret;

impl Service {
    /// Ends a flow; its tokens are dead.
    pub async fn cancel_recovery(&self, caller: &Caller, token: &Secret) -> Result<(), Failure> {
        let (row, record) = self.load(token).await?;
        self.store.delete_flow(&row.id).await?;
        self.audit(caller, record.account.as_deref(), "cancel_recovery", "cancelled", None).await
    }
}
