//! The port to the place where accounts and passwords live.

mod local;

pub use local::LocalDirectory;

use async_trait::async_trait;
use sspr_core::{Secret, policy::Violation, wire::MethodKind};

/// An account as the rules see it. Contact methods are not part of it: those are in the [`crate::Store`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Stable name of the account in its directory; never shown.
    pub id: String,
    /// What the person signs in with.
    pub username: String,
    /// The mailbox of the account, for notices.
    pub email: Option<String>,
    /// Full name.
    pub display_name: Option<String>,
    /// Language of messages (BCP 47).
    pub locale: Option<String>,
    /// Groups the account is in, nested ones resolved.
    pub groups: Vec<String>,
    /// Holds administrative rights, so the administrators' policy applies.
    pub admin: bool,
    /// Switched off by an administrator; cannot recover.
    pub disabled: bool,
    /// Locked now, by wrong passwords.
    pub locked: bool,
    /// Since when the password stands.
    pub password_changed_at: Option<jiff::Timestamp>,
    /// What the directory itself asks of a new password.
    pub rules: DirectoryRules,
    /// Where the directory says that the person is reached, as it spells it. Each is a way to recover.
    pub contacts: Vec<Contact>,
}

/// A mailbox or a number that a directory holds of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// `Email` or `Phone`.
    pub kind: MethodKind,
    /// An address, or a number with its country's; others are left out.
    pub value: String,
}

/// What a directory asks of passwords by a policy of its own, beside ours. Shown before the person types; the directory
/// decides. Nothing is asked where a value is absent or 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DirectoryRules {
    /// Fewest characters.
    pub min_length: Option<u32>,
    /// Most UTF-16 code units.
    pub max_utf16: Option<u32>,
    /// Most bytes of UTF-8.
    pub max_bytes: Option<u32>,
    /// It wants several classes of characters, as Active Directory counts them
    /// ([`sspr_core::policy::PasswordPolicy::require_complexity`]).
    pub complexity: bool,
    /// Earlier passwords that may not come back.
    pub history: u32,
    /// Hours for which a password must stand, also before a reset.
    pub min_age_hours: u32,
    /// It judges by rules that it does not tell.
    pub quality: bool,
}

/// How a sign-in ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInOutcome {
    /// The password is right.
    Accepted(Account),
    /// Unknown, wrong, disabled or locked: the caller learns nothing more.
    Refused,
}

/// Why the directory did not do it.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// It cannot be reached, or does not answer in time.
    #[error("the directory is unavailable: {0}")]
    Unavailable(String),
    /// It refused the password by rules of its own.
    #[error("the directory refused the password")]
    Refused(Vec<Violation>),
    /// The current password that came with a change is wrong.
    #[error("the current password is wrong")]
    WrongPassword,
    /// The account is gone.
    #[error("no such account")]
    NoSuchAccount,
}

/// Accounts and their passwords.
///
/// Every call takes about the same time for known and unknown accounts; an implementation that hashes does so for
/// unknown ones too.
#[async_trait]
pub trait Directory: Send + Sync {
    /// The account of an identifier as it was typed: a user name or an e-mail address. Folding is the directory's.
    async fn find(&self, identifier: &str) -> Result<Option<Account>, DirectoryError>;

    /// The account of an id.
    async fn account(&self, id: &str) -> Result<Option<Account>, DirectoryError>;

    /// Checks a password and counts wrong ones towards the lock.
    async fn sign_in(&self, identifier: &str, password: &Secret) -> Result<SignInOutcome, DirectoryError>;

    /// Checks the password of a known account without signing in; counts wrong ones towards the lock.
    async fn verify_password(&self, id: &str, password: &Secret) -> Result<bool, DirectoryError>;

    /// Replaces the password without the old one, unlocks, and remembers the old one where a history is kept.
    /// Rules that only the directory can decide (history, age, its own lists) are refused as `Refused`.
    async fn set_password(&self, id: &str, password: &Secret) -> Result<(), DirectoryError>;

    /// Ends a lock that wrong passwords caused, keeping the password.
    async fn unlock(&self, id: &str) -> Result<(), DirectoryError>;

    /// Addresses of administrators to tell when another administrator's password was reset, at most 100.
    async fn administrators(&self) -> Result<Vec<Account>, DirectoryError>;

    /// People by their ids, those whose id is greater than `after`, at most so many; `None` where the directory does not
    /// list them.
    async fn people(&self, _after: &str, _limit: u32) -> Result<Option<Vec<Account>>, DirectoryError> {
        Ok(None)
    }

    /// Whether it answers now.
    async fn ping(&self) -> Result<(), DirectoryError> {
        Ok(())
    }
}
