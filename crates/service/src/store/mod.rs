//! The port to lasting state, and what is kept there.
//!
//! Every row that holds something secret holds it hashed or sealed before it gets here: a store sees no code,
//! token, answer, one-time secret or message text in clear. All state is here, so that any node can answer any
//! step and may die at any time; calls that decide something are atomic and say who won.

mod memory;

pub use memory::Memory;

use async_trait::async_trait;
use jiff::Timestamp;
use sspr_core::wire::MethodKind;

/// Why the store did not do it. The text is for the log, never for a person.
#[derive(Debug, thiserror::Error)]
#[error("store: {0}")]
pub struct StoreError(pub String);

/// What store calls return.
pub type Result<T> = std::result::Result<T, StoreError>;

/// An account of the local directory.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AccountRow {
    /// UUID.
    pub id: String,
    /// Folded (NFKC, lower case), unique.
    pub username: String,
    /// Folded, unique where present.
    pub email: Option<String>,
    /// Full name.
    pub display_name: Option<String>,
    /// BCP 47.
    pub locale: Option<String>,
    /// Groups.
    pub groups: Vec<String>,
    /// Administrator.
    pub admin: bool,
    /// Switched off.
    pub disabled: bool,
    /// PHC string of Argon2id; `None` where no password was set yet.
    pub password_hash: Option<String>,
    /// Earlier PHC strings, newest first.
    pub password_history: Vec<String>,
    /// When the password was set.
    pub password_changed_at: Option<Timestamp>,
    /// Wrong passwords in a row.
    pub failed_sign_ins: u32,
    /// Locked until then.
    pub locked_until: Option<Timestamp>,
    /// Grows by one with each write; a write names the version it read.
    pub version: i64,
}

/// A registered contact method.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MethodRow {
    /// UUID.
    pub id: String,
    /// [`crate::directory::Account::id`].
    pub account: String,
    /// What it is.
    pub kind: MethodKind,
    /// Sealed JSON, by kind: the address or number, the one-time secret, hashes of codes, hashes of answers.
    pub sealed: Vec<u8>,
    /// Keyed hash of the address or number, to find doubles and to throttle by destination.
    pub value_hash: Option<Vec<u8>>,
    /// The person's own name for it.
    pub label: Option<String>,
    /// Whether it was proved.
    pub verified: bool,
    /// Whether it is the default.
    pub primary: bool,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it last proved somebody.
    pub last_used_at: Option<Timestamp>,
    /// When the person last said that it is right.
    pub confirmed_at: Option<Timestamp>,
    /// Grows by one with each write; a write names the version it read.
    pub version: i64,
}

/// A recovery flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowRow {
    /// UUID, never shown.
    pub id: String,
    /// SHA-256 of the token that opens it now.
    pub token_hash: Vec<u8>,
    /// SHA-256 of the token of the link in the last mail, while that link is good.
    pub link_hash: Option<Vec<u8>>,
    /// Sealed JSON of the service's own record.
    pub sealed: Vec<u8>,
    /// When the row may be forgotten.
    pub expires_at: Timestamp,
    /// Grows by one with each write; a write names the version it read.
    pub version: i64,
}

/// A session of the server's own sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// SHA-256 of the cookie.
    pub token_hash: Vec<u8>,
    /// Whose it is.
    pub account: String,
    /// Expected in `X-CSRF-Token`. It follows from the session and the key; the store keeps none.
    pub csrf: String,
    /// When the person last proved themselves.
    pub authenticated_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A message that waits to be delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// UUID; the delivery uses it so that a retry is not a second message.
    pub id: String,
    /// Sealed JSON of an [`crate::OutgoingBody`]; `None` is a decoy that is thrown away, so that unknown
    /// accounts cost the same writes.
    pub sealed: Option<Vec<u8>>,
    /// Not before then.
    pub due_at: Timestamp,
    /// Deliveries tried.
    pub attempts: u32,
    /// Not after then; a code that is dead is not worth sending.
    pub expires_at: Timestamp,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Handed over, or not worth keeping: the row goes.
    Finished,
    /// Try again then.
    Retry(Timestamp),
    /// Given up; kept for the administrator with this reason, and sealed until its end, so that it can be tried again.
    Dead(String),
}

