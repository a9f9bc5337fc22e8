//! The service itself, who calls it, and what it tells everybody.

use crate::{
    Clock, Directory, MasterKey, Offload, Settings, SettingsMistake, Store,
    administration::Live,
    breached::BreachedCheck,
    captcha::Captcha,
    directory::Account,
    notify,
    offload::Inline,
    password::Hasher,
    settings::Enabled,
    store::{MethodRow, SessionRow},
};
use jiff::Timestamp;
use sspr_core::wire::{ChallengeKind, CodeFormat, Description, Features, IdentifierKind, Links};
use std::{
    net::IpAddr,
    ops::Deref,
    sync::{Arc, OnceLock},
};

/// [`Service::with_request_life`] where nothing is said.
const REQUEST_LIFE: u32 = 60;

/// The rules over their ports. Cheap to clone.
#[derive(Clone)]
pub struct Service(Arc<Parts>);

/// What a service is made of.
#[derive(Clone)]
pub struct Parts {
    /// Those in force when this was taken (see [`Service::current`]).
    pub(crate) settings: Arc<Settings>,
    pub(crate) live: Arc<Live>,
    pub(crate) key: MasterKey,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) directory: Arc<dyn Directory>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) offload: Arc<dyn Offload>,
    pub(crate) hasher: Hasher,
    pub(crate) breached: Option<BreachedCheck>,
    pub(crate) captcha: Option<Captcha>,
    /// Whether an identity provider is told of what happens to accounts.
    pub(crate) revocation: bool,
    /// Seconds after which a request that began and did not end is taken for dead.
    pub(crate) request_life: u32,
    /// Stand-ins for methods that are not there.
    pub(crate) decoys: Arc<OnceLock<Vec<MethodRow>>>,
}

impl Deref for Service {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// Who asks, as far as the transport knows.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// Where from; counted by prefix.
    pub address: Option<IpAddr>,
    /// The language they asked for (BCP 47); empty is the default.
    pub locale: String,
    /// Names the request in the audit log.
    pub request_id: String,
    /// The page's origin.
    pub origin: Option<String>,
    /// What a request and its repetitions have in common (`Idempotency-Key`); nobody can guess it. A repetition of a
    /// request whose process died finds by it what was already done.
    pub key: Option<String>,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their account.
    pub account: Account,
    /// When they last proved themselves. Where they signed in elsewhere and nobody says when, that other sign-in
    /// vouches for them: they count as having proved themselves now.
    pub authenticated_at: Option<Timestamp>,
    /// When they signed in elsewhere, as they came with it; names that sign-in.
    pub signed_in_at: Option<Timestamp>,
    /// Their session, where it is one of ours.
    pub session: Option<SessionRow>,
}

impl Service {
    /// Puts the rules over their ports; fails with every mistake of the settings.
    pub fn new(
        settings: Settings,
        key: MasterKey,
        store: Arc<dyn Store>,
        directory: Arc<dyn Directory>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Vec<SettingsMistake>> {
        let mistakes = settings.mistakes();
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let (hasher, offload) = (Hasher::new(settings.password.hashing), Arc::new(Inline));
        let decoys = Arc::new(OnceLock::new());
        let settings = Arc::new(settings);
        let live = Arc::new(Live::new(settings.clone(), ChallengeKind::ALL.to_vec()));
        Ok(Self(Arc::new(Parts {
            settings,
            live,
            key,
            store,
            directory,
            clock,
            offload,
            hasher,
            breached: None,
            captcha: None,
            revocation: false,
            request_life: REQUEST_LIFE,
            decoys,
        })))
    }

    /// Hashes answers to security questions elsewhere than on the thread that asks. A server needs this: each
    /// answer keeps a processor busy for tens of milliseconds.
    #[must_use]
    pub fn with_offload(self, offload: Arc<dyn Offload>) -> Self {
        self.with(|parts| parts.offload = offload)
    }

    /// Takes a request that began so many seconds ago and did not end for dead: its process was killed. What it was at
    /// may be done again then. No request may run that long.
    #[must_use]
    pub fn with_request_life(self, seconds: u32) -> Self {
        self.with(|parts| parts.request_life = seconds)
    }

    pub(crate) fn with(self, change: impl FnOnce(&mut Parts)) -> Self {
        let mut parts = Arc::unwrap_or_clone(self.0);
        change(&mut parts);
        Self(Arc::new(parts))
    }

    /// What is switched on. The same for everybody.
    pub fn describe(&self, _caller: &Caller) -> Description {
        let policy = &self.settings.policy;
        let on = policy.enabled != Enabled::None;
        Description {
            version: 1,
            features: Features {
                reset: on,
                unlock: on && policy.unlock_without_reset,
                change: policy.change,
                enroll: on,
                confirm_contacts: on && policy.reconfirm_days > 0,
                end_other_sessions: policy.end_other_sessions,
                more_time: on,
            },
            identifiers: vec![IdentifierKind::Email, IdentifierKind::Username],
            recovery_methods: policy.recovery_methods.clone(),
            gates: policy.gates,
            code: CodeFormat::digits(self.settings.limits.code_length),
            policy: self.common_policy(),
            captcha: self.captcha.as_ref().map(Captcha::description),
            links: Links {
                sign_in: self.settings.organisation.sign_in.clone(),
                helpdesk: self.settings.organisation.helpdesk.clone(),
            },
            locales: notify::LOCALES.iter().map(|&it| it.to_owned()).collect(),
        }
    }
}
