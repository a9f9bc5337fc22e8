//! The service over a store in memory, and something to wait with.

use axum::Router;
use sspr_api::{NoIdentity, Options};
use sspr_server::SystemClock;
use sspr_service::{
    LocalDirectory, MasterKey, Service, Settings, import_accounts, settings::Hashing, store::Memory,
};
use std::{future::Future, sync::Arc};
use tokio::runtime::{Builder, Runtime};

/// What hashing costs here: as little as it can.
pub(crate) const CHEAP: Hashing = Hashing { memory: 8, passes: 1, lanes: 1 };

thread_local! {
    static RUNTIME: Runtime =
        Builder::new_current_thread().enable_time().build().expect("a runtime without sockets");
}

/// Waits for what needs no socket.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    RUNTIME.with(|runtime| runtime.block_on(future))
}

/// Everything behind the contract, with the people of `tests/accounts.json`.
pub(crate) struct World {
    pub(crate) router: Router,
}

impl World {
    pub(crate) fn new() -> Self {
        let mut settings = Settings::default();
        settings.password.hashing = CHEAP;
        settings.policy.gates = 1;
        settings.limits.starts_per_hour = 100_000;
        settings.limits.starts_total = 1_000_000;
        settings.limits.messages_per_destination = 100_000;
        let (store, key, clock) =
            (Arc::new(Memory::default()), MasterKey::new([7; 32]), Arc::new(SystemClock));
        let people = serde_json::from_str::<Vec<_>>(include_str!("../../../tests/accounts.json"))
            .expect("the people of the demonstration");
        let report = block_on(import_accounts(&*store, &settings, &key, &*clock, &people));
        assert!(report.failed.is_empty(), "{:?}", report.failed);
        let directory = Arc::new(LocalDirectory::new(store.clone(), clock.clone(), &settings));
        let service = Service::new(settings, key, store, directory, clock)
            .unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
        let options = Options {
            allowed_origins: vec!["https://intranet.example".into()],
            secure_cookies: false,
            sign_in: true,
            identity: Arc::new(NoIdentity),
            requests_at_once: 16,
        };
        Self { router: sspr_api::router(service, options) }
    }
}