/// One line of the audit log. Never holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AuditRow {
    /// When.
    pub at: Timestamp,
    /// The word of an [`crate::audit::Activity`], such as `reset_password`; another node may write one that this one does
    /// not know.
    pub activity: String,
    /// The word of an [`crate::audit::ActivityResult`].
    pub result: String,
    /// Whose account; `None` where it is unknown.
    pub account: Option<String>,
    /// More: a reason, a method kind. Words of ours only.
    pub detail: Option<String>,
    /// Where from, as an address prefix.
    pub address: Option<String>,
    /// The request that caused it.
    pub request_id: Option<String>,
    /// That it was written by this service.
    #[serde(skip)]
    pub proof: Proof,
}

/// What proves a line of the audit log. Lines of versions before it have none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// UUID, so that no line is put in twice; empty where there is no proof.
    pub entry: String,
    /// Keyed hash of all that the line says.
    pub mac: Vec<u8>,
}

/// A line of the audit log with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedRow {
    /// Grows with each line that is written.
    pub id: i64,
    /// Number in the chain, from 1 without gaps; `None` until the line is linked.
    pub seq: Option<i64>,
    /// Keyed hash over the number, the link before it and the line.
    pub link: Option<Vec<u8>>,
    /// The line.
    pub row: AuditRow,
}

/// Which lines of the audit log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Not before then.
    pub since: Option<Timestamp>,
    /// Before then.
    pub until: Option<Timestamp>,
    /// About this account.
    pub account: Option<String>,
    /// Only what is not linked yet.
    pub waiting: bool,
}

/// Where the audit log begins after older lines were forgotten on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Number of the last line that is gone.
    pub seq: i64,
    /// Its link.
    pub link: Vec<u8>,
    /// When it was forgotten.
    pub at: Timestamp,
    /// Keyed hash of the above.
    pub mac: Vec<u8>,
}

/// How many lines of the audit log say the same on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditCount {
    /// Days since 1970-01-01 (UTC).
    pub day: i64,
    /// See [`AuditRow::activity`].
    pub activity: String,
    /// See [`AuditRow::result`].
    pub result: String,
    /// See [`AuditRow::detail`].
    pub detail: Option<String>,
    /// How many.
    pub count: u64,
}

/// Computes a link from the link before it (empty for the first), the number and the line.
pub type Link<'a> = dyn Fn(&[u8], i64, &AuditRow) -> Result<Vec<u8>> + Send + Sync + 'a;

/// What administrators changed at run time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyRow {
    /// Grows with each change, from 1. In a change: the version that it is based on, 0 for none.
    pub version: i64,
    /// JSON of the settings that differ from the file's; `None` where the file's are in force.
    pub overlay: Option<String>,
    /// When it was changed.
    pub changed_at: Timestamp,
    /// The administrator's account; `None` for the command line.
    pub changed_by: Option<String>,
}

/// What a counter says after a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hits {
    /// Hits in the window, this one included.
    pub count: u32,
    /// Seconds until the window ends.
    pub resets_in: u32,
}

/// What is written together with a flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Messages for the outbox.
    pub messages: Vec<MessageRow>,
    /// The line of the audit log.
    pub audit: Option<AuditRow>,
}

/// Whether a request with an idempotency key is to be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is the first: run it, then store or release.
    Mine,
    /// The first still runs.
    Running,
    /// It was answered: this is the sealed answer.
    Answered(Vec<u8>),
    /// The key came with another body.
    OtherBody,
}

