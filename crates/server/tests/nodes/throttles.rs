//! Limits, asked far beyond at all nodes at once: exactly as many pass as are allowed.

use super::{
    NODES,
    ask::{Answer, Asker, Request, key},
    node::Nodes,
    reset::Person,
    site::Site,
    table::Table,
    verdict::number,
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// All of them small, each another number.
const LIMITS: &str = "
tries = 7
starts_per_hour = 37
starts_per_prefix = 53
messages_per_destination = 11
failed_proofs_per_day = 1000
starts_total = 1000000
";

/// Requests for each limit.
const ASKED: usize = 150;

pub(crate) async fn table() -> Table {
    let mailbox = sspr_mailbox::start(sspr_mailbox::Options::default()).await.unwrap();
    let people: Vec<Person> = (0..4).map(Person::new).collect();
    let site = Site::new(&mailbox, LIMITS, &people).await;
    let nodes = Nodes::start(&site, NODES).await;
    let asker = Asker::new(nodes.addresses(), Instant::now() + Duration::from_secs(120));
    let mut table = Table::default();

    let one_name = all(&asker, ASKED, |number| start(&people[0].name, number)).await;
    table.equal("recoveries of one identifier, from many places", 37, with(202, &one_name));
    table.equal("the others are told to wait", ASKED - 37, with(429, &one_name));

    let one_place = all(&asker, ASKED, |number| Request {
        from: Some("203.0.113.7".into()),
        ..start(&format!("nobody{number}"), number)
    })
    .await;
    table.equal("recoveries from one place, of many identifiers", 53, with(202, &one_place));

    let mut flows = Vec::new();
    for number in 0..30 {
        flows.push(text(&asker.ask(&start(&people[1].name, number)).await.body["flow"]));
    }
    let choices = all(&asker, flows.len(), |number| {
        step("/recovery/challenge", &flows[number], json!({ "method": "email" }))
    })
    .await;
    table.equal("codes to one destination, asked for in many recoveries", 11, with(202, &choices));

    let flow = text(&asker.ask(&start(&people[2].name, 0)).await.body["flow"]);
    let chosen = asker.ask(&step("/recovery/challenge", &flow, json!({ "method": "email" }))).await;
    let wrong = json!({ "challenge": chosen.body["challenge"]["id"], "code": "12345" });
    // Who comes second at a moment is not judged and asks again.
    loop {
        let guesses = all(&asker, ASKED, |_| step("/recovery/verify", &flow, wrong.clone())).await;
        if with(410, &guesses) == ASKED {
            break;
        }
    }
    let judged = "SELECT count(*) FROM audit WHERE activity = 'verify_challenge' AND result = 'failure'";
    let judged = number(&mut site.look().await, judged).await;
    table.equal("wrong codes judged in one recovery before it ends", 7, judged);

    let mut mails = 0;
    for _ in 0..50 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        mails = mailbox.messages().iter().filter(|mail| mail.to == people[1].address()).count();
        if mails >= 11 {
            break;
        }
    }
    table.equal("mails that this destination got", 11, mails);
    table
}

/// Sends so many at once.
async fn all(asker: &Asker, count: usize, request: impl Fn(usize) -> Request) -> Vec<Answer> {
    let mut asking = JoinSet::new();
    for number in 0..count {
        let (asker, request) = (asker.clone(), request(number));
        asking.spawn(async move { asker.ask(&request).await });
    }
    asking.join_all().await
}

fn with(status: u16, answers: &[Answer]) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

fn start(identifier: &str, number: usize) -> Request {
    let body = json!({ "identifier": identifier, "intent": "reset" });
    let from = Some(format!("198.51.{}.7", number % 250));
    Request { path: "/recovery", body, from, key: Some(key()), flow: None }
}

fn step(path: &'static str, flow: &str, body: Value) -> Request {
    Request { path, body, flow: Some(flow.into()), key: Some(key()), from: None }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
