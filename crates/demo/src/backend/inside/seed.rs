//! The service as the page starts it: Harbor & Vale's policy, and the people of the demonstration.

use super::{breached::FewPasswords, clock::PageClock};
use crate::people;
use sspr_core::wire::ChallengeKind;
use sspr_service::{
    LocalDirectory, MasterKey, Service, Settings, import_accounts,
    settings::{Hashing, Limits, Organisation, Password, Policy},
    store::Memory,
};
use std::sync::Arc;

/// A fresh service with everybody in it.
pub(super) async fn service(clock: Arc<PageClock>) -> Result<Service, String> {
    let settings = settings();
    // Everything that it seals is gone with the page; the randomness only has to differ from page to page.
    let key = MasterKey::new(random_key());
    let store = Arc::new(Memory::default());
    let accounts = people::accounts().map_err(|error| error.to_string())?;
    let report = import_accounts(&*store, &settings, &key, &*clock, &accounts).await;
    if let Some((name, reason)) = report.failed.first() {
        return Err(format!("{name}: {reason}"));
    }
    let directory = LocalDirectory::new(store.clone(), clock.clone(), &settings);
    let service = Service::new(settings, key, store, Arc::new(directory), clock).map_err(|mistakes| {
        let lines = mistakes.into_iter().map(|it| format!("{}: {}", it.key, it.message));
        lines.collect::<Vec<_>>().join("\n")
    })?;
    Ok(service.with_breached_list(Arc::new(FewPasswords), None))
}

fn settings() -> Settings {
    use ChallengeKind::{Email, Questions, RecoveryCode, Sms, Totp, Voice};
    let page = web_sys::window().and_then(|window| window.location().href().ok());
    Settings {
        policy: Policy {
            recovery_methods: vec![Totp, Email, Sms, Voice, RecoveryCode, Questions],
            ..Policy::default()
        },
        // As little as Argon2id takes: the page's one thread does it, and there is nothing to protect.
        password: Password { hashing: Hashing { memory: 8, passes: 1, lanes: 1 }, ..Password::default() },
        limits: Limits { resend_after: 5, starts_per_hour: 100, ..Limits::default() },
        organisation: Organisation {
            name: "Harbor & Vale".into(),
            helpdesk: Some("mailto:helpdesk@harbor-vale.example".into()),
            ..Organisation::default()
        },
        // Mailed links change only the fragment of this very page, so the service lives on.
        pages: page.iter().map(|page| page.split('#').next().unwrap_or_default().to_owned()).collect(),
        ..Settings::default()
    }
}

fn random_key() -> [u8; 32] {
    std::array::from_fn(|_| (js_sys::Math::random() * 256.0) as u8)
}
