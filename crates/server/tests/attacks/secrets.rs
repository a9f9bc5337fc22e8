//! What a thief of the database, the logs or the metrics would have.

use crate::{
    person::{NEW, OLD, Person},
    site::{Setup, Site},
    support::postgres::Database,
    table::Attack,
};
use data_encoding::{BASE32_NOPAD, BASE64, BASE64URL_NOPAD, HEXLOWER};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection, Row};
use std::fs;

const WRONG: &str = "Marked-Wrong-91";
const TOO_PLAIN: &str = "markedplainwords";
const ANSWERS: [&str; 5] =
    ["marked Lisbon", "marked Kyoto", "marked noodles", "marked Biscuit", "marked Ada"];

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value}")).to_owned()
}

/// Somebody registers every kind of method and resets by mail. All that was secret on the way.
async fn live(site: &Site) -> Vec<(&'static str, String)> {
    let mut secrets =
        vec![("password", OLD.to_owned()), ("password", NEW.into()), ("password", WRONG.into())];
    secrets.push(("password", TOO_PLAIN.into()));
    let person = Person::sign_in(site, "alex").await;
    secrets.push(("session", person.cookie.split_once('=').unwrap().1.to_owned()));
    secrets.push(("csrf token", person.csrf.clone()));
    let added = person.post(site, "/me/methods", &json!({ "kind": "recovery_codes" })).await.json();
    secrets.extend(added["recovery_codes"].as_array().unwrap().iter().map(|it| ("recovery code", text(it))));
    let plain = |(what, code): &(&'static str, String)| (*what, code.replace('-', ""));
    secrets.extend(secrets.iter().filter(|it| it.0 == "recovery code").map(plain).collect::<Vec<_>>());
    let totp = person.post(site, "/me/methods", &json!({ "kind": "totp" })).await.json();
    secrets.push(("authenticator's secret", text(&totp["totp"]["secret"])));
    let questions = ["partner_city", "parents_city", "food", "first_pet", "hero"];
    let answers: Vec<Value> = questions
        .iter()
        .zip(ANSWERS)
        .map(|(question, answer)| json!({ "question": question, "answer": answer }))
        .collect();
    let kept = person.post(site, "/me/methods", &json!({ "kind": "questions", "answers": answers })).await;
    assert_eq!(kept.status, 201, "{}", kept.text);
    secrets.extend(ANSWERS.map(|answer| ("answer", answer.to_owned())));
    let email = json!({ "kind": "email", "value": "alex@home.example" });
    let email = person.post(site, "/me/methods", &email).await.json();
    let code = site.message_to("alex@home.example").await.code.unwrap();
    let id = text(&email["method"]["id"]);
    let verified = person.post(site, &format!("/me/methods/{id}/verify"), &json!({ "code": code })).await;
    assert_eq!(verified.status, 200, "{}", verified.text);
    secrets.push(("enrollment code", code));

    site.sign_in("alex", WRONG).await;
    site.mailbox.clear();
    let key = ("idempotency-key", "5e9f8d1c-6a57-4a44-9c1e-3f5a9b2d7e11".to_owned());
    let start = json!({ "identifier": "alex", "intent": "reset" });
    let first = text(&site.post("/recovery", &start, &[key]).await.json()["flow"]);
    let challenge = site.challenge(&first, "email").await;
    let message = site.message_to("alex@home.example").await;
    let code = message.code.unwrap();
    let passed = site.verify(&first, &challenge, &code).await.json();
    let second = text(&passed["flow"]);
    assert_eq!(site.set(&second, TOO_PLAIN).await.status, 422);
    assert_eq!(site.set(&second, NEW).await.status, 200);
    secrets.extend([("flow token", first), ("flow token", second), ("code", code)]);
    secrets.push(("link token", message.link.unwrap().split_once("#sspr=").unwrap().1.to_owned()));
    // One flow that waits, with its message perhaps still in the outbox, and a session that lasts.
    let waiting = site.flow("alex").await;
    site.challenge(&waiting, "email").await;
    secrets.push(("flow token", waiting));
    secrets
}

/// The secrets that are found, in clear or as somebody might write them down.
fn found_in(what: &str, bytes: &[u8], secrets: &[(&'static str, String)]) -> Vec<String> {
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    let mut found = Vec::new();
    for (name, secret) in secrets {
        // Six digits turn up among other numbers; codes are looked for where they would stand: in texts.
        let code = secret.len() == 6;
        let mut forms = vec![secret.clone().into_bytes()];
        if code {
            forms = vec![format!("\"{secret}\"").into_bytes(), format!(" {secret} ").into_bytes()];
        } else {
            let raw = secret.as_bytes();
            for form in [
                HEXLOWER.encode(raw),
                BASE64.encode(raw),
                BASE64URL_NOPAD.encode(raw),
                BASE32_NOPAD.encode(raw),
            ] {
                forms.push(form.into_bytes());
            }
            forms.extend(BASE64URL_NOPAD.decode(raw).ok().filter(|it| it.len() >= 16));
            forms.extend(BASE32_NOPAD.decode(raw).ok().filter(|it| it.len() >= 16));
        }
        if forms.iter().any(|form| holds(form)) {
            found.push(format!("{what} holds the {name} {secret}"));
        }
    }
    found
}

const METRICS: &str = "metrics_listen = \"127.0.0.1:0\"";

#[tokio::test]
async fn the_database_file_the_logs_and_the_metrics_hold_no_secret() {
    let attack =
        Attack::new("secrets", "read the whole SQLite file, logs at trace level, metrics, audit export");
    let site = Site::with(Setup { server: METRICS, log: "trace", ..Setup::default() }).await;
    let secrets = live(&site).await;
    let mut found = found_in("the log", site.log().as_bytes(), &secrets);
    found.extend(found_in("the metrics", site.metrics().await.as_bytes(), &secrets));
    let exported = site.run(&["audit", "export"]);
    assert!(exported.lines().count() > 10, "{exported}");
    found.extend(found_in("the exported audit log", exported.as_bytes(), &secrets));
    let (mut size, mut files) = (0, 0);
    // Also what SQLite has not written over yet: whole files are read, not tables.
    for file in fs::read_dir(site.folder()).unwrap().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if name.starts_with("db.sqlite") {
            let bytes = fs::read(file.path()).unwrap();
            size += bytes.len();
            files += 1;
            found.extend(found_in(&name, &bytes, &secrets));
        }
    }
    assert!(size > 100_000, "{size} bytes in {files} files");
    assert_eq!(found, Vec::<String>::new());
    attack.held(format!(
        "{} secrets looked for in {} kB and the logs: none in clear or encoded",
        secrets.len(),
        size / 1000
    ));
}

#[tokio::test]
async fn a_dump_of_every_table_holds_no_secret() {
    let attack = Attack::new("secrets", "dump every table of the PostgreSQL database");
    let database = Database::new().await;
    let site = Site::with(Setup { database: Some(&database.url), ..Setup::default() }).await;
    let secrets = live(&site).await;
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    let tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";
    let tables: Vec<String> =
        sqlx::query(tables).fetch_all(&mut connection).await.unwrap().iter().map(|row| row.get(0)).collect();
    let (mut found, mut rows) = (Vec::new(), 0);
    for table in &tables {
        let all = sqlx::AssertSqlSafe(format!("SELECT row_to_json(t)::text FROM {table} t"));
        for row in sqlx::query(all).fetch_all(&mut connection).await.unwrap() {
            rows += 1;
            found.extend(found_in(table, row.get::<String, _>(0).as_bytes(), &secrets));
        }
    }
    assert!(tables.len() >= 9 && rows > 40, "{rows} rows in {tables:?}");
    assert_eq!(found, Vec::<String>::new());
    attack.held(format!(
        "{} secrets looked for in {rows} rows of {} tables: none",
        secrets.len(),
        tables.len()
    ));
}
