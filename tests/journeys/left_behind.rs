//! What a recovery leaves behind in a browser: nothing that was secret, neither while it goes on nor after it.

use crate::{
    browser::Browser,
    people::{TOTP_KEY, WELL_PREPARED, home, registered_answer},
    reset::{self, Reset},
    sign_in::SignIn,
    world::{Language, Place, World, go},
};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::time::Duration;

/// Passwords that are nowhere else: one that is refused, and the one that is set.
const REFUSED: &str = "marked-harbour";
const MARKED: &str = "Marked-Lagoon-58-Otter";
/// A code that is wrong.
const WRONG: &str = "918273";
/// The answers that blair registered.
const ANSWERS: [&str; 5] = ["Lisbon", "Kyoto", "Ramen noodles", "Biscuit", "Ada Lovelace"];

/// Keeps, outside of anything that is searched, whatever is said, stored or put into an address, and each flow token that
/// an answer brings.
const WATCH: &str = "
const kept = [], tokens = [];
Object.defineProperty(window, 'journeyKept', { value: () => ({ kept, tokens }) });
const note = (where, value) => {
  try { kept.push(where + ': ' + (typeof value === 'string' ? value : JSON.stringify(value))); } catch { kept.push(where); }
};
for (const name of ['ready', 'step', 'submit', 'done', 'cancel', 'error'])
  document.addEventListener('sspr-' + name, (event) => note('event sspr-' + name, event.detail ?? null));
for (const level of ['debug', 'log', 'info', 'warn', 'error', 'trace']) {
  const real = console[level];
  console[level] = (...words) => { note('console', words.map(String).join(' ')); real.apply(console, words); };
}
for (const name of ['pushState', 'replaceState']) {
  const real = history[name];
  history[name] = function (...all) { note('history', all.map((it) => JSON.stringify(it) ?? '').join(' ')); return real.apply(this, all); };
}
const set = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) { note('storage', key + '=' + value); return set.call(this, key, value); };
addEventListener('message', (event) => note('message', event.data));
const real = window.fetch;
window.fetch = async (...all) => {
  note('request', all[0].url ?? String(all[0]));
  const answer = await real(...all);
  answer.clone().json().then((body) => body && body.flow && tokens.push(body.flow), () => {});
  return answer;
};";

/// Everything that can be found afterwards, as texts that say where.
const SEARCH: &str = "
const done = arguments[arguments.length - 1];
(async () => {
  const { kept, tokens } = window.journeyKept();
  const found = [...kept];
  for (const [name, storage] of [['localStorage', localStorage], ['sessionStorage', sessionStorage]])
    for (let at = 0; at < storage.length; at++) found.push(name + ': ' + storage.key(at) + '=' + storage.getItem(storage.key(at)));
  found.push('cookie: ' + document.cookie, 'address: ' + location.href, 'referrer: ' + document.referrer,
    'window: ' + window.name, 'title: ' + document.title, 'history: ' + history.length + ' ' + JSON.stringify(history.state));
  for (const entry of performance.getEntries()) found.push('timeline: ' + entry.name);
  for (const { name } of indexedDB.databases ? await indexedDB.databases() : []) found.push('IndexedDB: ' + name);
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push('cache: ' + request.url);
  for (const worker of await navigator.serviceWorker.getRegistrations()) found.push('worker: ' + worker.scope);
  const walk = (root, where) => {
    for (const node of root.querySelectorAll('*')) {
      for (const { name, value } of node.attributes) found.push(where + ': ' + name + '=' + value);
      if ('value' in node && typeof node.value === 'string') found.push(where + ' value: ' + node.value);
      if (node.shadowRoot) walk(node.shadowRoot, where + '/' + node.localName);
    }
    found.push(where + ' text: ' + (root.textContent ?? ''));
  };
  for (const element of document.querySelectorAll('sspr-reset, sspr-enroll, sspr-change, form, dialog'))
    walk(element.shadowRoot ?? element, element.localName);
  done({ found, tokens });
})().catch((error) => done({ failed: String(error) }));";

