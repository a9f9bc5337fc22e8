//! One person's reset, every decisive step submitted twice at once to two nodes.

use super::{
    ask::{Answer, Asker, Request, key},
    mails::Mails,
};
use serde_json::{Value, json};
use std::time::Duration;

/// How long a code may take: a node that took it and died keeps it for 18 seconds.
const MAIL: Duration = Duration::from_secs(50);

pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) password: String,
}

/// How two submissions at once went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Twice {
    /// The same key: both got the same answer.
    SameAnswer,
    /// Two keys: one did it, the other was refused.
    OneRefused,
    /// Anything else.
    Wrong,
}

/// A reset, from start to sign-in.
#[derive(Debug)]
pub(crate) struct Reset {
    pub(crate) same_key: bool,
    pub(crate) verify: Twice,
    pub(crate) password: Twice,
    pub(crate) old_refused: bool,
    pub(crate) new_accepted: bool,
    /// Where it could not go on.
    pub(crate) stuck: Option<String>,
}

impl Person {
    pub(crate) fn new(number: usize) -> Self {
        Self { name: format!("person{number:05}"), password: "Old-Harbor-42".into() }
    }

    pub(crate) fn address(&self) -> String {
        format!("{}@home.example", self.name)
    }

    pub(crate) async fn reset(&mut self, number: usize, asker: &Asker, mails: &Mails) -> Reset {
        let same_key = number.is_multiple_of(2);
        let mut reset = Reset {
            same_key,
            verify: Twice::Wrong,
            password: Twice::Wrong,
            old_refused: false,
            new_accepted: false,
            stuck: None,
        };
        if let Err(why) = self.go(number, asker, mails, &mut reset).await {
            reset.stuck = Some(format!("{}: {why}", self.name));
        }
        reset
    }

    async fn go(
        &mut self,
        number: usize,
        asker: &Asker,
        mails: &Mails,
        reset: &mut Reset,
    ) -> Result<(), String> {
        let start = json!({ "identifier": self.name, "intent": "reset" });
        let flow = token(&asker.ask(&step("", None, start)).await)?;
        let choose = step("/challenge", Some(&flow), json!({ "method": "email" }));
        let chosen = asker.ask(&choose).await;
        let challenge =
            chosen.body["challenge"]["id"].as_str().ok_or_else(|| format!("no challenge: {chosen:?}"))?;
        let code = mails.code_for(&self.address(), MAIL).await.ok_or("no code came")?;

        let verify = step("/verify", Some(&flow), json!({ "challenge": challenge, "code": code }));
        let answers = asker.ask_two(&verify, &twin(&verify, reset.same_key)).await;
        reset.verify = judged(&answers, reset.same_key);
        let right = answers.iter().find(|answer| answer.status == 200);
        let flow = token(right.ok_or_else(|| format!("no answer passed: {answers:?}"))?)?;

        // Under different keys the passwords differ as well, so that it shows which was set.
        let other = if reset.same_key { "" } else { "-too" };
        let passwords = [format!("Quilted-Lantern-{number}"), format!("Quilted-Lantern-{number}{other}")];
        let set = |password: &String| json!({ "new_password": password, "end_other_sessions": true });
        let one = step("/password", Some(&flow), set(&passwords[0]));
        let two = Request { body: set(&passwords[1]), ..twin(&one, reset.same_key) };
        let answers = asker.ask_two(&one, &two).await;
        reset.password = judged(&answers, reset.same_key);
        let winner = answers.iter().position(|answer| answer.status == 200);
        let winner = winner.ok_or_else(|| format!("no password was set: {answers:?}"))?;
        let old = std::mem::replace(&mut self.password, passwords[winner].clone());
        reset.old_refused = self.sign_in(asker, &old).await == 401;
        reset.new_accepted = self.sign_in(asker, &self.password).await == 200;
        Ok(())
    }

    async fn sign_in(&self, asker: &Asker, password: &str) -> u16 {
        let body = json!({ "identifier": self.name, "password": password });
        asker.ask(&Request { path: "/session", body, ..Request::default() }).await.status
    }
}

pub(crate) fn step(path: &'static str, flow: Option<&str>, body: Value) -> Request {
    let path = match path {
        "/challenge" => "/recovery/challenge",
        "/verify" => "/recovery/verify",
        "/password" => "/recovery/password",
        _ => "/recovery",
    };
    Request { path, body, flow: flow.map(str::to_owned), key: Some(key()), from: None }
}

fn twin(request: &Request, same_key: bool) -> Request {
    let key = if same_key { request.key.clone() } else { Some(key()) };
    Request { key, ..request.clone() }
}

pub(crate) fn token(answer: &Answer) -> Result<String, String> {
    answer.body["flow"].as_str().map(str::to_owned).ok_or_else(|| format!("no flow: {answer:?}"))
}

fn judged(answers: &[Answer; 2], same_key: bool) -> Twice {
    let [one, other] = answers;
    let refused = |answer: &Answer| matches!(answer.status, 409 | 410);
    match (one.status, other.status) {
        (200, 200) if same_key && one.body == other.body => Twice::SameAnswer,
        (200, _) if !same_key && refused(other) => Twice::OneRefused,
        (_, 200) if !same_key && refused(one) => Twice::OneRefused,
        _ => Twice::Wrong,
    }
}
