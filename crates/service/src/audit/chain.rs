//! The keyed hashes: of a line, and of its place in the chain.

use crate::{
    Failure, MasterKey, Service,
    store::{AuditRow, Checkpoint, StoreError},
};
use data_encoding::HEXLOWER;
use std::{fmt, str::FromStr};

/// Lines linked in one transaction.
const AT_ONCE: u32 = 200;

/// The end of a chain: the number and the link of a line. Printed as `NUMBER:LINK`, so that it can be kept elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number, 1 for the first.
    pub seq: i64,
    /// The link.
    pub link: Vec<u8>,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, HEXLOWER.encode(&self.link))
    }
}

impl FromStr for Head {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "it must be NUMBER:LINK, as `audit verify` prints it";
        let (seq, link) = text.trim().split_once(':').ok_or(wrong)?;
        let (seq, link) = (seq.parse(), HEXLOWER.decode(link.as_bytes()));
        Ok(Self { seq: seq.map_err(|_| wrong)?, link: link.map_err(|_| wrong)? })
    }
}

/// All that a line says. What is absent differs from what is empty.
fn fields(row: &AuditRow) -> Vec<Vec<u8>> {
    let AuditRow { at, activity, result, account, detail, address, request_id, proof } = row;
    let mut fields: Vec<Vec<u8>> = vec![
        proof.entry.clone().into_bytes(),
        at.as_microsecond().to_be_bytes().to_vec(),
        activity.clone().into_bytes(),
        result.clone().into_bytes(),
    ];
    for text in [account, detail, address, request_id] {
        fields.push(text.as_ref().map_or_else(Vec::new, |text| [b"=".as_slice(), text.as_bytes()].concat()));
    }
    fields
}

/// Proves a line by itself.
pub(super) fn mac(key: &MasterKey, row: &AuditRow) -> Result<Vec<u8>, Failure> {
    let fields = fields(row);
    let parts: Vec<&[u8]> = fields.iter().map(Vec::as_slice).collect();
    key.hash("audit-line", &parts)
}

/// Proves a line's place: behind that link, with that number.
pub(super) fn link(key: &MasterKey, before: &[u8], seq: i64, row: &AuditRow) -> Result<Vec<u8>, Failure> {
    let (fields, seq) = (fields(row), seq.to_be_bytes());
    let mut parts: Vec<&[u8]> = vec![before, &seq, &row.proof.mac];
    parts.extend(fields.iter().map(Vec::as_slice));
    key.hash("audit-link", &parts)
}

/// Proves that lines up to a number were forgotten on purpose.
pub(super) fn checkpoint_mac(key: &MasterKey, checkpoint: &Checkpoint) -> Result<Vec<u8>, Failure> {
    let (seq, at) = (checkpoint.seq.to_be_bytes(), checkpoint.at.as_microsecond().to_be_bytes());
    key.hash("audit-checkpoint", &[&seq, &at, &checkpoint.link])
}

impl Service {
    /// Links the lines that wait for it, up to 200, and says how many. Nodes take turns; who finds another at it leaves
    /// it to that one.
    pub async fn link_audit(&self) -> Result<u32, Failure> {
        let link = |before: &[u8], seq: i64, row: &AuditRow| {
            link(&self.key, before, seq, row).map_err(|error| StoreError(error.to_string()))
        };
        Ok(self.store.link_audit(AT_ONCE, &link).await?)
    }

    /// Forgets the linked lines before a time, oldest first without a gap, and leaves a checkpoint from which the rest is
    /// verified. Says how many went.
    pub async fn prune_audit(&self, before: jiff::Timestamp) -> Result<u64, Failure> {
        let Some(last) = self.store.audit_last_before(before).await? else { return Ok(0) };
        let (Some(seq), Some(link)) = (last.seq, last.link) else { return Ok(0) };
        let mut checkpoint = Checkpoint { seq, link, at: self.clock.now(), mac: Vec::new() };
        checkpoint.mac = checkpoint_mac(&self.key, &checkpoint)?;
        Ok(self.store.prune_audit(&checkpoint).await?)
    }
}
