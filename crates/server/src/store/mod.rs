//! The service's [`Store`] in a SQL database: SQLite for one node, PostgreSQL for several.
//!
//! The statements keep to what both understand (`$1`, `ON CONFLICT`, `RETURNING`, `WITH … AS MATERIALIZED`), so there is
//! one of each; what differs has a name in `pool`: which rows a write chooses, and who is alone at some work. A call
//! that decides something is one statement, so the database decides who wins, among nodes as among requests.

mod accounts;
mod audit;
mod audit_chain;
mod claims;
mod counters;
mod flows;
mod inspect;
mod methods;
mod migrations;
mod outbox;
mod policy;
mod pool;
mod postgres;
mod reseal;
mod rows;
mod sealing_key;
mod sessions;
mod sqlite;
mod sweep;

pub(crate) use inspect::{Inspection, inspect};
pub use outbox::{Fill, Waiting};

use crate::config::{DatabaseSection, DatabaseUrl, SecretError, load_secret};
use crate::metrics::Metrics;
use async_trait::async_trait;
use jiff::Timestamp;
use pool::Pool;
use sspr_service::{
    Failure,
    store::{
        AccountRow, AuditCount, AuditFilter, AuditRow, Checkpoint, Claim, Delivery, Effects, FlowRow, Hits,
        Link, LoggedRow, MessageRow, MethodRow, PolicyRow, Result, SessionRow, Store, StoreError,
    },
};
use std::path::PathBuf;

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be opened or created.
    #[error("cannot open the database {path}: {source}; check that its folder exists and may be written")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: sqlx::Error,
    },
    /// The server does not let us in.
    #[error(
        "cannot reach the database {place}: {source}; check database.url and the password, and that PostgreSQL runs"
    )]
    Server {
        /// Host and name, without user and password.
        place: String,
        /// Why.
        source: sqlx::Error,
    },
    /// The file with its password.
    #[error("database.password_file: {0}")]
    Password(#[from] SecretError),
    /// Its tables cannot be brought up to date.
    #[error("cannot bring the database {database} up to date: {source}; was it made by a newer version?")]
    Migration {
        /// The file, or host and name.
        database: String,
        /// Why.
        source: sqlx::migrate::MigrateError,
    },
    /// It belongs to another key.
    #[error(
        "the database is sealed with another key; put a copy of the key file of its first start (server.secret_key_file) \
         in the place of this one's"
    )]
    OtherKey,
    /// The key cannot be compared.
    #[error(transparent)]
    Key(#[from] Failure),
    /// The database broke off.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Lasting state in a SQL database. Cheap to clone; all clones share one pool of connections.
#[derive(Clone, Debug)]
pub struct SqlStore {
    pool: Pool,
    metrics: Metrics,
}

impl SqlStore {
    /// Opens the configured database and brings its tables up to date.
    pub async fn open(section: &DatabaseSection) -> std::result::Result<Self, OpenError> {
        match &section.url {
            DatabaseUrl::Sqlite(path) => Self::open_sqlite(path, section.connections).await,
            DatabaseUrl::Postgres(url) => {
                let password = load_secret("SSPR_DATABASE_PASSWORD", section.password_file.as_deref())?;
                Self::open_postgres(url, password.as_ref(), section.connections).await
            }
        }
    }

    /// What is counted here, and by whoever else holds a clone.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Connections that are open, and those of them that nobody uses.
    pub(crate) fn connections(&self) -> (u32, usize) {
        self.pool.connections()
    }

    /// Finishes what runs and closes the connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

#[async_trait]
impl Store for SqlStore {
    async fn account_by_identifier(&self, folded: &str) -> Result<Option<AccountRow>> {
        accounts::by_identifier(&self.pool, folded).await
    }
    async fn account(&self, id: &str) -> Result<Option<AccountRow>> {
        accounts::by_id(&self.pool, id).await
    }
    async fn administrators(&self) -> Result<Vec<AccountRow>> {
        accounts::administrators(&self.pool).await
    }
    async fn accounts(&self, after: &str, limit: u32) -> Result<Vec<AccountRow>> {
        accounts::after(&self.pool, after, limit).await
    }
    async fn insert_account(&self, account: &AccountRow) -> Result<bool> {
        accounts::insert(&self.pool, account).await
    }
    async fn update_account(&self, account: &AccountRow) -> Result<bool> {
        accounts::update(&self.pool, account).await
    }

    async fn accounts_with_methods(&self, after: &str, limit: u32) -> Result<Vec<String>> {
        methods::accounts(&self.pool, after, limit).await
    }
    async fn methods(&self, account: &str) -> Result<Vec<MethodRow>> {
        methods::of_account(&self.pool, account).await
    }
    async fn insert_method(&self, method: &MethodRow) -> Result<()> {
        methods::insert(&self.pool, method).await
    }
    async fn update_method(&self, method: &MethodRow) -> Result<bool> {
        methods::update(&self.pool, method).await
    }
    async fn delete_method(&self, account: &str, id: &str) -> Result<bool> {
        methods::delete(&self.pool, account, id).await
    }
    async fn registration_skipped_at(&self, account: &str) -> Result<Option<Timestamp>> {
        methods::registration_skipped_at(&self.pool, account).await
    }
    async fn skip_registration(&self, account: &str, at: Timestamp) -> Result<()> {
        methods::skip_registration(&self.pool, account, at).await
    }

    async fn insert_flow(&self, flow: &FlowRow) -> Result<()> {
        flows::insert(&self.pool, flow).await
    }
    async fn flow_by_token(&self, token_hash: &[u8]) -> Result<Option<FlowRow>> {
        flows::by_token(&self.pool, token_hash).await
    }
    async fn flow_by_link(&self, link_hash: &[u8]) -> Result<Option<FlowRow>> {
        flows::by_link(&self.pool, link_hash).await
    }
    async fn update_flow(&self, flow: &FlowRow, effects: &Effects) -> Result<bool> {
        let written = flows::update(&self.pool, flow, effects).await?;
        if written && let Some(line) = &effects.audit {
            self.metrics.activity(line);
        }
        Ok(written)
    }
    async fn end_flow(&self, flow: &FlowRow, effects: &Effects) -> Result<bool> {
        let ended = flows::end(&self.pool, flow, effects).await?;
        if ended && let Some(line) = &effects.audit {
            self.metrics.activity(line);
        }
        Ok(ended)
    }
    async fn flows_over(&self, now: Timestamp, limit: u32) -> Result<Vec<FlowRow>> {
        flows::over(&self.pool, now, limit).await
    }

    async fn insert_session(&self, session: &SessionRow) -> Result<()> {
        sessions::insert(&self.pool, session).await
    }
    async fn session(&self, token_hash: &[u8]) -> Result<Option<SessionRow>> {
        sessions::by_token(&self.pool, token_hash).await
    }
    async fn refresh_session(&self, token_hash: &[u8], authenticated_at: Timestamp) -> Result<()> {
        sessions::refresh(&self.pool, token_hash, authenticated_at).await
    }
    async fn delete_session(&self, token_hash: &[u8]) -> Result<()> {
        sessions::delete(&self.pool, token_hash).await
    }
    async fn delete_sessions(&self, account: &str, except: Option<&[u8]>) -> Result<u32> {
        sessions::delete_of_account(&self.pool, account, except).await
    }

    async fn hit(&self, bucket: &str, now: Timestamp, window: u32) -> Result<Hits> {
        counters::hit(&self.pool, bucket, now, window).await
    }
    async fn hits(&self, bucket: &str, now: Timestamp) -> Result<Hits> {
        counters::hits(&self.pool, bucket, now).await
    }
    async fn take_back_hit(&self, bucket: &str) -> Result<()> {
        counters::take_back(&self.pool, bucket).await
    }
    async fn clear_hits(&self, bucket: &str) -> Result<()> {
        counters::clear(&self.pool, bucket).await
    }

    async fn claim(
        &self,
        key: &[u8],
        body_hash: &[u8],
        now: Timestamp,
        lease: u32,
        ttl: u32,
    ) -> Result<Claim> {
        claims::claim(&self.pool, key, body_hash, now, lease, ttl).await
    }
    async fn answer_claim(&self, key: &[u8], claimed_at: Timestamp, sealed: &[u8]) -> Result<()> {
        claims::answer(&self.pool, key, claimed_at, sealed).await
    }
    async fn release_claim(&self, key: &[u8], claimed_at: Timestamp) -> Result<()> {
        claims::release(&self.pool, key, claimed_at).await
    }

    async fn push_message(&self, message: &MessageRow) -> Result<()> {
        outbox::push(&self.pool, message).await
    }
    async fn lease_messages(&self, now: Timestamp, limit: u32, lease: u32) -> Result<Vec<MessageRow>> {
        outbox::lease(&self.pool, now, limit, lease).await
    }
    async fn settle_message(&self, id: &str, attempt: u32, delivery: Delivery) -> Result<()> {
        outbox::settle(&self.pool, id, attempt, &delivery).await
    }

    async fn append_audit(&self, row: &AuditRow) -> Result<()> {
        audit::append(&self.pool, row).await?;
        self.metrics.activity(row);
        Ok(())
    }
    async fn audit(&self, account: Option<&str>, limit: u32) -> Result<Vec<AuditRow>> {
        audit::newest(&self.pool, account, limit).await
    }
    async fn audit_lines(&self, after: i64, filter: &AuditFilter, limit: u32) -> Result<Vec<LoggedRow>> {
        audit::lines(&self.pool, after, filter, limit).await
    }
    async fn link_audit(&self, limit: u32, link: &Link<'_>) -> Result<u32> {
        audit_chain::link(&self.pool, limit, link).await
    }
    async fn audit_linked(&self, after: i64, limit: u32) -> Result<Vec<LoggedRow>> {
        audit_chain::linked(&self.pool, after, limit).await
    }
    async fn audit_census(&self, until: i64) -> Result<(u64, u64)> {
        audit_chain::census(&self.pool, until).await
    }
    async fn audit_checkpoint(&self) -> Result<Option<Checkpoint>> {
        audit_chain::checkpoint(&self.pool).await
    }
    async fn audit_last_before(&self, before: Timestamp) -> Result<Option<LoggedRow>> {
        audit_chain::last_before(&self.pool, before).await
    }
    async fn prune_audit(&self, checkpoint: &Checkpoint) -> Result<u64> {
        audit_chain::prune(&self.pool, checkpoint).await
    }
    async fn audit_counts(&self, since: Timestamp, limit: u32) -> Result<Vec<AuditCount>> {
        audit::counts(&self.pool, since, limit).await
    }

    async fn policy_besides(&self, version: i64) -> Result<Option<PolicyRow>> {
        policy::besides(&self.pool, version).await
    }
    async fn change_policy(&self, row: &PolicyRow, lines: &[AuditRow]) -> Result<bool> {
        let changed = policy::change(&self.pool, row, lines).await?;
        if changed {
            lines.iter().for_each(|line| self.metrics.activity(line));
        }
        Ok(changed)
    }

    async fn sweep(&self, now: Timestamp, limit: u32) -> Result<u32> {
        sweep::sweep(&self.pool, now, limit).await
    }
    async fn ping(&self) -> Result<()> {
        self.pool.first(pool::sql("SELECT 1")).await.map(drop)
    }
}
