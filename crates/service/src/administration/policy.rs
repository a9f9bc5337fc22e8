//! Seeing and changing the policy.

use super::live::{values_of, with_values};
use crate::{
    Caller, Failure, Person, Service,
    audit::{Activity, ActivityResult, Detail},
    settings::SettingsMistake,
    store::{AuditRow, PolicyRow},
};
use sspr_core::wire::{AdminPolicy, ChangePolicy, PolicyValues};
use std::collections::HashSet;

/// Most groups, and most characters of one.
const GROUPS: (usize, usize) = (200, 256);

/// Most characters of the helpdesk's address.
const HELPDESK: usize = 1000;

/// Most characters of the values in a line of the audit log.
const LONGEST: usize = 2000;

impl Service {
    /// What is in force, for an administrator.
    pub async fn policy(&self, person: &Person) -> Result<AdminPolicy, Failure> {
        self.require_admin(person)?;
        self.look_again().await?;
        self.policy_view().await
    }

    /// Changes the policy if it is still in the version that the change is based on. Each field that changes is a line of
    /// the audit log, written where the change is.
    pub async fn change_policy(
        &self,
        caller: &Caller,
        person: &Person,
        change: ChangePolicy,
    ) -> Result<AdminPolicy, Failure> {
        self.require_admin(person)?;
        self.require_fresh(person)?;
        let values = tidy(change.values);
        let (file, available) = (self.live.file(), &self.live.available);
        let wanted = with_values(file, &values);
        let unavailable = values.recovery_methods.iter().any(|kind| !available.contains(kind));
        let refused = refused_at(&values, &wanted.mistakes(), unavailable);
        if let Some(pointer) = refused {
            return Err(Failure::ValueRejected { pointer });
        }
        self.look_again().await?;
        let (settings, row) = self.live.now();
        if version(row.as_ref()) != change.version {
            return Err(Failure::VersionConflict);
        }
        let changes = differences(&values_of(&settings), &values);
        if !changes.is_empty() {
            let id = person.account.id.as_str();
            let overlay = self.live.overlay_of(&values);
            self.write_policy(caller, Some(id), row.map_or(0, |row| row.version), overlay, changes).await?;
        }
        self.policy_view().await
    }

    /// Forgets what administrators changed: the file's settings are in force again. For the command line; says whether
    /// there was anything to forget.
    pub async fn reset_policy(&self, caller: &Caller) -> Result<bool, Failure> {
        self.look_again().await?;
        let (settings, row) = self.live.now();
        let Some(row) = row.filter(|row| row.overlay.is_some()) else { return Ok(false) };
        let mut changes = differences(&values_of(&settings), &values_of(self.live.file()));
        changes.push("reset to the configuration file".into());
        self.write_policy(caller, None, row.version, None, changes).await?;
        Ok(true)
    }

    async fn write_policy(
        &self,
        caller: &Caller,
        by: Option<&str>,
        version: i64,
        overlay: Option<String>,
        changes: Vec<String>,
    ) -> Result<(), Failure> {
        let line = |text: String| {
            let detail = Some(Detail::Admin(text));
            self.line(caller, by, Activity::ChangePolicy, ActivityResult::Success, detail)
        };
        let lines: Vec<AuditRow> = changes.into_iter().map(line).collect::<Result<_, _>>()?;
        let mut row =
            PolicyRow { version, overlay, changed_at: self.clock.now(), changed_by: by.map(Into::into) };
        if !self.store.change_policy(&row, &lines).await? {
            return Err(Failure::VersionConflict);
        }
        row.version += 1;
        self.live.take(row);
        Ok(())
    }

    /// What another node wrote a moment ago counts too.
    async fn look_again(&self) -> Result<(), Failure> {
        let known = self.live.now().1.map_or(0, |row| row.version);
        if let Some(row) = self.store.policy_besides(known).await? {
            self.live.take(row);
        }
        Ok(())
    }

