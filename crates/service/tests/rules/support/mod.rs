//! A service with a few people (`people.json`), what they hold, and the way they go.

mod authenticator;
mod clock;
mod directory;
mod flow;
mod store;

pub(crate) use authenticator::app_code;
pub(crate) use clock::TestClock;
pub(crate) use directory::Held;
pub(crate) use flow::Flow;
pub(crate) use store::Recorded;

use sspr_core::{
    Secret,
    wire::{ChallengeKind, Intent, SignIn, StartRecovery},
};
use sspr_service::{
    Caller, Clock, Failure, ImportedAccount, LocalDirectory, MasterKey, Outgoing, OutgoingBody, Person,
    Service, Settings, import_accounts, store::Delivery,
};
use std::sync::Arc;

/// Everybody's password at first.
pub(crate) const OLD: &str = "Old-Harbor-42";
/// A password that the policy takes.
pub(crate) const NEW: &str = "Quilted-Lantern-77";
/// Mia's two apps.
pub(crate) const APPS: [&str; 2] = ["JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"];
/// Mia's printed codes.
pub(crate) const PRINTED: [&str; 2] = ["bcdfg-23456", "hjkmn-34567"];
/// Answers to the questions of whoever registered some.
pub(crate) const ANSWERS: [(&str, &str); 5] = [
    ("partner_city", "Lisbon"),
    ("parents_city", "Kyoto"),
    ("food", "Ramen noodles"),
    ("first_pet", "Biscuit"),
    ("hero", "Ada Lovelace"),
];

pub(crate) struct World {
    pub(crate) service: Service,
    pub(crate) store: Arc<Recorded>,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) directory: Arc<Held>,
    pub(crate) caller: Caller,
}

/// Runs a test to its end.
pub(crate) fn run<T>(test: impl Future<Output = T>) -> T {
    futures::executor::block_on(test)
}

impl World {
    /// All methods are allowed and hashing is cheap; otherwise the defaults, but for what `change` does to them.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::default();
        settings.password.hashing = sspr_service::settings::Hashing { memory: 8, passes: 1, lanes: 1 };
        settings.policy.recovery_methods.push(ChallengeKind::Questions);
        settings.pages = vec!["https://sso.example/sign-in".into()];
        change(&mut settings);
        let (store, clock) = (Arc::new(Recorded::default()), Arc::new(TestClock::default()));
        let key = MasterKey::new([7; 32]);
        let people: Vec<ImportedAccount> = serde_json::from_str(include_str!("people.json")).unwrap();
        let report = import_accounts(&*store, &settings, &key, &*clock, &people).await;
        assert_eq!((report.taken, report.failed), (Vec::new(), Vec::new()));
        let directory = LocalDirectory::new(store.clone(), clock.clone(), &settings);
        let directory = Arc::new(Held::new(directory));
        let service = Service::new(settings, key, store.clone(), directory.clone(), clock.clone()).unwrap();
        store.calls();
        Self { service, store, clock, directory, caller: Caller::default() }
    }

    pub(crate) async fn new() -> Self {
        Self::with(|_| ()).await
    }

    /// One gate suffices.
    pub(crate) async fn with_one_gate() -> Self {
        Self::with(|settings| settings.policy.gates = 1).await
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now().as_second()
    }

    pub(crate) async fn start_for(&self, identifier: &str, intent: Intent) -> Result<Flow<'_>, Failure> {
        let start =
            StartRecovery { identifier: identifier.into(), intent, locale: None, page: None, captcha: None };
        let view = self.service.start_recovery(&self.caller, start).await?;
        Ok(Flow::new(self, view))
    }

    /// Starts a reset.
    pub(crate) async fn start(&self, identifier: &str) -> Flow<'_> {
        self.start_for(identifier, Intent::Reset).await.unwrap()
    }

    pub(crate) async fn sign_in(
        &self,
        identifier: &str,
        password: &str,
    ) -> Result<(Secret, Person), Failure> {
        let sign_in = SignIn { identifier: identifier.into(), password: password.into() };
        self.service.sign_in(&self.caller, sign_in).await
    }

    /// Somebody who signed in just now.
    pub(crate) async fn person(&self, name: &str) -> Person {
        self.sign_in(name, OLD).await.unwrap().1
    }

    /// Takes the messages that wait.
    pub(crate) async fn messages(&self) -> Vec<OutgoingBody> {
        let messages = self.service.next_messages(100, 60).await.unwrap();
        for Outgoing { id, attempts, .. } in &messages {
            self.service.settle_message(id, *attempts, Delivery::Finished).await.unwrap();
        }
        messages.into_iter().map(|it| it.body).collect()
    }

    /// Where the waiting messages go, sorted.
    pub(crate) async fn receivers(&self) -> Vec<String> {
        let mut to: Vec<String> = self.messages().await.iter().map(|it| receiver(it).to_owned()).collect();
        to.sort();
        to
    }

    /// The code in the newest waiting message.
    pub(crate) async fn waiting_code(&self) -> Option<String> {
        let text = text(self.messages().await.last()?).replace(", ", "");
        let mut numbers = text.split(|c: char| !c.is_ascii_digit());
        numbers.find(|it| it.len() == 6).map(str::to_owned)
    }

    pub(crate) async fn code(&self) -> String {
        self.waiting_code().await.expect("a code")
    }
}

pub(crate) fn receiver(message: &OutgoingBody) -> &str {
    match message {
        OutgoingBody::Email { to, .. } | OutgoingBody::Sms { to, .. } | OutgoingBody::Voice { to, .. } => to,
        OutgoingBody::Revocation(_) => "the identity provider",
    }
}

pub(crate) fn text(message: &OutgoingBody) -> &str {
    match message {
        OutgoingBody::Email { text, .. }
        | OutgoingBody::Sms { text, .. }
        | OutgoingBody::Voice { text, .. } => text,
        OutgoingBody::Revocation(_) => "",
    }
}
