//! A person who forgot a password, as far as the first keystroke of the new one.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::count::Phase;
use super::front::Front;
use super::webdriver::Session;
use crate::tools::Browser;
use crate::trouble::{Doing, Outcome, Trouble};

/// How long anything may take to appear.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long nothing may happen before a phase counts as over.
const QUIET: Duration = Duration::from_secs(2);

/// Somebody of `tests/accounts.json` who can be reset by mail alone.
const IDENTIFIER: &str = "ada@harbor-vale.example";

/// The visible field of a kind inside the element.
const FIND: &str = "const [css] = arguments;
const element = document.querySelector('sspr-reset');
for (const root of [element.shadowRoot, element].filter(Boolean))
  for (const found of root.querySelectorAll(css))
    if (!found.disabled && found.checkVisibility({ visibilityProperty: true })) return found;
return null;";

pub(super) struct Person {
    session: Session,
}

impl Person {
    pub(super) fn start(browser: &Browser) -> Outcome<Person> {
        Ok(Person { session: Session::start(browser)? })
    }

    /// Opens the page, and touches the field if the form waits for that before it becomes live.
    pub(super) fn opens_the_page(&mut self, front: &Front, origin: &str) -> Outcome {
        self.session.open(&format!("{origin}/"))?;
        self.wait(front, "a field that can be typed into", || Ok(front.phase() > Phase::FirstField))?;
        self.fill(front, "input", IDENTIFIER)?;
        self.wait(front, "the event sspr-ready", || Ok(front.phase() > Phase::LiveForm))
    }

    /// Goes through the gate by mail, then types the first character of a password.
    pub(super) fn types_a_password(&mut self, front: &Front, mailbox_url: &str) -> Outcome {
        const PASSWORD: &str = "input[autocomplete=new-password]";
        const CODE: &str = "input[autocomplete=one-time-code]";
        self.submit(front, "input[autocomplete~=username]")?;
        // The choices on the way: why, and by which method. What is chosen already is only confirmed.
        self.wait(front, "the field for the code", || {
            if !self.find(CODE)?.is_null() {
                return Ok(true);
            }
            self.choose()?;
            Ok(false)
        })?;
        let mut code = None;
        self.wait(front, "the mail with the code", || {
            code = newest_code(mailbox_url)?;
            Ok(code.is_some())
        })?;
        self.fill(front, CODE, &code.unwrap_or_default())?;
        if self.find(PASSWORD)?.is_null() && !self.find(CODE)?.is_null() {
            self.submit(front, CODE)?;
        }
        self.wait(front, "the field for the new password", || Ok(!self.find(PASSWORD)?.is_null()))?;
        settle(front)?;
        front.begin(Phase::Strength);
        self.fill(front, PASSWORD, "c")?;
        settle(front)
    }

    fn find(&self, css: &str) -> Outcome<Value> {
        self.session.run(FIND, &[css])
    }

    fn fill(&self, front: &Front, css: &str, text: &str) -> Outcome {
        let mut field = Value::Null;
        self.wait(front, css, || {
            field = self.find(css)?;
            Ok(!field.is_null())
        })?;
        self.session.type_into(&field, text)
    }

    /// Presses Enter in a field. U+E007 is WebDriver's name for the key.
    fn submit(&self, front: &Front, css: &str) -> Outcome {
        self.fill(front, css, "\u{e007}")
    }

    fn choose(&self) -> Outcome {
        let button =
            self.find("button[value=email], button[data-method=email], button[data-reason=forgot]")?;
        if !button.is_null() {
            self.session.run("arguments[0].click()", &[])?;
        }
        Ok(())
    }

    fn wait(&self, front: &Front, what: &str, mut done: impl FnMut() -> Outcome<bool>) -> Outcome {
        let began = Instant::now();
        while !done()? {
            front.check()?;
            if began.elapsed() > PATIENCE {
                let shown = self.session.run(
                    "const e = document.querySelector('sspr-reset'); return (e.shadowRoot ?? e).textContent",
                    &[],
                )?;
                let sentence = format!("{what} did not appear within {} s", PATIENCE.as_secs());
                let shown: String = shown.as_str().unwrap_or_default().chars().take(300).collect();
                return Err(Trouble::new(sentence).advice(format!("see what the element shows: “{shown}”")));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

/// Waits until nothing more arrives.
fn settle(front: &Front) -> Outcome {
    let mut count = front.loaded().len();
    loop {
        thread::sleep(QUIET);
        front.check()?;
        let now = front.loaded().len();
        if now == count {
            return Ok(());
        }
        count = now;
    }
}

fn newest_code(mailbox_url: &str) -> Outcome<Option<String>> {
    let doing = || "read the mailbox".to_owned();
    let mut answer = ureq::get(format!("{mailbox_url}/mailbox/messages")).call().doing(doing)?;
    let messages: Value = answer.body_mut().read_json().doing(doing)?;
    let newest = messages.as_array().into_iter().flatten().find(|message| message["to"] == IDENTIFIER);
    Ok(newest.and_then(|message| message["code"].as_str()).map(str::to_owned))
}
