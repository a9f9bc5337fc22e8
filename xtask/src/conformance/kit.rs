//! What the checks share: the server, the person that the operator lends, and the ways through a recovery.

use std::cell::RefCell;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::{Answer, Call, Client};
use super::codes::Codes;
use super::work;

/// How long a message may take to arrive.
const DELIVERY: Duration = Duration::from_secs(20);

/// What the operator says of the server.
pub(crate) struct Setup {
    /// The base address, such as `http://127.0.0.1:8080/sspr/v1`.
    pub(crate) url: String,
    /// A person for these checks alone, with an e-mail method; their password becomes another.
    pub(crate) identifier: Option<String>,
    /// Where what the server sends can be read.
    pub(crate) codes: Option<Codes>,
    /// An origin that the server allows.
    pub(crate) origin: Option<String>,
}

/// What a check may need beyond the server's address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// `--identifier` and `--codes` or `--codes-command`.
    Codes,
    /// `--origin`.
    Origin,
    /// Signing in by `POST /session`, and so the same as `Codes`.
    Session,
    /// A feature of describe.
    Feature(&'static str),
    /// Describe asks for work of the browser.
    Work,
}

/// A refusal of the server to do what a check stands for, in one sentence.
pub(super) type Verdict = Result<(), String>;

/// A flow on its way.
pub(super) struct Flow {
    pub(super) token: String,
    pub(super) view: Value,
}

/// Somebody signed in.
pub(super) struct Session {
    cookie: String,
    csrf: String,
}

pub(super) struct Kit {
    pub(super) client: Client,
    pub(super) setup: Setup,
    /// The answer of describe, once it is known.
    pub(super) description: Value,
    /// The person's password, once it was set here.
    pub(super) password: RefCell<Option<String>>,
    passwords: RefCell<u32>,
}

impl Kit {
    pub(super) fn new(setup: Setup) -> Self {
        let client = Client::new(&setup.url);
        Self {
            client,
            setup,
            description: Value::Null,
            password: RefCell::default(),
            passwords: RefCell::default(),
        }
    }

