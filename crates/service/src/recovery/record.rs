//! What a flow remembers, sealed in the store, and how it is read and written.

use crate::{
    Failure, Sealed, Service,
    fold::{after, left},
    store::{Effects, FlowRow, MethodRow},
    throttle::TEN_MINUTES,
    token,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sspr_core::{
    Secret,
    wire::{ChallengeKind, FlowState, Intent, MethodKind},
};
use std::collections::BTreeMap;

/// A recovery flow. `account` is absent in a decoy.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Record {
    /// As it was typed, folded: counters that are seen from outside go by it.
    pub(super) identifier: String,
    /// The account by whichever name it was typed, else the identifier: counters that are not seen go by it.
    pub(super) subject: String,
    pub(super) account: Option<String>,
    pub(super) username: String,
    pub(super) intent: Intent,
    pub(super) locale: String,
    pub(super) page: Option<String>,
    pub(super) started_at: Timestamp,
    /// Proofs this account needs; shown only after the first.
    pub(super) gates: u8,
    pub(super) passed: Vec<MethodKind>,
    pub(super) state: FlowState,
    /// Wrong answers so far.
    pub(super) wrong: u8,
    pub(super) challenge: Option<Pending>,
    /// When each option was last sent, so that going back and forth between them does not send early.
    pub(super) sent: BTreeMap<String, Timestamp>,
    /// Options for which a number was typed, and whether it was the right one.
    #[serde(default)]
    pub(super) numbers: BTreeMap<String, bool>,
    /// Since when the last step is being carried out.
    pub(super) claimed_at: Option<Timestamp>,
    /// By which request ([`Service::mark`]).
    #[serde(default)]
    pub(super) claimed_by: Option<Vec<u8>>,
    /// When the password had been set last as the last step was begun first: what tells, after a death, whether it was set.
    #[serde(default)]
    pub(super) changed_before: Option<Timestamp>,
}

/// A challenge that waits for its answer.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) id: String,
    pub(super) kind: ChallengeKind,
    /// The option that was chosen.
    pub(super) option: String,
    /// The registered method; absent in a decoy.
    pub(super) target: Option<String>,
    pub(super) masked: Option<String>,
    pub(super) code_hash: Option<Vec<u8>>,
    pub(super) sent_at: Timestamp,
    pub(super) expires_at: Timestamp,
    pub(super) questions: Vec<String>,
    /// The request that chose it ([`Service::mark`]).
    #[serde(default)]
    pub(super) chosen_by: Option<Vec<u8>>,
}

impl Pending {
    /// A code of any app will do: people do not know which of theirs is meant.
    pub(super) fn may_be_answered_by(&self, row: &MethodRow) -> bool {
        match &self.target {
            Some(_) if self.kind == ChallengeKind::Totp => row.kind == MethodKind::Totp,
            Some(id) => &row.id == id,
            None => false,
        }
    }
}

impl Service {
    pub(super) fn open_record(&self, row: FlowRow) -> Result<(FlowRow, Record), Failure> {
        let record = self.open_sealed(&row)?;
        if row.expires_at <= self.clock.now() {
            return Err(Failure::FlowGone);
        }
        Ok((row, record))
    }

    /// What a flow remembers, whether it is over or not.
    pub(super) fn open_sealed(&self, row: &FlowRow) -> Result<Record, Failure> {
        self.key.open(&Sealed::Flow.purpose(&row.id), &row.sealed)
    }

    /// The flow of a token, if it is still alive.
    pub(super) async fn load(&self, token: &Secret) -> Result<(FlowRow, Record), Failure> {
        self.load_by(&token::hash(token)).await
    }

    pub(super) async fn load_by(&self, token_hash: &[u8]) -> Result<(FlowRow, Record), Failure> {
        let row = self.store.flow_by_token(token_hash).await?.ok_or(Failure::FlowGone)?;
        self.open_record(row)
    }

    /// What a request is told whose write came second: where the flow is now, and nothing about its answer.
    pub(super) async fn overtaken(&self, token_hash: &[u8]) -> Failure {
        match self.load_by(token_hash).await {
            Ok((_, record)) => Failure::WrongState(record.state),
            Err(gone) => gone,
        }
    }

    pub(super) fn seal_record(&self, row: &mut FlowRow, record: &Record) -> Result<(), Failure> {
        let limits = &self.settings.limits;
        row.sealed = self.key.seal(&Sealed::Flow.purpose(&row.id), record)?;
        let now = self.clock.now();
        row.expires_at = match record.state {
            // As long as a repeated request may still ask what it came to.
            FlowState::Done => after(now, TEN_MINUTES),
            _ => after(now, limits.flow_life).min(after(record.started_at, limits.flow_life_total)),
        };
        Ok(())
    }

    /// Writes the flow if nobody else did since it was read.
    pub(super) async fn save(&self, row: &mut FlowRow, record: &Record) -> Result<bool, Failure> {
        self.save_with(row, record, &Effects::default()).await
    }

    /// The same, together with its effects.
    pub(super) async fn save_with(
        &self,
        row: &mut FlowRow,
        record: &Record,
        effects: &Effects,
    ) -> Result<bool, Failure> {
        self.seal_record(row, record)?;
        let written = self.store.update_flow(row, effects).await?;
        if written {
            row.version += 1;
        }
        Ok(written)
    }

    pub(super) fn seconds_left(&self, until: Timestamp) -> u32 {
        left(self.clock.now(), until)
    }
}
