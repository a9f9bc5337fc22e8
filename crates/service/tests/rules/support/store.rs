//! The memory store, which notes its calls and lets others run between them.

use async_trait::async_trait;
use jiff::Timestamp;
use sspr_service::{
    Store,
    store::{
        AccountRow, AuditCount, AuditFilter, AuditRow, Checkpoint, Claim, Delivery, Effects, FlowRow, Hits,
        Link, LoggedRow, Memory, MessageRow, MethodRow, PolicyRow, Result, SessionRow,
    },
};
use std::{
    future::poll_fn,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
};

#[derive(Default)]
pub(crate) struct Recorded {
    memory: Memory,
    calls: Mutex<Vec<&'static str>>,
    taking_turns: AtomicBool,
}

impl Recorded {
    /// The calls since this was last asked.
    pub(crate) fn calls(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.calls.lock().unwrap())
    }

    /// From now on each call lets the other futures of a `join!` run first.
    pub(crate) fn take_turns(&self) {
        self.taking_turns.store(true, Ordering::SeqCst);
    }

    async fn note(&self, call: &'static str) {
        self.calls.lock().unwrap().push(call);
        let mut waited = !self.taking_turns.load(Ordering::SeqCst);
        poll_fn(|context| {
            if std::mem::replace(&mut waited, true) {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
}

macro_rules! noted {
    ($(fn $name:ident($($argument:ident: $kind:ty),*) -> $answer:ty;)*) => {
        #[async_trait]
        impl Store for Recorded {
            $(async fn $name(&self, $($argument: $kind),*) -> Result<$answer> {
                self.note(stringify!($name)).await;
                self.memory.$name($($argument),*).await
            })*
        }
    };
}

noted! {
    fn account_by_identifier(folded: &str) -> Option<AccountRow>;
    fn account(id: &str) -> Option<AccountRow>;
    fn administrators() -> Vec<AccountRow>;
    fn accounts(after: &str, limit: u32) -> Vec<AccountRow>;
    fn insert_account(account: &AccountRow) -> bool;
    fn update_account(account: &AccountRow) -> bool;
    fn accounts_with_methods(after: &str, limit: u32) -> Vec<String>;
    fn methods(account: &str) -> Vec<MethodRow>;
    fn insert_method(method: &MethodRow) -> ();
    fn update_method(method: &MethodRow) -> bool;
    fn delete_method(account: &str, id: &str) -> bool;
    fn registration_skipped_at(account: &str) -> Option<Timestamp>;
    fn skip_registration(account: &str, at: Timestamp) -> ();
    fn insert_flow(flow: &FlowRow) -> ();
    fn flow_by_token(token_hash: &[u8]) -> Option<FlowRow>;
    fn flow_by_link(link_hash: &[u8]) -> Option<FlowRow>;
    fn update_flow(flow: &FlowRow, effects: &Effects) -> bool;
    fn end_flow(flow: &FlowRow, effects: &Effects) -> bool;
    fn flows_over(now: Timestamp, limit: u32) -> Vec<FlowRow>;
    fn insert_session(session: &SessionRow) -> ();
    fn session(token_hash: &[u8]) -> Option<SessionRow>;
    fn refresh_session(token_hash: &[u8], authenticated_at: Timestamp) -> ();
    fn delete_session(token_hash: &[u8]) -> ();
    fn delete_sessions(account: &str, except: Option<&[u8]>) -> u32;
    fn hit(bucket: &str, now: Timestamp, window: u32) -> Hits;
    fn hits(bucket: &str, now: Timestamp) -> Hits;
    fn take_back_hit(bucket: &str) -> ();
    fn clear_hits(bucket: &str) -> ();
    fn claim(key: &[u8], body_hash: &[u8], now: Timestamp, lease: u32, ttl: u32) -> Claim;
    fn answer_claim(key: &[u8], claimed_at: Timestamp, sealed: &[u8]) -> ();
    fn release_claim(key: &[u8], claimed_at: Timestamp) -> ();
    fn push_message(message: &MessageRow) -> ();
    fn lease_messages(now: Timestamp, limit: u32, lease: u32) -> Vec<MessageRow>;
    fn settle_message(id: &str, attempt: u32, delivery: Delivery) -> ();
    fn append_audit(row: &AuditRow) -> ();
    fn audit(account: Option<&str>, limit: u32) -> Vec<AuditRow>;
    fn audit_lines(after: i64, filter: &AuditFilter, limit: u32) -> Vec<LoggedRow>;
    fn link_audit(limit: u32, link: &Link<'_>) -> u32;
    fn audit_linked(after: i64, limit: u32) -> Vec<LoggedRow>;
    fn audit_census(until: i64) -> (u64, u64);
    fn audit_checkpoint() -> Option<Checkpoint>;
    fn audit_last_before(before: Timestamp) -> Option<LoggedRow>;
    fn prune_audit(checkpoint: &Checkpoint) -> u64;
    fn audit_counts(since: Timestamp, limit: u32) -> Vec<AuditCount>;
    fn policy_besides(version: i64) -> Option<PolicyRow>;
    fn change_policy(row: &PolicyRow, lines: &[AuditRow]) -> bool;
    fn sweep(now: Timestamp, limit: u32) -> u32;
    fn ping() -> ();
}
