//! More time, for whoever reads, types or fetches a phone slowly (WCAG 2.2, success criterion 2.2.1).

use crate::{Caller, Failure, Service};
use sspr_core::{Secret, wire::FlowView};

impl Service {
    /// Lets a flow live for another [`Limits::flow_life`](crate::settings::Limits::flow_life) from now, within
    /// [`Limits::flow_life_total`](crate::settings::Limits::flow_life_total). A code that was sent lives no longer for it.
    pub async fn extend_recovery(&self, _: &Caller, token: &Secret) -> Result<FlowView, Failure> {
        let (mut row, record) = self.load(token).await?;
        if !self.save(&mut row, &record).await? {
            return Err(self.overtaken(&row.token_hash).await);
        }
        self.view(&row, &record, None).await
    }
}
