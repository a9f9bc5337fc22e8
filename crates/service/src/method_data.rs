//! What a method keeps sealed.

use crate::{Failure, MasterKey, Sealed, store::MethodRow};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The sealed part of a [`MethodRow`]; which members are set depends on the kind.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct MethodData {
    /// The address or number.
    pub(crate) value: Option<String>,
    /// The app's secret in base32.
    pub(crate) totp: Option<String>,
    /// The last step that was used.
    pub(crate) used_step: Option<u64>,
    /// Keyed hashes of the printed codes that are left.
    #[serde(default)]
    pub(crate) codes: Vec<Vec<u8>>,
    /// Questions with the hashes of their answers.
    #[serde(default)]
    pub(crate) answers: Vec<KeptAnswer>,
    /// It is the directory's: only as long as that holds it.
    #[serde(default)]
    pub(crate) directory: bool,
    /// A code on its way while the method is not yet proved.
    pub(crate) pending: Option<Pending>,
}

/// A question with the hash of its answer.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptAnswer {
    pub(crate) question: String,
    pub(crate) hash: String,
}

/// A code on its way, or an app that is to show its first code.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub(crate) code_hash: Vec<u8>,
    pub(crate) sent_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) wrong: u8,
    pub(crate) voice: bool,
}

impl MethodData {
    pub(crate) fn open(key: &MasterKey, row: &MethodRow) -> Result<Self, Failure> {
        key.open(&Sealed::Method.purpose(&row.id), &row.sealed)
    }

    pub(crate) fn seal(&self, key: &MasterKey, id: &str) -> Result<Vec<u8>, Failure> {
        key.seal(&Sealed::Method.purpose(id), self)
    }
}

/// What is kept of a printed code.
pub(crate) fn printed_hash(key: &MasterKey, account: &str, code: &str) -> Result<Vec<u8>, Failure> {
    key.hash("printed-code", &[account.as_bytes(), code.as_bytes()])
}
