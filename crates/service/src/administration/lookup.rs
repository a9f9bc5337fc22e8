//! Why one person could not reset. A lookup is itself a line of the audit log.

use super::LOOKUPS_PER_HOUR;
use crate::{
    Caller, Failure, Person, Service,
    audit::{Activity, ActivityResult, Detail},
    directory::Account,
    fold::fold,
    settings::Enabled,
    store::{AuditRow, MethodRow},
};
use sspr_core::wire::{LookUp, LookedUp, LookupEvent, LookupReason, MethodKind};

/// Lines read of the person's audit log, and lines shown of them.
const LINES: (u32, usize) = (60, 20);

/// Most characters of an identifier.
const LONGEST_IDENTIFIER: usize = 320;

impl Service {
    /// Says what stands in the way of a person's reset, and what happened last.
    pub async fn look_up(&self, caller: &Caller, person: &Person, who: LookUp) -> Result<LookedUp, Failure> {
        self.require_admin(person)?;
        let identifier = fold(&who.identifier);
        if identifier.is_empty() || who.identifier.chars().count() > LONGEST_IDENTIFIER {
            return Err(Failure::ValueRejected { pointer: "/identifier" });
        }
        self.count_admin("admin-lookup", person, LOOKUPS_PER_HOUR).await?;
        let account = self.directory.find(&who.identifier).await?;
        let id = account.as_ref().map(|account| account.id.as_str());
        let result = if id.is_some() { ActivityResult::Success } else { ActivityResult::Failure };
        let by = Some(Detail::Admin(person.account.id.clone()));
        self.audit(caller, id, Activity::AdminLookup, result, by).await?;
        match account {
            Some(account) => self.looked_up(&identifier, account).await,
            None => Ok(nobody(self.settings.policy.gates)),
        }
    }

    async fn looked_up(&self, identifier: &str, account: Account) -> Result<LookedUp, Failure> {
        let methods = self.usable_methods(Some(&account)).await?;
        let usable = self.usable_kinds(account.admin, &methods);
        let required = self.gates_for(&account);
        let names: Vec<String> = [Some(account.username.as_str()), account.email.as_deref()]
            .into_iter()
            .flatten()
            .map(fold)
            .collect();
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        names.push(identifier);
        let blocked_for = self.blocked_for(&names, &format!("account {}", account.id)).await?;
        let off = self.settings.policy.enabled == Enabled::None;
        let stands = [
            (off, LookupReason::SwitchedOff),
            (account.disabled, LookupReason::AccountDisabled),
            (!off && !self.in_scope(&account), LookupReason::NotInScope),
            (usable.len() < required.into(), LookupReason::InsufficientMethods),
            (blocked_for > 0, LookupReason::Blocked),
        ];
        let (read, shown) = LINES;
        let lines = self.store.audit(Some(&account.id), read).await?;
        let told = |line: &&AuditRow| line.activity != Activity::AdminLookup.word() && !is_own_change(line);
        Ok(LookedUp {
            reasons: stands.into_iter().filter_map(|(holds, why)| holds.then_some(why)).collect(),
            admin: account.admin,
            required,
            unproved: kinds(&methods, |row| !row.verified),
            not_allowed: kinds(&methods, |row| row.verified && !usable.contains(&row.kind)),
            usable: usable.into_iter().collect(),
            blocked_for,
            locked: account.locked,
            events: lines.iter().filter(told).take(shown).map(event).collect(),
            identifier: Some(account.username),
            display_name: account.display_name,
        })
    }
}

/// What an administrator did to the policy says nothing about their own reset.
fn is_own_change(line: &AuditRow) -> bool {
    line.activity == Activity::ChangePolicy.word()
}

fn event(line: &AuditRow) -> LookupEvent {
    LookupEvent {
        at: line.at.to_string(),
        activity: line.activity.clone(),
        result: line.result.clone(),
        detail: line.detail.clone(),
        request_id: line.request_id.clone(),
    }
}

fn kinds(methods: &[MethodRow], which: impl Fn(&MethodRow) -> bool) -> Vec<MethodKind> {
    let mut kinds: Vec<MethodKind> = methods.iter().filter(|row| which(row)).map(|row| row.kind).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

fn nobody(required: u8) -> LookedUp {
    LookedUp {
        identifier: None,
        display_name: None,
        admin: false,
        reasons: vec![LookupReason::UnknownAccount],
        required,
        usable: Vec::new(),
        unproved: Vec::new(),
        not_allowed: Vec::new(),
        blocked_for: 0,
        locked: false,
        events: Vec::new(),
    }
}
