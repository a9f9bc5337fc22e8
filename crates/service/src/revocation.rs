//! What the identity provider is told, so that it ends the tokens and sessions of its own. It waits in the outbox like mail, so
//! nothing waits for it and nothing is lost while it is away.

use crate::{Failure, OutgoingBody, Service, directory::Account, store::MessageRow};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Seconds for which it is tried: an identity provider may be away for a weekend.
const LIFE: u32 = 3 * 86_400;

/// What happened to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountEvent {
    /// A forgotten password was replaced.
    #[serde(rename = "password.reset")]
    PasswordReset,
    /// A known password was replaced by its person.
    #[serde(rename = "password.changed")]
    PasswordChanged,
    /// The account was unlocked, with its password kept.
    #[serde(rename = "account.unlocked")]
    AccountUnlocked,
}

/// An event, as it is sent. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// What happened.
    #[serde(rename = "type")]
    pub event: AccountEvent,
    /// When.
    pub timestamp: Timestamp,
    /// To whom.
    pub data: RevocationSubject,
}

/// Whose tokens are to end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevocationSubject {
    /// The account's stable name in its directory.
    pub account: String,
    /// What the person signs in with.
    pub username: String,
    /// Whether the person, or the policy, asked for other sessions to end.
    pub end_other_sessions: bool,
}

impl Service {
    /// Tells the identity provider what happens to accounts. Somebody has to deliver [`OutgoingBody::Revocation`].
    #[must_use]
    pub fn with_revocation(self) -> Self {
        self.with(|parts| parts.revocation = true)
    }

    /// The message that says so; none where nobody listens.
    pub(crate) fn revocation_of(
        &self,
        account: &Account,
        event: AccountEvent,
        end_other_sessions: bool,
    ) -> Result<Option<MessageRow>, Failure> {
        if !self.revocation {
            return Ok(None);
        }
        let data = RevocationSubject {
            account: account.id.clone(),
            username: account.username.clone(),
            end_other_sessions,
        };
        let body = OutgoingBody::Revocation(Revocation { event, timestamp: self.clock.now(), data });
        self.message(&body, LIFE).map(Some)
    }
}