/// Lasting state.
#[async_trait]
pub trait Store: Send + Sync {
    /// The account with this folded user name or e-mail address.
    async fn account_by_identifier(&self, folded: &str) -> Result<Option<AccountRow>>;
    /// The account of an id.
    async fn account(&self, id: &str) -> Result<Option<AccountRow>>;
    /// Administrators that are not disabled, at most 100.
    async fn administrators(&self) -> Result<Vec<AccountRow>>;
    /// Accounts whose id is greater than this one, by their ids; at most so many. The first come after an empty id.
    async fn accounts(&self, after: &str, limit: u32) -> Result<Vec<AccountRow>>;
    /// Adds an account; `false` if the user name or address is taken.
    async fn insert_account(&self, account: &AccountRow) -> Result<bool>;
    /// Writes an account if its version is still the one read, and counts the version up; `false` if not.
    async fn update_account(&self, account: &AccountRow) -> Result<bool>;

    /// Accounts that have methods and whose id is greater than this one, by their ids; at most so many.
    async fn accounts_with_methods(&self, after: &str, limit: u32) -> Result<Vec<String>>;
    /// The methods of an account, oldest first.
    async fn methods(&self, account: &str) -> Result<Vec<MethodRow>>;
    /// Adds a method.
    async fn insert_method(&self, method: &MethodRow) -> Result<()>;
    /// Writes a method if its version is still the one read, and counts the version up; `false` if not.
    async fn update_method(&self, method: &MethodRow) -> Result<bool>;
    /// Removes a method; `false` if it is gone.
    async fn delete_method(&self, account: &str, id: &str) -> Result<bool>;

    /// When the person first put registering off.
    async fn registration_skipped_at(&self, account: &str) -> Result<Option<Timestamp>>;
    /// Remembers that they did; the first time stays.
    async fn skip_registration(&self, account: &str, at: Timestamp) -> Result<()>;

    /// Adds a flow.
    async fn insert_flow(&self, flow: &FlowRow) -> Result<()>;
    /// The flow that a token opens.
    async fn flow_by_token(&self, token_hash: &[u8]) -> Result<Option<FlowRow>>;
    /// The flow that a mailed link opens.
    async fn flow_by_link(&self, link_hash: &[u8]) -> Result<Option<FlowRow>>;
    /// Writes a flow (its token may have changed) and its effects, all or nothing, if its version is still the one
    /// read; `false` if not.
    async fn update_flow(&self, flow: &FlowRow, effects: &Effects) -> Result<bool>;
    /// Removes a flow and writes its effects, all or nothing, if its version is still the one read; `false` if not.
    async fn end_flow(&self, flow: &FlowRow, effects: &Effects) -> Result<bool>;
    /// Flows whose time is over, at most so many. Their end is the service's business, not [`Self::sweep`]'s.
    async fn flows_over(&self, now: Timestamp, limit: u32) -> Result<Vec<FlowRow>>;

    /// Adds a session.
    async fn insert_session(&self, session: &SessionRow) -> Result<()>;
    /// The session of a cookie.
    async fn session(&self, token_hash: &[u8]) -> Result<Option<SessionRow>>;
    /// Notes that the person proved themselves again.
    async fn refresh_session(&self, token_hash: &[u8], authenticated_at: Timestamp) -> Result<()>;
    /// Ends a session.
    async fn delete_session(&self, token_hash: &[u8]) -> Result<()>;
    /// Ends the sessions of an account but one, and says how many.
    async fn delete_sessions(&self, account: &str, except: Option<&[u8]>) -> Result<u32>;

    /// Counts a hit on a bucket in a window of so many seconds that starts with its first hit. Atomic.
    async fn hit(&self, bucket: &str, now: Timestamp, window: u32) -> Result<Hits>;
    /// The counter of a bucket without counting; zero when its window is over.
    async fn hits(&self, bucket: &str, now: Timestamp) -> Result<Hits>;
    /// Takes one hit of a bucket back, if it has any. Atomic; its window stays.
    async fn take_back_hit(&self, bucket: &str) -> Result<()>;
    /// Forgets a bucket.
    async fn clear_hits(&self, bucket: &str) -> Result<()>;

