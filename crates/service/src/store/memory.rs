//! A store in memory: for the demonstration page and for tests. One lock around everything makes each call atomic.

use super::*;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

#[derive(Default)]
struct Tables {
    accounts: Vec<AccountRow>,
    methods: Vec<MethodRow>,
    skipped: HashMap<String, Timestamp>,
    flows: Vec<FlowRow>,
    sessions: Vec<SessionRow>,
    counters: HashMap<String, (u32, Timestamp)>,
    claims: HashMap<Vec<u8>, ClaimEntry>,
    messages: Vec<MessageRow>,
    audit: Vec<LoggedRow>,
    audit_ids: i64,
    checkpoint: Option<Checkpoint>,
    policy: Option<PolicyRow>,
}

impl Tables {
    fn log(&mut self, row: &AuditRow) {
        self.audit_ids += 1;
        self.audit.push(LoggedRow { id: self.audit_ids, seq: None, link: None, row: row.clone() });
    }

    fn apply(&mut self, effects: &Effects) {
        self.messages.extend(effects.messages.iter().cloned());
        effects.audit.iter().for_each(|row| self.log(row));
    }

    /// Number and link of the newest linked line, or of the checkpoint.
    fn head(&self) -> (i64, Vec<u8>) {
        let linked = self.audit.iter().filter_map(|it| Some((it.seq?, it.link.clone()?)));
        let checkpoint = self.checkpoint.iter().map(|it| (it.seq, it.link.clone()));
        linked.chain(checkpoint).max_by_key(|it| it.0).unwrap_or_default()
    }
}

struct ClaimEntry {
    body: Vec<u8>,
    answer: Option<Vec<u8>>,
    since: Timestamp,
    until: Timestamp,
}

/// A [`Store`] that forgets everything with the process.
#[derive(Default)]
pub struct Memory(Mutex<Tables>);