    /// What is missing for a check, where something is.
    pub(super) fn lacks(&self, need: Need) -> Option<&'static str> {
        let codes = self.setup.codes.is_some() && self.setup.identifier.is_some();
        match need {
            Need::Codes if !codes => Some("--identifier and --codes"),
            Need::Codes if self.description["gates"] != 1 => Some("a person for whom one proof is enough"),
            Need::Session => self.lacks(Need::Codes),
            Need::Origin if self.setup.origin.is_none() => Some("--origin"),
            _ => None,
        }
    }

    /// Whether the server says that it can do something.
    pub(super) fn offers(&self, feature: &str) -> bool {
        self.description["features"][feature] == true
    }

    pub(super) fn call(&self, method: &'static str, path: &str) -> Call<'_> {
        self.client.call(method, path)
    }

    /// The person, or somebody nobody knows where none was named.
    pub(super) fn person(&self) -> String {
        self.setup.identifier.clone().unwrap_or_else(|| "conformance.nobody".to_owned())
    }

    /// Nobody, by a name as long as the person's.
    pub(super) fn nobody(&self) -> String {
        let swap = |letter: char| match letter {
            'a'..='y' | 'A'..='Y' | '0'..='8' => char::from_u32(letter as u32 + 1).unwrap_or(letter),
            other => other,
        };
        self.person().chars().map(swap).collect()
    }

    /// Whether a start has to bring the solution of puzzles.
    pub(super) fn asks_for_work(&self) -> bool {
        self.description["captcha"]["provider"] == work::PROVIDER
    }

    /// The body of a start, with the work that it has to bring.
    pub(super) fn worked(&self, mut body: Value) -> Result<Value, String> {
        if self.asks_for_work() {
            let challenge = self.call("GET", "/captcha").send()?;
            status(&challenge, 200)?;
            body["captcha"] = work::solution(&challenge.json())?.into();
        }
        Ok(body)
    }

    pub(super) fn start_of(&self, identifier: &str) -> Result<Answer, String> {
        let body = self.worked(json!({ "identifier": identifier, "intent": "reset" }))?;
        self.call("POST", "/recovery").json(&body).send()
    }

    pub(super) fn start(&self, identifier: &str) -> Result<Flow, String> {
        let answer = self.start_of(identifier)?;
        status(&answer, 202)?;
        Ok(Flow { token: answer.text("/flow"), view: answer.json() })
    }

    /// Chooses e-mail, or the first way there is.
    pub(super) fn choose(&self, flow: &Flow) -> Result<Answer, String> {
        let methods = flow.view["methods"].as_array().cloned().unwrap_or_default();
        let method = methods.iter().find(|it| it["kind"] == "email").or(methods.first());
        let id = method.map(|it| it["id"].clone()).ok_or("the flow offers no method")?;
        let answer = self
            .call("POST", "/recovery/challenge")
            .flow(&flow.token)
            .json(&json!({ "method": id }))
            .send()?;
        status(&answer, 202)?;
        Ok(answer)
    }

    pub(super) fn verify(&self, flow: &Flow, challenge: &Answer, code: &str) -> Result<Answer, String> {
        let body = json!({ "challenge": challenge.text("/challenge/id"), "code": code });
        self.call("POST", "/recovery/verify").flow(&flow.token).json(&body).send()
    }

    /// A code that is not the one that was sent.
    pub(super) fn wrong(code: &str) -> String {
        code.chars().map(|it| if it == '0' { '1' } else { '0' }).collect()
    }

    /// Starts, chooses e-mail and waits for the code. Whatever sends a code waits for it, so that none comes late.
    pub(super) fn sent(&self) -> Result<(Flow, Answer, String), String> {
        let (started, challenge, code) = self.sent_as_seen()?;
        Ok((Flow { token: started.text("/flow"), view: started.json() }, challenge, code))
    }

    /// The same, with the answer to the start.
    pub(super) fn sent_as_seen(&self) -> Result<(Answer, Answer, String), String> {
        let codes = self.setup.codes.as_ref().ok_or("no codes")?;
        let before = codes.seen()?;
        let started = self.start_of(&self.person())?;
        status(&started, 202)?;
        let challenge = self.choose(&Flow { token: started.text("/flow"), view: started.json() })?;
        let until = Instant::now() + DELIVERY;
        loop {
            if let Some(code) = codes.newer(&before)? {
                return Ok((started, challenge, code));
            }
            if Instant::now() > until {
                return Err(format!("no code came within {} s", DELIVERY.as_secs()));
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// A flow that waits for the new password.
    pub(super) fn proved(&self) -> Result<Flow, String> {
        let (flow, challenge, code) = self.sent()?;
        let answer = self.verify(&flow, &challenge, &code)?;
        status(&answer, 200)?;
        Ok(Flow { token: answer.text("/flow"), view: answer.json() })
    }

    /// A password that was not used before and that most policies take.
    pub(super) fn new_password(&self) -> String {
        let mut count = self.passwords.borrow_mut();
        *count += 1;
        let seed = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |it| it.subsec_nanos());
        format!("Quilted-{}-Lantern-{seed:x}-Otter", *count)
    }

    pub(super) fn set(&self, flow: &Flow, password: &str) -> Result<Answer, String> {
        let body = json!({ "new_password": password, "end_other_sessions": true });
        self.call("POST", "/recovery/password").flow(&flow.token).json(&body).send()
    }

    /// The person's password; set first where it is not known yet.
    pub(super) fn known_password(&self) -> Result<String, String> {
        if let Some(known) = self.password.borrow().clone() {
            return Ok(known);
        }
        let password = self.new_password();
        let done = self.set(&self.proved()?, &password)?;
        status(&done, 200)?;
        *self.password.borrow_mut() = Some(password.clone());
        Ok(password)
    }

    pub(super) fn sign_in_by(&self, password: &str) -> Result<Answer, String> {
        let body = json!({ "identifier": self.person(), "password": password });
        self.call("POST", "/session").json(&body).send()
    }

    pub(super) fn sign_in(&self) -> Result<Session, String> {
        let answer = self.sign_in_by(&self.known_password()?)?;
        status(&answer, 200)?;
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        Ok(Session { cookie, csrf: answer.text("/csrf") })
    }

    /// A request of somebody signed in, with everything that it needs.
    pub(super) fn as_person(&self, session: &Session, method: &'static str, path: &str) -> Call<'_> {
        self.without_token(session, method, path).header("x-csrf-token", &session.csrf)
    }

    /// The same without the token against forgery.
    pub(super) fn without_token(&self, session: &Session, method: &'static str, path: &str) -> Call<'_> {
        self.call(method, path).header("cookie", &session.cookie)
    }
}

/// Fails unless an answer has a status.
pub(super) fn status(answer: &Answer, expected: u16) -> Verdict {
    if answer.status == expected { Ok(()) } else { Err(format!("{}, not {expected}", answer.told())) }
}

/// Fails unless an answer is this refusal.
pub(super) fn refused(answer: &Answer, expected: u16, code: &str) -> Verdict {
    if answer.status == expected && answer.text("/code") == code {
        return Ok(());
    }
    Err(format!("{}, not {expected} {code}", answer.told()))
}

/// Fails with a sentence unless something holds.
pub(super) fn must(holds: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(otherwise()) }
}