    /// Claims an idempotency key for `ttl` seconds. Atomic: of several at once, one gets [`Claim::Mine`]. A claim that
    /// is neither answered nor released within `lease` seconds may be claimed again with the same body.
    async fn claim(
        &self,
        key: &[u8],
        body_hash: &[u8],
        now: Timestamp,
        lease: u32,
        ttl: u32,
    ) -> Result<Claim>;
    /// Stores the sealed answer of the key that was claimed then; nothing where somebody else claimed it since.
    async fn answer_claim(&self, key: &[u8], claimed_at: Timestamp, sealed: &[u8]) -> Result<()>;
    /// Gives the claim of then back, so that the request may be tried again; nothing where it is somebody else's now.
    async fn release_claim(&self, key: &[u8], claimed_at: Timestamp) -> Result<()>;

    /// Puts a message into the outbox.
    async fn push_message(&self, message: &MessageRow) -> Result<()>;
    /// Takes up to `limit` due messages for `lease` seconds; nobody else gets them meanwhile. Counts the attempt.
    async fn lease_messages(&self, now: Timestamp, limit: u32, lease: u32) -> Result<Vec<MessageRow>>;
    /// Ends the lease of an attempt. Where it had run out and somebody else took the message, only
    /// [`Delivery::Finished`] still counts: what was delivered is not delivered again.
    async fn settle_message(&self, id: &str, attempt: u32, delivery: Delivery) -> Result<()>;

    /// Appends to the audit log.
    async fn append_audit(&self, row: &AuditRow) -> Result<()>;
    /// The newest lines, newest first, of one account or of all.
    async fn audit(&self, account: Option<&str>, limit: u32) -> Result<Vec<AuditRow>>;
    /// Lines after an `id`, by their ids, at most so many.
    async fn audit_lines(&self, after: i64, filter: &AuditFilter, limit: u32) -> Result<Vec<LoggedRow>>;
    /// Links up to `limit` lines that are proved and not linked yet, all or nothing, and says how many. One caller at a
    /// time does it; another gets 0.
    async fn link_audit(&self, limit: u32, link: &Link<'_>) -> Result<u32>;
    /// Linked lines after a number, by their numbers, at most so many.
    async fn audit_linked(&self, after: i64, limit: u32) -> Result<Vec<LoggedRow>>;
    /// How many lines are linked up to a number, and how many different [`Proof::entry`] they have.
    async fn audit_census(&self, until: i64) -> Result<(u64, u64)>;
    /// The newest checkpoint.
    async fn audit_checkpoint(&self) -> Result<Option<Checkpoint>>;
    /// The last line before the first one that is not older than `before`: up to it, all may go.
    async fn audit_last_before(&self, before: Timestamp) -> Result<Option<LoggedRow>>;
    /// Keeps a checkpoint and forgets the lines up to it, all or nothing; says how many went.
    async fn prune_audit(&self, checkpoint: &Checkpoint) -> Result<u64>;
    /// Counts of lines from a time on, by day, activity, result and detail; at most so many, newest days first.
    async fn audit_counts(&self, since: Timestamp, limit: u32) -> Result<Vec<AuditCount>>;

    /// The policy's row, where its version is not this one.
    async fn policy_besides(&self, version: i64) -> Result<Option<PolicyRow>>;
    /// Replaces the policy's row and writes the lines, all or nothing, if its version is still the row's, and counts the
    /// version up; `false` if not.
    async fn change_policy(&self, row: &PolicyRow, lines: &[AuditRow]) -> Result<bool>;

    /// Forgets up to `limit` rows whose time is over, and says how many.
    async fn sweep(&self, now: Timestamp, limit: u32) -> Result<u32>;
    /// Answers if the store works.
    async fn ping(&self) -> Result<()>;
}
