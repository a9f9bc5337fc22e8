//! The router over the memory store, with a few people and a clock that tests set.

mod call;
mod clock;
mod outbox;

pub(crate) use call::{Answer, Call};
pub(crate) use clock::TestClock;

use axum::Router;
use serde_json::{Value, json};
use sspr_api::Options;
use sspr_core::{Secret, wire::BASE_PATH};
use sspr_service::{
    Directory, LocalDirectory, MasterKey, Service, Settings, Store,
    store::{AccountRow, Memory},
};
use std::sync::Arc;

/// Where the contract lives.
pub(crate) const BASE: &str = BASE_PATH;

/// The one origin besides our own that [`Site::new`] allows.
pub(crate) const FRIEND: &str = "https://intranet.example";

/// Everybody's password at first.
pub(crate) const PASSWORD: &str = "Quilted-Harbour-29";

/// A running router: `alice`, `bob` and `roger` are good accounts without methods, `carol` is disabled, `boss` is an administrator.
pub(crate) struct Site {
    pub(crate) router: Router,
    pub(crate) clock: Arc<TestClock>,
    service: Service,
}

impl Site {
    pub(crate) async fn new() -> Self {
        Self::with(Options { allowed_origins: vec![FRIEND.to_owned()], ..Options::default() }).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let settings = settings();
        let clock = Arc::new(TestClock::default());
        let store = Arc::new(Memory::default());
        let directory = Arc::new(LocalDirectory::new(store.clone(), clock.clone(), &settings));
        for name in ["alice", "bob", "roger", "carol", "boss"] {
            assert!(store.insert_account(&account(name)).await.expect("a store"));
            directory.set_password(name, &Secret::new(PASSWORD)).await.expect("a directory");
        }
        clock.forward(7 * 24 * 3600);
        let key = MasterKey::new([7; 32]);
        let service =
            Service::new(settings, key, store, directory, clock.clone()).expect("settings without mistakes");
        Self { router: sspr_api::router(service.clone(), options), clock, service }
    }

    /// The same over a changed service, and with the options of [`Self::new`]'s default.
    pub(crate) fn with_service(self, change: impl FnOnce(Service) -> Service) -> Self {
        let service = change(self.service);
        Self { router: sspr_api::router(service.clone(), Options::default()), service, ..self }
    }

    /// A request below the base.
    pub(crate) fn call(&self, method: &str, path: &str) -> Call {
        Call::new(method, &format!("{BASE}{path}"))
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call("GET", path).send(&self.router).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path).json(body).send(&self.router).await
    }

    /// Signs in by password.
    pub(crate) async fn sign_in(&self, name: &str) -> Session {
        let answer = self.post("/session", &json!({ "identifier": name, "password": PASSWORD })).await.ok();
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        Session { cookie, csrf: answer.text("csrf") }
    }

    /// Registers and proves an address for somebody.
    pub(crate) async fn enroll_email(&self, name: &str) -> Session {
        let session = self.sign_in(name).await;
        let body = json!({ "kind": "email", "value": format!("{name}@home.example") });
        let added = session.call("POST", "/me/methods").json(&body).send(&self.router).await.ok().json();
        let verify = format!("/me/methods/{}/verify", added["method"]["id"].as_str().expect("an id"));
        let code = json!({ "code": self.newest_code().await });
        session.call("POST", &verify).json(&code).send(&self.router).await.ok();
        session
    }

    /// Starts a reset and gives its token.
    pub(crate) async fn start(&self, name: &str) -> String {
        self.post("/recovery", &json!({ "identifier": name, "intent": "reset" })).await.ok().text("flow")
    }

    /// Chooses e-mail and gives the challenge's id.
    pub(crate) async fn send_code(&self, flow: &str) -> String {
        let call = self.call("POST", "/recovery/challenge").flow(flow).json(&json!({ "method": "email" }));
        let view = call.send(&self.router).await.ok().json();
        view["challenge"]["id"].as_str().expect("a challenge").to_owned()
    }

    /// Passes a gate by e-mail and gives the new token.
    pub(crate) async fn pass_gate(&self, flow: &str) -> String {
        let challenge = self.send_code(flow).await;
        let body = json!({ "challenge": challenge, "code": self.newest_code().await });
        let call = self.call("POST", "/recovery/verify").flow(flow).json(&body);
        call.send(&self.router).await.ok().text("flow")
    }

    /// Types wrong passwords until the account is locked.
    pub(crate) async fn lock(&self, name: &str) {
        for attempt in 0..12 {
            let password = format!("wrong-{attempt}");
            self.post("/session", &json!({ "identifier": name, "password": password })).await;
        }
    }
}

/// Somebody's cookie session.
pub(crate) struct Session {
    pub(crate) cookie: String,
    pub(crate) csrf: String,
}

impl Session {
    /// A request below the base, signed in.
    pub(crate) fn call(&self, method: &str, path: &str) -> Call {
        self.sign(Call::new(method, &format!("{BASE}{path}")))
    }

    pub(crate) fn sign(&self, call: Call) -> Call {
        call.header("cookie", &self.cookie).header("x-csrf-token", &self.csrf)
    }
}

/// Everybody may reset, by one gate. Hashing is cheap here, since no test is about its cost.
fn settings() -> Settings {
    let settings = json!({
        "policy": { "enabled": "everyone", "gates": 1 },
        "password": { "hashing": { "memory": 8, "passes": 1, "lanes": 1 } },
        "pages": ["https://id.example/sign-in"],
    });
    serde_json::from_value(settings).expect("settings")
}

fn account(name: &str) -> AccountRow {
    AccountRow {
        id: name.to_owned(),
        username: name.to_owned(),
        email: Some(format!("{name}@work.example")),
        display_name: None,
        locale: None,
        groups: Vec::new(),
        admin: name == "boss",
        disabled: name == "carol",
        password_hash: None,
        password_history: Vec::new(),
        password_changed_at: None,
        failed_sign_ins: 0,
        locked_until: None,
        version: 0,
    }
}
