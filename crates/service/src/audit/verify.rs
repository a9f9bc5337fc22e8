//! Whether the log is as it was written.

use super::chain::{self, Head};
use crate::{
    Failure, Service,
    store::{AuditFilter, LoggedRow},
};
use std::fmt;

/// Lines read at a time.
const PAGE: u32 = 500;
/// Faults told; the others are counted.
const TOLD: usize = 20;

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It says something else than what was written, or was never written by this server.
    Changed,
    /// It does not follow the line before it: something was moved, put in, or taken out.
    Misplaced,
    /// The number before it is missing: lines were deleted.
    Missing,
    /// It stands before the checkpoint, where nothing is left, or twice, or nowhere in the chain.
    Inserted,
    /// The checkpoint was not written by this server.
    Checkpoint,
    /// The line of the head that was kept elsewhere is gone or differs: the end was cut off, or the log replaced.
    Head,
}

/// A line that breaks the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `id` of the row; 0 where there is none.
    pub id: i64,
    /// Its number in the chain, where it has one.
    pub seq: Option<i64>,
    /// What is wrong.
    pub kind: FaultKind,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seq = self.seq.map_or_else(|| "-".to_owned(), |seq| seq.to_string());
        let what = match self.kind {
            FaultKind::Changed => "was changed, or not written by this server",
            FaultKind::Misplaced => "does not follow the line before it",
            FaultKind::Missing => "follows a gap: lines before it were deleted",
            FaultKind::Inserted => "was put in",
            FaultKind::Checkpoint => "is a checkpoint that this server did not write",
            FaultKind::Head => "is not the line that was kept as the head",
        };
        write!(f, "line {seq} (row {}) {what}", self.id)
    }
}

/// What verifying found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Linked lines that were looked at.
    pub linked: u64,
    /// Lines that wait to be linked; each is proved by itself.
    pub waiting: u64,
    /// Lines of a version that proved none.
    pub unproved: u64,
    /// Up to which number lines were forgotten on purpose.
    pub forgotten: i64,
    /// The end of the chain.
    pub head: Option<Head>,
    /// The first faults, at most 20.
    pub faults: Vec<Fault>,
    /// All faults.
    pub faults_in_all: u64,
}

impl Verdict {
    /// Whether nothing is wrong.
    pub fn holds(&self) -> bool {
        self.faults_in_all == 0
    }

    fn fault(&mut self, id: i64, seq: Option<i64>, kind: FaultKind) {
        self.faults_in_all += 1;
        if self.faults.len() < TOLD {
            self.faults.push(Fault { id, seq, kind });
        }
    }
}

impl Service {
    /// Verifies the whole log, page by page, and that a head kept elsewhere is still in it.
    pub async fn verify_audit(&self, kept: Option<&Head>) -> Result<Verdict, Failure> {
        let mut verdict = Verdict::default();
        let (mut seq, mut before) = (0, Vec::new());
        let mut found = false;
        if let Some(checkpoint) = self.store.audit_checkpoint().await? {
            if checkpoint.mac != chain::checkpoint_mac(&self.key, &checkpoint)? {
                verdict.fault(0, Some(checkpoint.seq), FaultKind::Checkpoint);
            }
            (verdict.forgotten, seq, before) = (checkpoint.seq, checkpoint.seq, checkpoint.link);
            verdict.head = Some(Head { seq, link: before.clone() });
            // What was forgotten cannot be looked at; the checkpoint vouches for it.
            found = kept.is_some_and(|kept| kept.seq < seq || (kept.seq == seq && kept.link == before));
        }
        let (mut after, mut first) = (i64::MIN, i64::MAX);
        loop {
            let page = self.store.audit_linked(after, PAGE).await?;
            let Some(last) = page.last().and_then(|row| row.seq) else { break };
            after = last;
            for row in page {
                first = first.min(row.id);
                self.verify_linked(&row, &mut seq, &mut before, &mut verdict)?;
                found |= kept
                    .is_some_and(|kept| Some(kept.seq) == row.seq && Some(&kept.link) == row.link.as_ref());
            }
        }
        let (rows, entries) = self.store.audit_census(after).await?;
        if rows != entries || rows != verdict.linked {
            verdict.fault(0, None, FaultKind::Inserted);
        }
        if let Some(kept) = kept
            && !found
        {
            verdict.fault(0, Some(kept.seq), FaultKind::Head);
        }
        self.verify_waiting(first, &mut verdict).await?;
        Ok(verdict)
    }

    fn verify_linked(
        &self,
        row: &LoggedRow,
        seq: &mut i64,
        before: &mut Vec<u8>,
        verdict: &mut Verdict,
    ) -> Result<(), Failure> {
        verdict.linked += 1;
        let number = row.seq.unwrap_or_default();
        if number <= *seq {
            verdict.fault(row.id, row.seq, FaultKind::Inserted);
            return Ok(());
        }
        let link = row.link.clone().unwrap_or_default();
        if row.row.proof.mac != chain::mac(&self.key, &row.row)? {
            verdict.fault(row.id, row.seq, FaultKind::Changed);
        } else if number != *seq + 1 {
            verdict.fault(row.id, row.seq, FaultKind::Missing);
        } else if link != chain::link(&self.key, before, number, &row.row)? {
            verdict.fault(row.id, row.seq, FaultKind::Misplaced);
        }
        // The next one is held against what stands here, so that one fault is told once.
        (*seq, *before) = (number, link);
        verdict.head = Some(Head { seq: number, link: before.clone() });
        Ok(())
    }

    /// Lines without a place in the chain; those of a version that proved none are older than its first.
    async fn verify_waiting(&self, first: i64, verdict: &mut Verdict) -> Result<(), Failure> {
        let waiting = AuditFilter { waiting: true, ..AuditFilter::default() };
        let mut after = 0;
        loop {
            let page = self.store.audit_lines(after, &waiting, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.id;
            for row in page {
                if row.row.proof.entry.is_empty() && row.id < first {
                    verdict.unproved += 1;
                    continue;
                }
                verdict.waiting += 1;
                if row.row.proof.mac != chain::mac(&self.key, &row.row)? {
                    verdict.fault(row.id, None, FaultKind::Changed);
                }
            }
        }
    }
}