/// What was found of the secrets.
async fn found(browser: &Browser, secrets: &[String]) -> Result<(usize, Vec<String>)> {
    let answer = browser.run_async(SEARCH, vec![]).await?;
    ensure!(answer["failed"].is_null(), "the search itself failed: {}", answer["failed"]);
    let texts = |name: &str| -> Result<Vec<String>> { Ok(serde_json::from_value(answer[name].clone())?) };
    let (mut places, tokens) = (texts("found")?, texts("tokens")?);
    ensure!(tokens.len() >= 3, "only {} flow tokens were seen", tokens.len());
    places.extend(browser.console().await?.into_iter().map(|entry| format!("console: {}", entry.message)));
    let cookies = browser.driver.get_all_cookies().await?;
    places.extend(cookies.into_iter().map(|cookie| format!("cookie: {}={}", cookie.name, cookie.value)));
    let mut leaks = Vec::new();
    for secret in secrets.iter().chain(&tokens) {
        let forms = [secret.clone(), encoded(secret), data_encoding::BASE64.encode(secret.as_bytes())];
        for place in &places {
            if forms.iter().any(|form| place.contains(form.as_str())) {
                leaks.push(format!("“{secret}” in {place:.200}"));
            }
        }
    }
    Ok((places.len(), leaks))
}

fn encoded(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(byte);
    text.bytes()
        .map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

async fn a_recovery_leaves_nothing_secret_in_the_browser(world: &World) -> Result<()> {
    let browser = world.browser().await?;
    browser.run(WATCH, vec![]).await?;
    let (mail, reset) = (world.mail(&browser), Reset::new(world, &browser));
    let mut secrets: Vec<String> = [MARKED, REFUSED, WRONG, TOTP_KEY].map(str::to_owned).into();
    secrets.extend(ANSWERS.map(str::to_owned));

    SignIn(&browser).forgot().await?;
    reset.forgot(WELL_PREPARED).await?;
    reset.choose(reset::EMAIL).await?;
    let address = home(WELL_PREPARED);
    let (code, link) = (mail.code(&address, 1).await?, mail.link(&address, 1).await?);
    reset.code_is_refused(WRONG).await?;
    secrets.push(code.clone());
    secrets.push(link.split_once("#sspr=").context("the link has a token")?.1.to_owned());
    reset.code(&code).await?;
    reset.choose(reset::QUESTIONS).await?;
    reset.answer(registered_answer).await?;
    reset.step("new-password").await?;
    reset.type_password(REFUSED).await?;
    reset.submit().await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    reset.set_password(MARKED).await?;

    let (places, leaks) = found(&browser, &secrets).await?;
    ensure!(places > 50, "only {places} places were searched");
    ensure!(leaks.is_empty(), "left behind: {leaks:#?}");

    // The search finds what is there: else its silence would mean nothing.
    let plant = "localStorage.setItem('a', arguments[0]); history.replaceState(null, '', '#' + arguments[0]);
        console.log(arguments[0]); document.cookie = 'a=' + arguments[0];";
    browser.run(plant, vec![json!(MARKED)]).await?;
    let (_, leaks) = found(&browser, &secrets).await?;
    for place in ["localStorage", "storage", "history", "address", "console", "cookie"] {
        ensure!(
            leaks.iter().any(|leak| leak.contains(&format!("in {place}"))),
            "{place} is not searched: {leaks:#?}"
        );
    }
    let _: Value = browser.run("localStorage.clear(); return null;", vec![]).await?;
    Ok(())
}

#[test]
fn what_is_left_behind_on_the_server() {
    go("left_behind", Place::Server, Language::English, "", |world| {
        Box::pin(a_recovery_leaves_nothing_secret_in_the_browser(world))
    });
}
