//! The mailed link: looking at it spends nothing, opening it passes the gate.

use super::record::Record;
use crate::{Caller, Failure, Service, store::FlowRow, token};
use sspr_core::{
    Secret,
    wire::{ChallengeKind, FlowState, FlowView, LinkToken, LinkView},
};

impl Service {
    /// What a link is good for.
    pub async fn look_at_link(&self, _caller: &Caller, link: LinkToken) -> Result<LinkView, Failure> {
        let (_, record) = self.by_link(&link).await?;
        let until = record.challenge.as_ref().ok_or(Failure::FlowGone)?.expires_at;
        Ok(LinkView { intent: record.intent, expires_in: self.seconds_left(until) })
    }

    /// Spends a link and moves the flow to whoever opened it.
    pub async fn open_link(&self, caller: &Caller, link: LinkToken) -> Result<FlowView, Failure> {
        let next = self.next_token(caller, &link.link_token, "link", &[])?;
        let came_to = self.spend_link(caller, &link, &next).await;
        self.or_as_left(caller, &next, came_to).await
    }

    async fn spend_link(
        &self,
        caller: &Caller,
        link: &LinkToken,
        next: &Secret,
    ) -> Result<FlowView, Failure> {
        let (row, record) = self.by_link(link).await?;
        self.refuse_blocked(&record.identifier).await?;
        if self.is_blocked(&record.subject).await? {
            return Err(Failure::FlowGone);
        }
        self.pass_gate(caller, row, record, false, next).await?.ok_or(Failure::FlowGone)
    }

    async fn by_link(&self, link: &LinkToken) -> Result<(FlowRow, Record), Failure> {
        let row = self.store.flow_by_link(&token::hash(&link.link_token)).await?.ok_or(Failure::FlowGone)?;
        let (row, record) = self.open_record(row)?;
        let good = record.challenge.as_ref().is_some_and(|it| {
            it.kind == ChallengeKind::Email && it.target.is_some() && self.seconds_left(it.expires_at) > 0
        });
        if record.state == FlowState::Challenge && good { Ok((row, record)) } else { Err(Failure::FlowGone) }
    }

    /// A link for the next mail, where there is a page to open.
    pub(super) fn new_link(
        &self,
        row: &mut FlowRow,
        record: &Record,
        kind: ChallengeKind,
    ) -> Result<Option<Secret>, Failure> {
        let Some(page) = record.page.as_ref().filter(|_| kind == ChallengeKind::Email) else {
            return Ok(None);
        };
        let token = token::token()?;
        row.link_hash = Some(token::hash(&token));
        let name = &self.settings.organisation.link_param;
        Ok(Some(Secret::new(format!("{page}#{name}={}", token.expose()))))
    }
}
