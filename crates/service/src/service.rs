//! The service itself, who calls it, and what it tells everybody.

use crate::{
    Clock, Directory, MasterKey, Settings, SettingsMistake, Store, directory::Account, notify,
    settings::Enabled, store::SessionRow,
};
use jiff::Timestamp;
use sspr_core::wire::{CodeFormat, Description, Features, IdentifierKind, Links};
use std::{net::IpAddr, ops::Deref, sync::Arc};

/// The rules over their ports. Cheap to clone.
#[derive(Clone)]
pub struct Service(Arc<Parts>);

/// What a service is made of.
pub struct Parts {
    pub(crate) settings: Settings,
    pub(crate) key: MasterKey,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) directory: Arc<dyn Directory>,
    pub(crate) clock: Arc<dyn Clock>,
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
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their account.
    pub account: Account,
    /// When they last proved themselves, where that is known.
    pub authenticated_at: Option<Timestamp>,
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
        Ok(Self(Arc::new(Parts { settings, key, store, directory, clock })))
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
            },
            identifiers: vec![IdentifierKind::Email, IdentifierKind::Username],
            recovery_methods: policy.recovery_methods.clone(),
            gates: policy.gates,
            code: CodeFormat { length: self.settings.limits.code_length },
            policy: self.settings.password.policy(),
            captcha: None,
            links: Links {
                sign_in: self.settings.organisation.sign_in.clone(),
                helpdesk: self.settings.organisation.helpdesk.clone(),
            },
            locales: notify::LOCALES.iter().map(|&it| it.to_owned()).collect(),
        }
    }
}