    async fn policy_view(&self) -> Result<AdminPolicy, Failure> {
        let (settings, row) = self.live.now();
        let by = row.as_ref().and_then(|row| row.changed_by.as_deref());
        let changed_by = match by {
            Some(id) => self.directory.account(id).await?.map(|account| account.username),
            None => None,
        };
        Ok(AdminPolicy {
            version: version(row.as_ref()),
            values: values_of(&settings),
            available_methods: self.live.available.clone(),
            changed_at: row.map(|row| row.changed_at.to_string()),
            changed_by,
        })
    }
}

fn version(row: Option<&PolicyRow>) -> u32 {
    row.map_or(0, |row| u32::try_from(row.version).unwrap_or(u32::MAX))
}

/// Without spaces around, empty entries and repetitions.
fn tidy(mut values: PolicyValues) -> PolicyValues {
    for list in [&mut values.groups, &mut values.banned_terms] {
        let mut known = HashSet::new();
        let trimmed = list.iter().map(|it| it.trim()).filter(|it| !it.is_empty());
        *list = trimmed.filter(|it| known.insert((*it).to_owned())).map(str::to_owned).collect();
    }
    let mut known = HashSet::new();
    values.recovery_methods.retain(|kind| known.insert(*kind));
    values.helpdesk = values.helpdesk.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    values
}

/// Where the first value is that cannot be taken.
fn refused_at(
    values: &PolicyValues,
    mistakes: &[SettingsMistake],
    unavailable: bool,
) -> Option<&'static str> {
    let (most, longest) = GROUPS;
    let long = values.groups.iter().any(|group| group.chars().count() > longest);
    if long || values.groups.len() > most {
        return Some("/values/groups");
    }
    if unavailable {
        return Some("/values/recovery_methods");
    }
    if values.helpdesk.as_ref().is_some_and(|it| it.chars().count() > HELPDESK) {
        return Some("/values/helpdesk");
    }
    let pointer = |mistake: &SettingsMistake| match mistake.key.as_str() {
        "policy.groups" => "/values/groups",
        "policy.gates" => "/values/gates",
        "policy.recovery_methods" => "/values/recovery_methods",
        "policy.reconfirm_days" => "/values/reconfirm_days",
        "password.banned_terms" => "/values/banned_terms",
        "organisation.helpdesk" => "/values/helpdesk",
        _ => "/values",
    };
    mistakes.first().map(pointer)
}

/// Each field that changes, with its old and new value.
fn differences(old: &PolicyValues, new: &PolicyValues) -> Vec<String> {
    let words = |values: &PolicyValues| {
        let words: Vec<&str> = values.recovery_methods.iter().map(|kind| kind.word()).collect();
        words.join(",")
    };
    let link = |values: &PolicyValues| values.helpdesk.clone().unwrap_or_else(|| "none".into());
    let fields = [
        ("enabled", old.enabled.word().to_owned(), new.enabled.word().to_owned()),
        ("groups", old.groups.join(","), new.groups.join(",")),
        ("recovery_methods", words(old), words(new)),
        ("gates", old.gates.to_string(), new.gates.to_string()),
        ("reconfirm_days", old.reconfirm_days.to_string(), new.reconfirm_days.to_string()),
        ("helpdesk", link(old), link(new)),
    ];
    let changed = fields.into_iter().filter(|(_, old, new)| old != new);
    let mut lines: Vec<String> =
        changed.map(|(field, old, new)| cut(format!("{field}: {old} -> {new}"))).collect();
    if old.banned_terms != new.banned_terms {
        lines.push(cut(format!("banned_terms: {}", words_changed(&old.banned_terms, &new.banned_terms))));
    }
    lines
}

/// A thousand words do not all have to be said again.
fn words_changed(old: &[String], new: &[String]) -> String {
    let only = |these: &[String], those: &[String], sign: &str| -> Vec<String> {
        these.iter().filter(|it| !those.contains(it)).map(|it| format!("{sign}{it}")).collect()
    };
    let mut words = only(new, old, "+");
    words.extend(only(old, new, "-"));
    format!("{} -> {} words: {}", old.len(), new.len(), words.join(" "))
}

fn cut(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
