//! A person who forgot a password, as far as the first keystroke of the new one.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::count::Phase;
use super::front::Front;
use crate::tools::Browser;
use crate::trouble::{Doing, Outcome, Trouble};
use crate::webdriver::Session;

/// How long anything may take to appear.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long nothing may happen before a phase counts as over.
const QUIET: Duration = Duration::from_secs(2);

/// Somebody of `tests/accounts.json` who gets the code by mail, and where.
const IDENTIFIER: &str = "blair";
const MAIL_ADDRESS: &str = "blair@home.example";

/// The visible field of a kind inside the element.
const FIND: &str = "const [css] = arguments;
const element = document.querySelector('sspr-reset');
for (const root of [element.shadowRoot, element].filter(Boolean))
  for (const found of root.querySelectorAll(css))
    if (!found.disabled && found.checkVisibility({ visibilityProperty: true })) return found;
return null;";

/// WebDriver's name for the key.
const ENTER: &str = "\u{e007}";

/// The step on screen is confirmed by the Enter that follows.
const BEGIN_CHOOSING: &str =
    "window.confirmed = new Set([document.querySelector('sspr-reset').getAttribute('view')]);";

/// Confirms each further step once: that the password is forgotten, and that the code shall come by mail.
const CHOOSE: &str = "
const element = document.querySelector('sspr-reset');
const step = element.getAttribute('view');
if (confirmed.has(step)) return;
const find = (css) => [...(element.shadowRoot ?? element).querySelectorAll(css)]
  .find((found) => !found.disabled && found.checkVisibility({ visibilityProperty: true }));
const choice = find('[value=reset], [value=email]');
const button = find('button:not([type=button])');
if (!choice && !button) return;
confirmed.add(step);
choice?.click();
if (choice?.localName !== 'button') button?.click();";

/// A person at a browser of their own.
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
        self.session.run(BEGIN_CHOOSING, &[])?;
        self.fill(front, "input[autocomplete~=username]", ENTER)?;
        self.wait(front, "the field for the code", || {
            self.session.run(CHOOSE, &[])?;
            Ok(!self.find(CODE)?.is_null())
        })?;
        let mut code = None;
        self.wait(front, "the mail with the code", || {
            code = newest_code(mailbox_url)?;
            Ok(code.is_some())
        })?;
        settle(front)?;
        front.begin(Phase::Strength);
        self.fill(front, CODE, &(code.unwrap_or_default() + ENTER))?;
        self.wait(front, "the field for the new password", || Ok(!self.find(PASSWORD)?.is_null()))?;
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
    let newest = messages.as_array().into_iter().flatten().find(|message| message["to"] == MAIL_ADDRESS);
    Ok(newest.and_then(|message| message["code"].as_str()).map(str::to_owned))
}
