//! The start of a flow, and looking at it again.

use super::record::Record;
use crate::{
    Caller, Failure, Service,
    audit::{self, Activity, ActivityResult, Detail, Reason},
    directory::Account,
    fold::fold,
    settings::Enabled,
    store::{FlowRow, MethodRow},
    throttle::HOUR,
    token,
};
use sspr_core::{
    Secret,
    wire::{FlowState, FlowView, Intent, StartRecovery},
};
use std::collections::BTreeMap;

/// Most characters of an identifier.
const LONGEST_IDENTIFIER: usize = 320;

impl Service {
    /// Starts a flow, or a decoy that looks and costs the same.
    pub async fn start_recovery(&self, caller: &Caller, start: StartRecovery) -> Result<FlowView, Failure> {
        let policy = &self.settings.policy;
        let unlock = start.intent == Intent::Unlock;
        if policy.enabled == Enabled::None || (unlock && !policy.unlock_without_reset) {
            return Err(Failure::NotAllowed);
        }
        let identifier = fold(&start.identifier);
        if identifier.is_empty() || start.identifier.chars().count() > LONGEST_IDENTIFIER {
            return Err(Failure::ValueRejected { pointer: "/identifier" });
        }
        self.require_captcha(start.captcha.as_deref()).await?;
        self.count_start(caller, &identifier).await?;
        let account = self.directory.find(&start.identifier).await?;
        let subject = match &account {
            Some(account) => format!("account {}", account.id),
            None => format!("identifier {identifier}"),
        };
        let spent = self.is_spent(&subject).await?;
        // A decoy reads the methods of an account that does not exist.
        let methods = self.usable_methods(account.as_ref()).await?;
        let known = account.as_ref().map(|account| account.id.clone());
        let refused = self.why_not(account.as_ref(), &methods, spent);
        let account = account.filter(|_| refused.is_none());
        let wish = start.locale.unwrap_or_else(|| caller.locale.clone());
        let record = Record {
            username: account.as_ref().map(|it| it.username.clone()).unwrap_or_default(),
            gates: account.as_ref().map_or(policy.gates, |account| self.gates_for(account)),
            account: account.map(|account| account.id),
            identifier,
            subject,
            intent: start.intent,
            locale: wish,
            page: self.page(start.page),
            started_at: self.clock.now(),
            passed: Vec::new(),
            state: FlowState::Choose,
            wrong: 0,
            challenge: None,
            sent: BTreeMap::new(),
            numbers: BTreeMap::new(),
            claimed_at: None,
            changed_before: None,
            claimed_by: None,
        };
        let token = token::token()?;
        let mut row = FlowRow {
            id: token::id()?,
            token_hash: token::hash(&token),
            link_hash: None,
            sealed: Vec::new(),
            expires_at: record.started_at,
            version: 0,
        };
        self.seal_record(&mut row, &record)?;
        self.store.insert_flow(&row).await?;
        let result = if refused.is_none() { ActivityResult::Success } else { ActivityResult::Failure };
        let why = refused.map(Detail::Reason);
        self.audit(caller, known.as_deref(), Activity::StartRecovery, result, why).await?;
        self.view(&row, &record, Some(token)).await
    }

    /// Why nobody recovers this account now; `None` where they may.
    fn why_not(&self, account: Option<&Account>, methods: &[MethodRow], spent: bool) -> Option<Reason> {
        let Some(account) = account else { return Some(Reason::UnknownAccount) };
        let enough = self.usable_kinds(account.admin, methods).len() >= self.gates_for(account).into();
        let reasons = [
            (spent, Reason::Blocked),
            (account.disabled, Reason::AccountDisabled),
            (!self.in_scope(account), Reason::NotInScope),
            (!enough, Reason::InsufficientMethods),
        ];
        reasons.into_iter().find_map(|(holds, reason)| holds.then_some(reason))
    }

    /// The flow of a token.
    pub async fn recovery(&self, _caller: &Caller, token: &Secret) -> Result<FlowView, Failure> {
        let (row, record) = self.load(token).await?;
        self.view(&row, &record, None).await
    }

    fn page(&self, wish: Option<String>) -> Option<String> {
        let pages = &self.settings.pages;
        wish.filter(|page| pages.contains(page)).or_else(|| pages.first().cloned())
    }

    async fn count_start(&self, caller: &Caller, identifier: &str) -> Result<(), Failure> {
        let limits = &self.settings.limits;
        self.count("start-total", limits.starts_total, HOUR).await?;
        if let Some(address) = caller.address {
            let bucket = self.bucket("start-prefix", audit::prefix(address).as_bytes())?;
            self.count(&bucket, limits.starts_per_prefix, HOUR).await?;
        }
        self.count_start_of(identifier).await
    }
}
