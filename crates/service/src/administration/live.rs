//! The settings in force: the file's, with what administrators changed laid over them. Every node looks at the version of
//! the change at most once a second, so that all of them follow within seconds.

use crate::{Failure, Service, Settings, service::Parts, settings::Enabled, store::PolicyRow};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use sspr_core::wire::{ChallengeKind, PolicyScope, PolicyValues};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A node looks again after so long.
const PAUSE: SignedDuration = SignedDuration::from_secs(1);

/// What all clones of a service share.
pub(crate) struct Live {
    /// What the file says.
    file: Arc<Settings>,
    /// Ways that can be delivered here.
    pub(super) available: Vec<ChallengeKind>,
    seen: Mutex<Seen>,
}

struct Seen {
    looked_at: Option<Timestamp>,
    row: Option<PolicyRow>,
    settings: Arc<Settings>,
}

impl Live {
    pub(crate) fn new(file: Arc<Settings>, available: Vec<ChallengeKind>) -> Self {
        let seen = Seen { looked_at: None, row: None, settings: file.clone() };
        Self { file, available, seen: Mutex::new(seen) }
    }

    pub(crate) fn file(&self) -> &Arc<Settings> {
        &self.file
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The settings in force, and the row that they come from.
    pub(super) fn now(&self) -> (Arc<Settings>, Option<PolicyRow>) {
        let seen = self.seen();
        (seen.settings.clone(), seen.row.clone())
    }

    /// Puts a row in force, unless a later one is. One that cannot be used with this file (which changed since) leaves
    /// the file's settings in force.
    pub(super) fn take(&self, row: PolicyRow) {
        let mut seen = self.seen();
        if seen.row.as_ref().is_some_and(|known| known.version > row.version) {
            return;
        }
        let laid = row.overlay.as_deref().and_then(|overlay| self.laid_over(overlay));
        seen.settings =
            laid.filter(|it| it.mistakes().is_empty()).map_or_else(|| self.file.clone(), Arc::new);
        seen.row = Some(row);
    }

    fn laid_over(&self, overlay: &str) -> Option<Settings> {
        let changed: Map<String, Value> = serde_json::from_str(overlay).ok()?;
        let Ok(Value::Object(mut values)) = serde_json::to_value(values_of(&self.file)) else { return None };
        values.extend(changed);
        // `null` stands for a link that was taken away.
        values.retain(|_, value| !value.is_null());
        let mut values: PolicyValues = serde_json::from_value(Value::Object(values)).ok()?;
        values.recovery_methods.retain(|kind| self.available.contains(kind));
        Some(with_values(&self.file, &values))
    }

    /// JSON of what differs from the file; `None` where nothing does.
    pub(super) fn overlay_of(&self, values: &PolicyValues) -> Option<String> {
        let object = |values: &PolicyValues| match serde_json::to_value(values) {
            Ok(Value::Object(members)) => members,
            _ => Map::new(),
        };
        let (file, mut wanted) = (object(&values_of(&self.file)), object(values));
        for key in file.keys() {
            wanted.entry(key.clone()).or_insert(Value::Null);
        }
        wanted.retain(|key, value| file.get(key).unwrap_or(&Value::Null) != value);
        (!wanted.is_empty()).then(|| Value::Object(wanted).to_string())
    }
}

/// What administrators may change of the settings.
pub(super) fn values_of(settings: &Settings) -> PolicyValues {
    let policy = &settings.policy;
    PolicyValues {
        enabled: match policy.enabled {
            Enabled::None => PolicyScope::None,
            Enabled::Selected => PolicyScope::Selected,
            Enabled::Everyone => PolicyScope::Everyone,
        },
        groups: policy.groups.clone(),
        recovery_methods: policy.recovery_methods.clone(),
        gates: policy.gates,
        reconfirm_days: policy.reconfirm_days,
        banned_terms: settings.password.banned_terms.clone(),
        helpdesk: settings.organisation.helpdesk.clone(),
    }
}

/// The settings with these values.
pub(super) fn with_values(settings: &Settings, values: &PolicyValues) -> Settings {
    let mut settings = settings.clone();
    let PolicyValues { enabled, groups, recovery_methods, gates, reconfirm_days, banned_terms, helpdesk } =
        values.clone();
    settings.policy.enabled = match enabled {
        PolicyScope::None => Enabled::None,
        PolicyScope::Selected => Enabled::Selected,
        PolicyScope::Everyone => Enabled::Everyone,
    };
    settings.policy.groups = groups;
    settings.policy.recovery_methods = recovery_methods;
    settings.policy.gates = gates;
    settings.policy.reconfirm_days = reconfirm_days;
    settings.password.banned_terms = banned_terms;
    settings.organisation.helpdesk = helpdesk;
    settings
}

impl Service {
    /// Says which ways can be delivered here; administrators can choose among these. Without it, all can.
    #[must_use]
    pub fn with_available_methods(self, kinds: Vec<ChallengeKind>) -> Self {
        self.with(|parts| parts.live = Arc::new(Live::new(parts.live.file().clone(), kinds)))
    }

    /// Looks whether an administrator changed the policy, at most once a second. While the store does not answer, what
    /// was in force stays so.
    pub async fn follow_policy(&self) -> Result<(), Failure> {
        let (now, version) = (self.clock.now(), {
            let mut seen = self.live.seen();
            let now = self.clock.now();
            if seen.looked_at.is_some_and(|at| now.duration_since(at).abs() < PAUSE) {
                return Ok(());
            }
            seen.looked_at = Some(now);
            seen.row.as_ref().map_or(0, |row| row.version)
        });
        match self.store.policy_besides(version).await {
            Ok(Some(row)) => self.live.take(row),
            Ok(None) => {}
            Err(error) => {
                // The next request looks again.
                self.live.seen().looked_at.take_if(|at| *at == now);
                return Err(error.into());
            }
        }
        Ok(())
    }

    /// The settings that this goes by.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The same service by the settings that are in force now. A request goes by one of these from its start to its end.
    #[must_use]
    pub fn current(&self) -> Self {
        let settings = self.live.seen().settings.clone();
        if Arc::ptr_eq(&settings, &self.settings) {
            return self.clone();
        }
        self.clone().with(|parts: &mut Parts| parts.settings = settings)
    }
}
