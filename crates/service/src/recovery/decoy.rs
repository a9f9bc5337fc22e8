//! What stands in for a method that is not there, so that a decoy opens, renders, seals and hashes as much as a
//! real flow. Its secrets are drawn anew in each process, and a right answer to it is a wrong one.

use crate::{
    Failure, Service, code, method_data::KeptAnswer, method_data::MethodData, store::MethodRow, token, totp,
};
use jiff::Timestamp;
use sspr_core::wire::MethodKind;

/// What kinds there are.
const KINDS: [MethodKind; 5] = [
    MethodKind::Email,
    MethodKind::Phone,
    MethodKind::Totp,
    MethodKind::RecoveryCodes,
    MethodKind::Questions,
];

impl Service {
    /// The stand-in of a kind; made once, since a real method is not sealed when it is read either.
    pub(super) fn decoy(&self, kind: MethodKind) -> Result<MethodRow, Failure> {
        let rows = match self.decoys.get() {
            Some(rows) => rows,
            None => {
                let made = KINDS.into_iter().map(|kind| self.make_decoy(kind)).collect::<Result<_, _>>()?;
                self.decoys.get_or_init(|| made)
            }
        };
        rows.iter().find(|row| row.kind == kind).cloned().ok_or(Failure::Internal("no decoy of this kind"))
    }

    fn make_decoy(&self, kind: MethodKind) -> Result<MethodRow, Failure> {
        let mut data = MethodData::default();
        match kind {
            MethodKind::Email => data.value = Some("nobody@home.invalid".into()),
            MethodKind::Phone => data.value = Some("+999000000000".into()),
            MethodKind::Totp => data.totp = Some(totp::secret()?),
            MethodKind::RecoveryCodes => {
                for _ in 0..code::SET {
                    data.codes.push(token::random::<32>()?.to_vec());
                }
            }
            // No hash: judging then hashes with a new salt, which costs as much as comparing.
            MethodKind::Questions => {
                let answer = |_| KeptAnswer { question: "none".into(), hash: String::new() };
                data.answers = (0..self.settings.policy.questions_to_register).map(answer).collect();
            }
        }
        let id = token::id()?;
        Ok(MethodRow {
            sealed: data.seal(&self.key, &id)?,
            account: token::id()?,
            kind,
            value_hash: None,
            label: None,
            verified: true,
            primary: true,
            created_at: Timestamp::UNIX_EPOCH,
            last_used_at: None,
            confirmed_at: None,
            version: 0,
            id,
        })
    }
}
