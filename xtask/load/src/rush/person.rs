//! What one person does, with pauses to read and to type.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use super::tally::{Operation, Tally};
use crate::codes::{Codes, digits};

/// Longer than the server lets any request run.
const PATIENCE: Duration = Duration::from_secs(45);
/// How long a mail may take.
const MAIL: Duration = Duration::from_secs(90);
/// Requests that are sent away are sent again so often.
const AGAIN: u32 = 100;

/// How slow people are.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    /// Seconds in which all of them come.
    pub(super) begin: f64,
    /// Seconds of a reset, all its pauses together.
    pub(super) whole: f64,
}

/// Everybody, and the server.
pub(super) struct Crowd {
    url: String,
    http: reqwest::Client,
    codes: Arc<Codes>,
    accounts: u64,
}

/// A number from 0 to 1, evenly spread over the numbers of people and steps.
fn spread(number: u64, step: u64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    const SILVER: f64 = 0.414_213_562_373_095_03;
    (number as f64 * GOLDEN + step as f64 * SILVER).fract()
}

impl Crowd {
    pub(super) fn new(url: String, codes: Arc<Codes>, accounts: u64) -> Result<Crowd> {
        // A connection is kept for the next request, as browsers do.
        let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build()?;
        Ok(Crowd { url, http, codes, accounts })
    }

    /// One reset after the other until it is over.
    pub(super) async fn person(&self, number: u64, pace: Pace, tally: &Tally, over: &AtomicBool) {
        sleep(Duration::from_secs_f64(pace.begin * spread(number, 0))).await;
        // The first reset is found somewhere in its middle, so that not all are at the same step at the same time.
        let mut whole = pace.whole * spread(number, 1);
        let mut turn = 0;
        while !over.load(Ordering::Relaxed) {
            turn += 1;
            // Two accounts of their own, in turns: no one else's mail comes to them.
            let account = number + self.accounts / 2 * (turn % 2);
            let reset = Reset { crowd: self, tally, over, account, number: number + 7919 * turn, whole };
            if let Err(error) = reset.run().await
                && !over.load(Ordering::Relaxed)
            {
                tally.error(format!("{error:#}"));
                sleep(Duration::from_millis(200)).await;
            }
            whole = pace.whole;
        }
    }

    /// Whether a start is answered well.
    pub(super) async fn probe(&self, number: u64) -> Result<bool> {
        let body =
            json!({ "identifier": format!("p{}@example.org", number % self.accounts), "intent": "reset" });
        Ok(self.post("", None, &uuid::Uuid::new_v4().to_string(), &body).await?.status < 300)
    }

    async fn post(&self, path: &str, flow: Option<&str>, key: &str, body: &Value) -> Result<Answer> {
        let mut request = self.http.post(format!("{}/sspr/v1/recovery{path}", self.url));
        request = request.header(CONTENT_TYPE, "application/json").header("idempotency-key", key);
        if let Some(flow) = flow {
            request = request.header("sspr-flow", flow);
        }
        let response = request.body(body.to_string()).send().await?;
        let status = response.status().as_u16();
        let after = response.headers().get(RETRY_AFTER).and_then(|it| it.to_str().ok()?.parse().ok());
        let json = serde_json::from_slice(&response.bytes().await?).unwrap_or_default();
        Ok(Answer { status, after, json })
    }
}

struct Answer {
    status: u16,
    /// Seconds of `Retry-After`.
    after: Option<u64>,
    json: Value,
}

/// One reset of one account.
struct Reset<'a> {
    crowd: &'a Crowd,
    tally: &'a Tally,
    over: &'a AtomicBool,
    account: u64,
    number: u64,
    whole: f64,
}

impl Reset<'_> {
    async fn run(&self) -> Result<()> {
        let address = format!("p{}@example.org", self.account);
        let start = json!({ "identifier": address, "intent": "reset" });
        let started = self.ask(Operation::Start, "", None, start).await?;
        let _in_flow = self.tally.enter();
        let flow = text(&started, "/flow")?;
        self.pause(0).await?;
        let methods = started["methods"].as_array().into_iter().flatten();
        let method = methods.clone().find(|it| it["kind"] == "email").context("a code by mail is offered")?;
        let mail = self.crowd.codes.expect(&address);
        let send = json!({ "method": method["id"] });
        let sent = self.ask(Operation::Challenge, "/challenge", Some(&flow), send).await?;
        self.tally.sent.fetch_add(1, Ordering::Relaxed);
        let waited = Instant::now();
        let mail = timeout(MAIL, mail).await.map_err(|_| anyhow!("no mail came"))??;
        self.tally.took(Operation::Mail, waited.elapsed());
        let code = digits(&mail).context("a code is in the mail")?;
        self.pause(1).await?;
        let verify = json!({ "challenge": sent["challenge"]["id"], "code": code });
        let proved = self.ask(Operation::Verify, "/verify", Some(&flow), verify).await?;
        let flow = text(&proved, "/flow")?;
        self.pause(2).await?;
        // Nothing of anybody's name is in it.
        let set =
            json!({ "new_password": format!("{}-Zu", uuid::Uuid::new_v4()), "end_other_sessions": false });
        self.ask(Operation::Password, "/password", Some(&flow), set).await?;
        self.tally.reset();
        Ok(())
    }

    /// A third of the time that a reset takes, more or less.
    async fn pause(&self, step: u64) -> Result<()> {
        let until =
            Instant::now() + Duration::from_secs_f64(self.whole / 3.0 * (0.5 + spread(self.number, step)));
        while Instant::now() < until {
            if self.over.load(Ordering::Relaxed) {
                bail!("it is over");
            }
            sleep(until.saturating_duration_since(Instant::now()).min(Duration::from_millis(500))).await;
        }
        Ok(())
    }

    /// One step, sent again with the same key while the server says when to come again.
    async fn ask(&self, operation: Operation, path: &str, flow: Option<&str>, body: Value) -> Result<Value> {
        let key = uuid::Uuid::new_v4().to_string();
        for _ in 0..AGAIN {
            let began = Instant::now();
            let answer = self.crowd.post(path, flow, &key, &body).await?;
            match (answer.status, answer.after) {
                (200..300, _) => {
                    self.tally.took(operation, began.elapsed());
                    return Ok(answer.json);
                }
                (503, after) => {
                    self.tally
                        .sent_away(after.is_some() && answer.json["code"] == "overloaded", began.elapsed());
                    sleep(Duration::from_secs(after.unwrap_or(1))).await;
                }
                // The same request is under way: an answer was lost.
                (409, Some(after)) => sleep(Duration::from_secs(after)).await,
                (status, _) => bail!("{path}: {status} {}", answer.json["code"]),
            }
            if self.over.load(Ordering::Relaxed) {
                bail!("it is over");
            }
        }
        bail!("{path}: sent away {AGAIN} times");
    }
}

fn text(answer: &Value, at: &str) -> Result<String> {
    Ok(answer.pointer(at).and_then(Value::as_str).with_context(|| format!("no {at}"))?.to_owned())
}