impl Memory {
    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn after(now: Timestamp, seconds: u32) -> Timestamp {
    now.saturating_add(jiff::SignedDuration::from_secs(seconds.into())).unwrap_or(Timestamp::MAX)
}

fn many(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

fn left(now: Timestamp, until: Timestamp) -> u32 {
    u32::try_from(until.duration_since(now).as_secs()).unwrap_or(0)
}

/// Writes a row if it is there in the version that was read.
macro_rules! write_version {
    ($rows:expr, $row:expr) => {{
        let found = $rows.iter_mut().find(|it| it.id == $row.id && it.version == $row.version);
        found
            .map(|it| {
                *it = {
                    let mut new = $row.clone();
                    new.version += 1;
                    new
                }
            })
            .is_some()
    }};
}

#[async_trait]
impl Store for Memory {
    async fn account_by_identifier(&self, folded: &str) -> Result<Option<AccountRow>> {
        let found = |it: &&AccountRow| it.username == folded || it.email.as_deref() == Some(folded);
        Ok(self.tables().accounts.iter().find(found).cloned())
    }
    async fn account(&self, id: &str) -> Result<Option<AccountRow>> {
        Ok(self.tables().accounts.iter().find(|it| it.id == id).cloned())
    }
    async fn administrators(&self) -> Result<Vec<AccountRow>> {
        let tables = self.tables();
        Ok(tables.accounts.iter().filter(|it| it.admin && !it.disabled).take(100).cloned().collect())
    }
    async fn accounts(&self, after: &str, limit: u32) -> Result<Vec<AccountRow>> {
        let tables = self.tables();
        let mut rows: Vec<AccountRow> =
            tables.accounts.iter().filter(|it| it.id.as_str() > after).cloned().collect();
        rows.sort_by(|one, other| one.id.cmp(&other.id));
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(rows)
    }
    async fn insert_account(&self, account: &AccountRow) -> Result<bool> {
        let mut tables = self.tables();
        let names: Vec<&str> =
            [Some(account.username.as_str()), account.email.as_deref()].into_iter().flatten().collect();
        let taken = |it: &AccountRow| {
            it.id == account.id
                || names.contains(&it.username.as_str())
                || it.email.as_deref().is_some_and(|email| names.contains(&email))
        };
        if tables.accounts.iter().any(taken) {
            return Ok(false);
        }
        tables.accounts.push(account.clone());
        Ok(true)
    }
    async fn update_account(&self, account: &AccountRow) -> Result<bool> {
        let mut tables = self.tables();
        Ok(write_version!(tables.accounts, account))
    }
    async fn accounts_with_methods(&self, after: &str, limit: u32) -> Result<Vec<String>> {
        let tables = self.tables();
        let ids: BTreeSet<&str> =
            tables.methods.iter().map(|it| it.account.as_str()).filter(|id| *id > after).collect();
        Ok(ids.into_iter().take(many(limit)).map(str::to_owned).collect())
    }
    async fn methods(&self, account: &str) -> Result<Vec<MethodRow>> {
        Ok(self.tables().methods.iter().filter(|it| it.account == account).cloned().collect())
    }
    async fn insert_method(&self, method: &MethodRow) -> Result<()> {
        self.tables().methods.push(method.clone());
        Ok(())
    }
    async fn update_method(&self, method: &MethodRow) -> Result<bool> {
        let mut tables = self.tables();
        Ok(write_version!(tables.methods, method))
    }
    async fn delete_method(&self, account: &str, id: &str) -> Result<bool> {
        let mut tables = self.tables();
        let before = tables.methods.len();
        tables.methods.retain(|it| it.account != account || it.id != id);
        Ok(tables.methods.len() < before)
    }
    async fn registration_skipped_at(&self, account: &str) -> Result<Option<Timestamp>> {
        Ok(self.tables().skipped.get(account).copied())
    }
    async fn skip_registration(&self, account: &str, at: Timestamp) -> Result<()> {
        self.tables().skipped.entry(account.to_owned()).or_insert(at);
        Ok(())
    }
    async fn insert_flow(&self, flow: &FlowRow) -> Result<()> {
        self.tables().flows.push(flow.clone());
        Ok(())
    }
    async fn flow_by_token(&self, token_hash: &[u8]) -> Result<Option<FlowRow>> {
        Ok(self.tables().flows.iter().find(|it| it.token_hash == token_hash).cloned())
    }
    async fn flow_by_link(&self, link_hash: &[u8]) -> Result<Option<FlowRow>> {
        Ok(self.tables().flows.iter().find(|it| it.link_hash.as_deref() == Some(link_hash)).cloned())
    }
    async fn update_flow(&self, flow: &FlowRow, effects: &Effects) -> Result<bool> {
        let mut tables = self.tables();
        let written = write_version!(tables.flows, flow);
        if written {
            tables.apply(effects);
        }
        Ok(written)
    }
    async fn end_flow(&self, flow: &FlowRow, effects: &Effects) -> Result<bool> {
        let mut tables = self.tables();
        let before = tables.flows.len();
        tables.flows.retain(|it| it.id != flow.id || it.version != flow.version);
        let gone = tables.flows.len() < before;
        if gone {
            tables.apply(effects);
        }
        Ok(gone)
    }
    async fn flows_over(&self, now: Timestamp, limit: u32) -> Result<Vec<FlowRow>> {
        let tables = self.tables();
        let over = tables.flows.iter().filter(|it| it.expires_at <= now);
        Ok(over.take(many(limit)).cloned().collect())
    }
    async fn insert_session(&self, session: &SessionRow) -> Result<()> {
        self.tables().sessions.push(session.clone());
        Ok(())
    }
    async fn session(&self, token_hash: &[u8]) -> Result<Option<SessionRow>> {
        Ok(self.tables().sessions.iter().find(|it| it.token_hash == token_hash).cloned())
    }
    async fn refresh_session(&self, token_hash: &[u8], authenticated_at: Timestamp) -> Result<()> {
        let mut tables = self.tables();
        if let Some(found) = tables.sessions.iter_mut().find(|it| it.token_hash == token_hash) {
            found.authenticated_at = authenticated_at;
        }
        Ok(())
    }
    async fn delete_session(&self, token_hash: &[u8]) -> Result<()> {
        self.tables().sessions.retain(|it| it.token_hash != token_hash);
        Ok(())
    }
    async fn delete_sessions(&self, account: &str, except: Option<&[u8]>) -> Result<u32> {
        let mut tables = self.tables();
        let before = tables.sessions.len();
        tables.sessions.retain(|it| it.account != account || Some(it.token_hash.as_slice()) == except);
        Ok(u32::try_from(before - tables.sessions.len()).unwrap_or(u32::MAX))
    }
    async fn hit(&self, bucket: &str, now: Timestamp, window: u32) -> Result<Hits> {
        let mut tables = self.tables();
        let entry = tables.counters.entry(bucket.to_owned()).or_insert((0, after(now, window)));
        if entry.1 <= now {
            *entry = (0, after(now, window));
        }
        entry.0 = entry.0.saturating_add(1);
        Ok(Hits { count: entry.0, resets_in: left(now, entry.1) })
    }
    async fn hits(&self, bucket: &str, now: Timestamp) -> Result<Hits> {
        let live = self.tables().counters.get(bucket).filter(|entry| entry.1 > now).copied();
        Ok(live.map_or(Hits { count: 0, resets_in: 0 }, |(count, until)| Hits {
            count,
            resets_in: left(now, until),
        }))
    }
    async fn take_back_hit(&self, bucket: &str) -> Result<()> {
        if let Some(counter) = self.tables().counters.get_mut(bucket) {
            counter.0 = counter.0.saturating_sub(1);
        }
        Ok(())
    }
    async fn clear_hits(&self, bucket: &str) -> Result<()> {
        self.tables().counters.remove(bucket);
        Ok(())
    }
    async fn claim(
        &self,
        key: &[u8],
        body_hash: &[u8],
        now: Timestamp,
        lease: u32,
        ttl: u32,
    ) -> Result<Claim> {
        let mut tables = self.tables();
        if let Some(known) = tables.claims.get(key).filter(|it| it.until > now) {
            if known.body != body_hash {
                return Ok(Claim::OtherBody);
            }
            if let Some(answer) = &known.answer {
                return Ok(Claim::Answered(answer.clone()));
            }
            if now.duration_since(known.since).as_secs() < i64::from(lease) {
                return Ok(Claim::Running);
            }
        }
        let entry = ClaimEntry { body: body_hash.to_vec(), answer: None, since: now, until: after(now, ttl) };
        tables.claims.insert(key.to_vec(), entry);
        Ok(Claim::Mine)
    }
    async fn answer_claim(&self, key: &[u8], claimed_at: Timestamp, sealed: &[u8]) -> Result<()> {
        if let Some(entry) = self.tables().claims.get_mut(key).filter(|it| it.since == claimed_at) {
            entry.answer = Some(sealed.to_vec());
        }
        Ok(())
    }
    async fn release_claim(&self, key: &[u8], claimed_at: Timestamp) -> Result<()> {
        self.tables().claims.retain(|it, entry| it != key || entry.since != claimed_at);
        Ok(())
    }
    async fn push_message(&self, message: &MessageRow) -> Result<()> {
        self.tables().messages.push(message.clone());
        Ok(())
    }
    async fn lease_messages(&self, now: Timestamp, limit: u32, lease: u32) -> Result<Vec<MessageRow>> {
        let mut tables = self.tables();
        let due = tables.messages.iter_mut().filter(|it| it.due_at <= now);
        let due = due.take(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(due
            .map(|it| {
                it.attempts = it.attempts.saturating_add(1);
                it.due_at = after(now, lease);
                it.clone()
            })
            .collect())
    }
    async fn settle_message(&self, id: &str, attempt: u32, delivery: Delivery) -> Result<()> {
        let mut tables = self.tables();
        let ours = |it: &MessageRow| it.id == id && it.attempts == attempt;
        match delivery {
            Delivery::Retry(at) => {
                if let Some(it) = tables.messages.iter_mut().find(|it| ours(it)) {
                    it.due_at = at;
                }
            }
            Delivery::Finished => tables.messages.retain(|it| it.id != id),
            Delivery::Dead(_) => tables.messages.retain(|it| !ours(it)),
        }
        Ok(())
    }
    async fn append_audit(&self, row: &AuditRow) -> Result<()> {
        self.tables().log(row);
        Ok(())
    }
    async fn audit(&self, account: Option<&str>, limit: u32) -> Result<Vec<AuditRow>> {
        let tables = self.tables();
        let fits = |it: &&AuditRow| account.is_none() || it.account.as_deref() == account;
        let rows = tables.audit.iter().rev().map(|it| &it.row);
        Ok(rows.filter(fits).take(many(limit)).cloned().collect())
    }
    async fn audit_lines(&self, after: i64, filter: &AuditFilter, limit: u32) -> Result<Vec<LoggedRow>> {
        let tables = self.tables();
        let fits = |it: &&LoggedRow| {
            it.id > after
                && filter.since.is_none_or(|since| it.row.at >= since)
                && filter.until.is_none_or(|until| it.row.at < until)
                && (filter.account.is_none() || it.row.account == filter.account)
                && !(filter.waiting && it.seq.is_some())
        };
        Ok(tables.audit.iter().filter(fits).take(many(limit)).cloned().collect())
    }
    async fn link_audit(&self, limit: u32, link: &Link<'_>) -> Result<u32> {
        let mut tables = self.tables();
        let (mut seq, mut before) = tables.head();
        let waiting = tables.audit.iter_mut().filter(|it| it.seq.is_none() && !it.row.proof.entry.is_empty());
        let mut linked = 0;
        for it in waiting.take(many(limit)) {
            seq += 1;
            before = link(&before, seq, &it.row)?;
            (it.seq, it.link) = (Some(seq), Some(before.clone()));
            linked += 1;
        }
        Ok(linked)
    }
    async fn audit_linked(&self, after: i64, limit: u32) -> Result<Vec<LoggedRow>> {
        let tables = self.tables();
        let mut rows: Vec<LoggedRow> =
            tables.audit.iter().filter(|it| it.seq.is_some_and(|seq| seq > after)).cloned().collect();
        rows.sort_by_key(|it| it.seq);
        rows.truncate(many(limit));
        Ok(rows)
    }
    async fn audit_census(&self, until: i64) -> Result<(u64, u64)> {
        let tables = self.tables();
        let linked = tables.audit.iter().filter(|it| it.seq.is_some_and(|seq| seq <= until));
        let entries: Vec<&str> = linked.map(|it| it.row.proof.entry.as_str()).collect();
        let different: HashSet<&str> = entries.iter().copied().collect();
        Ok((entries.len() as u64, different.len() as u64))
    }
    async fn audit_checkpoint(&self) -> Result<Option<Checkpoint>> {
        Ok(self.tables().checkpoint.clone())
    }
    async fn audit_last_before(&self, before: Timestamp) -> Result<Option<LoggedRow>> {
        let tables = self.tables();
        let young = tables.audit.iter().filter(|it| it.row.at >= before).filter_map(|it| it.seq).min();
        let old = tables.audit.iter().filter(|it| it.seq.is_some_and(|seq| seq < young.unwrap_or(i64::MAX)));
        Ok(old.max_by_key(|it| it.seq).cloned())
    }
    async fn prune_audit(&self, checkpoint: &Checkpoint) -> Result<u64> {
        let mut tables = self.tables();
        let before = tables.audit.len();
        tables.audit.retain(|it| it.seq.is_none_or(|seq| seq > checkpoint.seq));
        tables.checkpoint = Some(checkpoint.clone());
        Ok((before - tables.audit.len()) as u64)
    }
    async fn audit_counts(&self, since: Timestamp, limit: u32) -> Result<Vec<AuditCount>> {
        let tables = self.tables();
        let mut counts: BTreeMap<(i64, &str, &str, Option<&str>), u64> = BTreeMap::new();
        for AuditRow { at, activity, result, detail, .. } in tables.audit.iter().map(|it| &it.row) {
            if *at >= since {
                let day = at.as_second().div_euclid(86_400);
                *counts.entry((day, activity.as_str(), result.as_str(), detail.as_deref())).or_default() += 1;
            }
        }
        let counted = counts.into_iter().rev().map(|((day, activity, result, detail), count)| AuditCount {
            day,
            activity: activity.to_owned(),
            result: result.to_owned(),
            detail: detail.map(str::to_owned),
            count,
        });
        Ok(counted.take(many(limit)).collect())
    }
    async fn policy_besides(&self, version: i64) -> Result<Option<PolicyRow>> {
        Ok(self.tables().policy.clone().filter(|row| row.version != version))
    }
    async fn change_policy(&self, row: &PolicyRow, lines: &[AuditRow]) -> Result<bool> {
        let mut tables = self.tables();
        if tables.policy.as_ref().map_or(0, |row| row.version) != row.version {
            return Ok(false);
        }
        tables.policy = Some(PolicyRow { version: row.version + 1, ..row.clone() });
        lines.iter().for_each(|line| tables.log(line));
        Ok(true)
    }
    async fn sweep(&self, now: Timestamp, _limit: u32) -> Result<u32> {
        let mut tables = self.tables();
        let size = |it: &Tables| it.sessions.len() + it.counters.len() + it.claims.len() + it.messages.len();
        let before = size(&tables);
        tables.sessions.retain(|it| it.expires_at > now);
        tables.counters.retain(|_, it| it.1 > now);
        tables.claims.retain(|_, it| it.until > now);
        tables.messages.retain(|it| it.expires_at > now);
        Ok(u32::try_from(before - size(&tables)).unwrap_or(u32::MAX))
    }
    async fn ping(&self) -> Result<()> {
        Ok(())
    }
}
